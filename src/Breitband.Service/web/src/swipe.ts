import type { Map as MapLibre, StyleSpecification } from "maplibre-gl";
import { carried, makeMap, maps } from "./maps";
import { get } from "./server";
import { byId } from "./text";

/** A second map over the first, cut off at a divider that is drawn by mouse or finger or moved by keys. */
export class Swipe {
  private other: MapLibre | undefined;
  private at = 50;
  private following = false;

  constructor(private readonly map: MapLibre, private readonly clicked: (map: MapLibre) => void, private readonly moved: (at: number) => void) {
    const divider = byId("teiler");
    divider.addEventListener("pointerdown", (e) => divider.setPointerCapture(e.pointerId));
    divider.addEventListener("pointermove", (e) => {
      if (!divider.hasPointerCapture(e.pointerId)) return;
      const box = byId("bild").getBoundingClientRect();
      this.move((100 * (e.clientX - box.left)) / box.width);
    });
    divider.addEventListener("keydown", (e) => {
      const step = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 }[e.key];
      if (step === undefined) return;
      e.preventDefault();
      this.move(this.at + step);
    });
  }

  get divided(): number { return this.at; }

  move(percent: number): void {
    this.at = Math.round(Math.min(100, Math.max(0, percent)));
    byId("bild").style.setProperty("--teiler", `${this.at}%`);
    byId("teiler").setAttribute("aria-valuenow", `${this.at}`);
    byId("teiler").setAttribute("aria-valuetext", `${this.at} %`);
    this.moved(this.at);
  }

  async show(style: string): Promise<void> {
    const next = carried(this.map.getStyle(), await get<StyleSpecification>(style));
    byId("bild").classList.add("geteilt");
    byId("karte-b").hidden = byId("teiler").hidden = byId("name-a").hidden = byId("name-b").hidden = false;
    if (this.other) {
      this.other.setStyle(next);
      return;
    }
    const other = makeMap("karte-b", next, { center: this.map.getCenter().toArray(), zoom: this.map.getZoom() });
    this.other = other;
    this.map.on("move", () => this.follow(this.map, other));
    other.on("move", () => this.follow(other, this.map));
    this.clicked(other);
    this.move(this.at);
  }

  hide(): void {
    byId("bild").classList.remove("geteilt");
    byId("karte-b").hidden = byId("teiler").hidden = byId("name-a").hidden = byId("name-b").hidden = true;
    if (!this.other) return;
    maps.splice(maps.indexOf(this.other), 1);
    this.other.remove();
    this.other = undefined;
  }

  private follow(from: MapLibre, to: MapLibre): void {
    if (this.following || to !== this.map && to !== this.other) return;
    this.following = true;
    to.jumpTo({ center: from.getCenter(), zoom: from.getZoom() });
    this.following = false;
  }
}
