/** The first picture: tiles the service painted, in the place where the map will be, while its program is still on the way. */
const box = document.getElementById("karte")!, root = document.documentElement.dataset["root"] ?? "";
const [bounds, edition] = [box.dataset["bounds"]?.split(",").map(Number), box.dataset["edition"]];
const query = new URLSearchParams(location.search);

/** Shares of the world, 0 to 1, y from the north. */
const world = (longitude: number, latitude: number): [number, number] => [(longitude + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) / (2 * Math.PI)];

function view(width: number, height: number): { zoom: number; x: number; y: number } | undefined {
  const [zoom, latitude, longitude] = /karte=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/.exec(location.hash)?.slice(1).map(Number) ?? [];
  if (zoom !== undefined && latitude !== undefined && longitude !== undefined) {
    const [x, y] = world(longitude, latitude);
    return { zoom, x, y };
  }
  if (!bounds || bounds.length !== 4) return undefined;
  const [left, bottom] = world(bounds[0]!, bounds[1]!), [right, top] = world(bounds[2]!, bounds[3]!);
  const fit = Math.log2(Math.min((width - 40) / (right - left), (height - 40) / (bottom - top)) / 512);
  return { zoom: Math.min(18, Math.max(5, fit)), x: (left + right) / 2, y: (top + bottom) / 2 };
}

function paint(): Promise<unknown> {
  const { width, height } = box.getBoundingClientRect(), seen = view(width, height);
  // Another view is computed when it is asked for: its picture would come later than the map.
  if (!edition || !seen || ["profil", "grundlage", "stand"].some((p) => query.has(p))) return Promise.resolve();
  const level = Math.max(4, Math.round(seen.zoom)), edge = 512 * 2 ** (seen.zoom - level), count = 2 ** level;
  const [left, top] = [seen.x * count - width / 2 / edge, seen.y * count - height / 2 / edge];
  const frame = document.createElement("div"), shown: Promise<unknown>[] = [];
  frame.id = "erstes-bild";
  frame.ariaHidden = "true";
  for (let y = Math.floor(top); y < top + height / edge; y++)
    for (let x = Math.floor(left); x < left + width / edge; x++) {
      if (x < 0 || y < 0 || x >= count || y >= count) continue;
      const image = new Image();
      Object.assign(image.style, { left: `${(x - left) * edge}px`, top: `${(y - top) * edge}px`, width: `${edge + 0.5}px`, height: `${edge + 0.5}px` });
      image.alt = "";
      image.src = `${root}/map/tiles/${level}/${y}/${x}?edition=${edition}&scale=${devicePixelRatio > 1 ? 2 : 1}&off=${encodeURIComponent(query.get("aus") ?? "")}`;
      shown.push(image.decode().catch(() => image.remove()));
      frame.append(image);
    }
  box.before(frame);
  return Promise.all(shown).then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))).then(() => performance.mark("erstes-bild"));
}

const patience = new Promise((done) => setTimeout(done, 800));
await Promise.race([paint(), patience]);
await import(new URL("map.js", import.meta.url).href);
