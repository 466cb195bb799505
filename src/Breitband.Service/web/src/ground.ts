import type { Map as MapLibre, VectorTileSource } from "maplibre-gl";
import { asked } from "./address";
import { levelAt, paintedTile, type Place, tilesIn } from "./painted";
import { byId } from "./text";

/** How far beyond the map's edges tiles are kept ready, in widths and heights of it. */
const beyond = 0.5;

/** Painted tiles under the drawing: seen where it does not reach while it is moved. */
export class Ground {
  private levels: Level[] = [];
  private of = "";

  constructor(private readonly map: MapLibre) {}

  show(now: Place): void {
    this.fill(now);
    const { clientWidth, clientHeight } = this.map.getContainer();
    for (const level of this.levels) level.show(now, clientWidth, clientHeight);
  }

  hide(): void { for (const level of this.levels) level.box.hidden = true; }

  /** Tiles around what is seen, before a hand moves there; those of elsewhere go. */
  prepare(now: Place): void {
    this.fill(now);
    for (const level of this.levels.splice(0, this.levels.length - 1)) level.box.remove();
    this.levels[0]?.keep();
  }

  private fill(now: Place): void {
    const edition = this.edition, of = `${edition} ${asked("aus")}`;
    if (of !== this.of) {
      for (const level of this.levels.splice(0)) level.box.remove();
      this.of = of;
    }
    if (!edition) return;
    const number = levelAt(now.zoom), { clientWidth: width, clientHeight: height } = this.map.getContainer();
    let level = this.levels.at(-1);
    if (level?.number !== number) {
      level = new Level(number, now);
      this.levels.push(level);
      this.map.getCanvas().before(level.box);
    }
    level.fill(edition, now, width * (1 + 2 * beyond), height * (1 + 2 * beyond));
  }

  /** That of the tiles on the map; empty while it shows what the service does not paint: another view, a trial, something faded or laid under. */
  private get edition(): string {
    const { map } = this, source = map.getSource<VectorTileSource>("breitband");
    if (!source?.tiles || map.getSource("ansicht") || map.getSource("grundkarte") || asked("an") || asked("deckkraft") || !byId("versuch").hidden) return "";
    return new URL(source.tiles[0]!, location.href).searchParams.get("edition") ?? "";
  }
}

/** Tiles of one level, placed once and moved together. */
class Level {
  readonly box = document.createElement("div");
  private readonly origin: { x: number; y: number };
  private readonly tiles = new Map<string, HTMLImageElement>();
  private wanted = new Set<string>();

  constructor(readonly number: number, near: Place) {
    this.origin = { x: Math.floor(near.x * 2 ** number), y: Math.floor(near.y * 2 ** number) };
    this.box.className = "untergrund";
    this.box.ariaHidden = "true";
    this.box.hidden = true;
  }

  show({ zoom, x, y }: Place, width: number, height: number): void {
    const scale = 2 ** (zoom - this.number), count = 2 ** this.number;
    this.box.style.transform = `translate(${width / 2 + (this.origin.x - x * count) * 512 * scale}px, ${height / 2 + (this.origin.y - y * count) * 512 * scale}px) scale(${scale})`;
    this.box.hidden = false;
  }

  fill(edition: string, now: Place, width: number, height: number): void {
    this.wanted = new Set();
    for (const { x, y } of tilesIn(now, this.number, width, height)) {
      const key = `${x} ${y}`;
      this.wanted.add(key);
      if (this.tiles.has(key)) continue;
      const image = paintedTile(edition, this.number, x, y, (x - this.origin.x) * 512, (y - this.origin.y) * 512, 512);
      image.addEventListener("error", () => image.remove());
      this.tiles.set(key, image);
      this.box.append(image);
    }
  }

  keep(): void {
    for (const [key, image] of this.tiles) if (!this.wanted.has(key)) { image.remove(); this.tiles.delete(key); }
  }
}
