import type { Map as MapLibre } from "maplibre-gl";
import { asked } from "./address";
import { type Place, placeOf } from "./painted";
import { Picture } from "./picture";

/** Milliseconds without a movement after which the hand is taken to rest. */
const rest = 120;

/** Milliseconds between two drawings while tiles come in one by one. */
const pause = 400;

/** Milliseconds for which the picture stays after a movement while the tiles of the new place come in. */
const patience = 1000;

/** Names by which browsers tell that the processor draws in the place of a graphics card. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render|warp/i;

/** Whether no graphics card draws; `?zeichnen=ruhend` and `?zeichnen=immer` overrule what the browser tells. */
export function drawnBySoftware(): boolean {
  const chosen = asked("zeichnen");
  if (chosen) return chosen === "ruhend";
  const gl = document.createElement("canvas").getContext("webgl2");
  const name = String(gl?.getParameter(gl.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return software.test(name);
}

/**
 * A drawing without a graphics card takes a dozen frames. While the map is moved, a picture of it is moved instead; what it shows is loaded and
 * drawn anew as soon as the hand rests. Places, pins and clicks go on as ever.
 */
export function moveDrawing(map: MapLibre): void {
  const picture = new Picture(map), render = map._render.bind(map);
  let drawn: Place | undefined, moving = false, waiting = 0, last = -pause, rested = -patience;
  const later = (after: number, then: () => void): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(then, after);
  };
  const draw = (): void => { map.triggerRepaint(); };
  // A frame of a moved map is the movement alone: loading and placing names would take half of it.
  map._render = (time) => {
    if (!moving) return render(time);
    map._renderTaskQueue.run(time);
    return map;
  };
  const hook = (): void => {
    const { painter } = map, paint = painter.render.bind(painter);
    painter.render = (...frame) => {
      if (moving) return;
      const wait = Math.max(last + pause, rested + patience) - performance.now();
      if (drawn && wait > 0 && !map.areTilesLoaded()) { later(wait, draw); return; }
      paint(...frame);
      [drawn, last, rested] = [placeOf(map), performance.now(), -patience];
      picture.hide();
    };
  };
  hook();
  map.on("webglcontextrestored", hook);
  // A canvas of another size is empty.
  map.on("resize", () => { moving = false; });
  map.on("move", () => {
    if (!drawn || map.getBearing() || map.getPitch()) return;
    moving = true;
    later(rest, () => { [moving, rested] = [false, performance.now()]; draw(); });
    picture.show(drawn, placeOf(map));
  });
  map.on("idle", () => picture.prepare(placeOf(map)));
}
