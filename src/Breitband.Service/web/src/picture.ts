import type { Map as MapLibre, VectorTileSource } from "maplibre-gl";
import { isFaded } from "./legend";
import { levelAt, paintedTile, type Place, seen, tilesIn, whole } from "./painted";
import { byId } from "./text";

/** How far the picture reaches beyond the map's edges: half as much as it shows, in whole pixels. */
const beyond = (length: number): number => Math.round(length / 2);
const full = (length: number): number => length + 2 * beyond(length);

/** Milliseconds a drawn map stays as it is before its picture is taken ahead. */
const calm = 100;

/** The legend's groups that stand for figures. */
const results = ["municipality-share", "gap", "settlement-circle"];

interface Box { left: number; top: number; width: number; height: number }

/** The map's last drawing with tiles painted by the service around it: one picture, which a browser moves without drawing. */
export class Picture {
  private canvas = this.blank();
  private spare = this.blank();
  /** Where the picture was made for; undefined while none is. */
  private at: Place | undefined;
  private soon = 0;
  private readonly tiles = new Map<string, HTMLImageElement>();

  constructor(private readonly map: MapLibre) { map.getCanvas().after(this.canvas); }

  /** The picture where it lies when the map, drawn for one place, is looked at from another. */
  show(drawn: Place, now: Place): void {
    const { width, height } = this.size;
    if (!this.at) this.take(drawn);
    let { left, top, scale } = seen(this.at!, now);
    if (Math.abs(left) > (full(width) * scale - width) / 2 || Math.abs(top) > (full(height) * scale - height) / 2) {
      const [wide, high] = [full(width) * scale, full(height) * scale];
      this.compose(now, this.canvas, { left: (full(width) - wide) / 2 + left, top: (full(height) - high) / 2 + top, width: wide, height: high });
      ({ left, top, scale } = seen(this.at!, now));
    }
    this.canvas.style.transform = `translate(${whole(left)}px, ${whole(top)}px) scale(${scale})`;
    this.canvas.hidden = false;
  }

  /** The map itself shows. */
  hide(): void {
    clearTimeout(this.soon);
    this.canvas.hidden = true;
    this.at = undefined;
  }

  private take(drawn: Place): void {
    const { width, height } = this.size;
    this.compose(drawn, this.map.getCanvas(), { left: beyond(width), top: beyond(height), width, height });
  }

  /** Has the picture and the tiles around the place drawn at hand before somebody moves it: a hand feels the first tenth of a second. Other tiles go. */
  prepare(place: Place): void {
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => { if (!this.at) this.take(place); }, calm);
    const wanted = new Set([...this.around(place)].map(({ source }) => source));
    for (const source of wanted) this.tile(source);
    for (const source of this.tiles.keys()) if (!wanted.has(source)) this.tiles.delete(source);
  }

  private get size(): { width: number; height: number } {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    return { width, height };
  }

  private blank(): HTMLCanvasElement {
    const canvas = document.createElement("canvas");
    [canvas.className, canvas.ariaHidden, canvas.hidden] = ["bewegt", "true", true];
    return canvas;
  }

  /** A new picture for a place: what is drawn already in a box of it, painted tiles around that as they come. */
  private compose(place: Place, drawn: HTMLCanvasElement, box: Box): void {
    const { width, height } = this.size, ratio = devicePixelRatio, next = this.spare;
    [this.at, this.spare, next.hidden] = [place, this.canvas, this.canvas.hidden];
    Object.assign(next, { width: Math.round(full(width) * ratio), height: Math.round(full(height) * ratio) });
    Object.assign(next.style, { left: `${-beyond(width)}px`, top: `${-beyond(height)}px`, width: `${full(width)}px`, height: `${full(height)}px` });
    const pen = next.getContext("2d", { alpha: false, willReadFrequently: true })!;
    pen.scale(ratio, ratio);
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, full(width), full(height));
    pen.drawImage(drawn, box.left, box.top, box.width, box.height);
    const outside = new Path2D();
    outside.rect(0, 0, full(width), full(height));
    outside.rect(box.left, box.top, box.width, box.height);
    pen.clip(outside, "evenodd");
    for (const { source, left, top, edge } of this.around(place)) {
      const tile = this.tile(source), paint = (): void => { if (this.at === place) pen.drawImage(tile, left, top, edge + 0.5, edge + 0.5); };
      if (tile.complete && tile.naturalWidth) paint(); else tile.addEventListener("load", paint);
    }
    this.canvas.replaceWith(next);
    this.canvas = next;
  }

  private tile(source: string): HTMLImageElement {
    const known = this.tiles.get(source) ?? new Image();
    if (!known.src) known.src = source;
    this.tiles.set(source, known);
    return known;
  }

  private *around(place: Place): Generator<{ source: string; left: number; top: number; edge: number }> {
    const { edition, unlike } = this, level = levelAt(place.zoom), { width, height } = this.size;
    if (edition) for (const { x, y, ...at } of tilesIn(place, level, full(width), full(height))) yield { source: paintedTile(edition, level, x, y, unlike), ...at };
  }

  /** That of the tiles on the map; empty where painted ones would stand out: something is faded or laid under. */
  private get edition(): string {
    const { map } = this, source = map.getSource<VectorTileSource>("breitband");
    if (!source?.tiles || map.getSource("grundkarte") || isFaded()) return "";
    return new URL(source.tiles[0]!, location.href).searchParams.get("edition") ?? "";
  }

  /** What the service paints otherwise than the map shows it: another view and a trial have figures of their own. */
  private get unlike(): readonly string[] { return this.map.getSource("ansicht") || !byId("versuch").hidden ? results : []; }
}
