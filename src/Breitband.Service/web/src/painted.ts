/** Where a map is looked at: zoom level, and its middle in shares of the world from the northwest. */
export interface Place { zoom: number; x: number; y: number }

/** Shares of the world, 0 to 1, y from the north. */
export const world = (longitude: number, latitude: number): [number, number] => [(longitude + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) / (2 * Math.PI)];

/** Where a map is looked at now. */
export function placeOf(map: { getCenter(): { lng: number; lat: number }; getZoom(): number }): Place {
  const { lng, lat } = map.getCenter(), [x, y] = world(lng, lat);
  return { zoom: map.getZoom(), x, y };
}

/** How far the middle of what was made for one place lies from the map's, pixels, and how much larger it is than it was made. */
export const seen = (at: Place, now: Place): { left: number; top: number; scale: number } =>
  ({ left: (at.x - now.x) * 512 * 2 ** now.zoom, top: (at.y - now.y) * 512 * 2 ** now.zoom, scale: 2 ** (now.zoom - at.zoom) });

/** The level whose tiles of 512 pixels are drawn nearest to their own size. */
export const levelAt = (zoom: number): number => Math.max(4, Math.round(zoom));

/** The addresses of a level's tiles that lie in a box around a place, with the pixels that far from its northwest corner that each begins. */
export function* tilesIn(place: Place, level: number, width: number, height: number): Generator<{ x: number; y: number; left: number; top: number; edge: number }> {
  const edge = 512 * 2 ** (place.zoom - level), count = 2 ** level;
  const [left, top] = [place.x * count - width / 2 / edge, place.y * count - height / 2 / edge];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(count, top + height / edge); y++)
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(count, left + width / edge); x++) yield { x, y, left: (x - left) * edge, top: (y - top) * edge, edge };
}

/** The address of a tile of the last analysis as the service paints it, without the layers that are switched off and others. */
export const paintedTile = (edition: string, level: number, x: number, y: number, without: readonly string[] = []): string =>
  `${document.documentElement.dataset["root"] ?? ""}/map/tiles/${level}/${y}/${x}?edition=${edition}&scale=${devicePixelRatio > 1 ? 2 : 1}&off=${encodeURIComponent([new URLSearchParams(location.search).get("aus") ?? "", ...without].filter(Boolean).join(","))}`;

/** Pictures that lie on whole pixels of the screen are copied, not computed. */
export const whole = (pixels: number): number => Math.round(pixels * devicePixelRatio) / devicePixelRatio;
