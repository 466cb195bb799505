import type { Map as MapLibre } from "maplibre-gl";

/** Hatches and names are drawn here when the style asks for them: no font files, no sprite, nothing from elsewhere. */
export function provideImages(map: MapLibre): void {
  map.setMissingStyleImageResolver((id) => {
    const image = id.startsWith("hatch:") ? hatch(id.slice(6)) : id.startsWith("name:") ? name(id.slice(7), id[5] === "b") : null;
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: ratio });
  });
}

const ratio = Math.max(2, Math.ceil(devicePixelRatio));

/** angle,spacing,width,colour in pixels: one tile of the pattern that fits itself on all sides. */
export function hatch(code: string): ImageData {
  const [angle, spacing, width, colour] = code.split(",") as [string, string, string, string];
  const size = Math.round(Number(spacing) * Math.SQRT2 * ratio);
  const canvas = new OffscreenCanvas(size, size), c = canvas.getContext("2d")!;
  c.strokeStyle = colour;
  c.lineWidth = Number(width) * ratio;
  for (let i = -1; i <= 1; i++) {
    c.beginPath();
    if (Number(angle) === 45) { c.moveTo(i * size - 1, size + 1); c.lineTo(i * size + size + 1, -1); } else { c.moveTo(i * size - 1, -1); c.lineTo(i * size + size + 1, size + 1); }
    c.stroke();
  }
  return c.getImageData(0, 0, size, size);
}

function name(text: string, bold: boolean): ImageData {
  const font = `${bold ? 600 : 400} ${(bold ? 13 : 12) * ratio}px system-ui, "Segoe UI", "Liberation Sans", sans-serif`;
  const measure = new OffscreenCanvas(1, 1).getContext("2d")!;
  measure.font = font;
  const rim = 2 * ratio, width = Math.ceil(measure.measureText(text).width) + 2 * rim, height = 19 * ratio;
  const c = new OffscreenCanvas(width, height).getContext("2d")!;
  c.font = font;
  c.textBaseline = "middle";
  c.lineJoin = "round";
  c.lineWidth = 2 * rim;
  c.strokeStyle = "#ffffff";
  c.strokeText(text, rim, height / 2);
  c.fillStyle = "#1a1a1a";
  c.fillText(text, rim, height / 2);
  return c.getImageData(0, 0, width, height);
}
