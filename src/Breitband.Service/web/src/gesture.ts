import { type Map as MapLibre, MercatorCoordinate } from "maplibre-gl";
import { asked } from "./address";
import { Ground } from "./ground";
import type { Place } from "./painted";

/** Milliseconds without a movement after which the hand is taken to rest. */
const rest = 120;

/** Milliseconds between two drawings while tiles come in one by one. */
const pause = 400;

/** Names by which browsers tell that the processor draws in the place of a graphics card. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render|warp/i;

/** `?zeichnen=ruhend` and `?zeichnen=immer` overrule what the browser tells. */
function drawnBySoftware(map: MapLibre): boolean {
  const chosen = asked("zeichnen");
  if (chosen) return chosen === "ruhend";
  const gl = map.getCanvas().getContext("webgl2");
  return !!gl && software.test(String(gl.getParameter(gl.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)));
}

/**
 * Where no graphics card draws, a drawing takes a dozen frames. While the map is moved its last drawing is moved instead, over tiles the
 * service painted; it is drawn anew as soon as the hand rests. Everything but the drawing goes on as ever: places, pins, clicks, loading.
 */
export function moveDrawing(map: MapLibre): void {
  if (!drawnBySoftware(map)) return;
  const canvas = map.getCanvas(), ground = new Ground(map);
  let drawn: Place | undefined, waiting = 0, last = -pause;
  canvas.classList.add("bewegt");

  const later = (after: number): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => { waiting = 0; map.triggerRepaint(); }, after);
  };
  const atOnce = (): void => { clearTimeout(waiting); waiting = 0; };
  const hook = (): void => {
    const { painter } = map, draw = painter.render.bind(painter);
    painter.render = (...frame) => {
      if (waiting) return;
      const wait = last + pause - performance.now();
      if (drawn && wait > 0 && !map.areTilesLoaded()) { later(wait); return; }
      draw(...frame);
      [drawn, last] = [placeOf(map), performance.now()];
      canvas.style.transform = "";
      ground.hide();
    };
  };
  hook();
  map.on("webglcontextrestored", hook);
  // A canvas of another size is empty.
  map.on("resize", atOnce);
  map.on("move", () => {
    if (!drawn || map.getBearing() || map.getPitch()) return;
    later(rest);
    const now = placeOf(map), world = 512 * 2 ** now.zoom;
    canvas.style.transform = `translate(${whole((drawn.x - now.x) * world)}px, ${whole((drawn.y - now.y) * world)}px) scale(${2 ** (now.zoom - drawn.zoom)})`;
    ground.show(now);
  });
  map.on("idle", () => ground.prepare(placeOf(map)));
}

/** Pictures that lie on whole pixels of the screen are copied, not computed. */
const whole = (pixels: number): number => Math.round(pixels * devicePixelRatio) / devicePixelRatio;

function placeOf(map: MapLibre): Place {
  const { x, y } = MercatorCoordinate.fromLngLat(map.getCenter());
  return { zoom: map.getZoom(), x, y };
}
