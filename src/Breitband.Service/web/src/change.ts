import type { LngLat, Map as MapLibre, MapGeoJSONFeature, StyleSpecification } from "maplibre-gl";
import { type Group, showLegend } from "./legend";
import { carried } from "./maps";
import { type Area, get, root, type Split } from "./server";
import type { Table } from "./table";
import { byId, count, day, element, percent, say } from "./text";

interface Row { level: string; key: string; name: string; before: Split; after: Split; gained: number; lost: number }
export interface Comparison { before: { date: string }; after: { date: string }; method_break?: string | null; withheld?: string | null; style?: string; rows: Row[]; notes?: string[] | null }

export const groupsOf = (style: StyleSpecification): Group[] => (style.metadata as Record<string, unknown>)["breitband:legend"] as Group[];

/** What became of every place between two editions, drawn in the place of the shares of open households. */
export class Change {
  /** The style that is shown; empty when it is none of changes. */
  private shown = "";
  private place: LngLat | undefined;

  constructor(private readonly map: MapLibre, private readonly table: Table) {}

  get on(): boolean { return this.shown !== ""; }

  async show(comparison: Comparison): Promise<void> {
    await this.draw(comparison.style!.slice(root.length));
    this.shown = comparison.style!;
    byId("auskunft-ansicht").hidden = false;
    byId("was-waere-wenn").hidden = true;
    this.table.show(comparison.rows.filter((r) => r.level === "municipality").map((r): Area => ({ ...r, households: r.after, change: r })), comparison);
  }

  /** The legend of another style with the style itself. */
  async draw(path: string): Promise<void> {
    const next = await get<StyleSpecification>(path);
    this.map.setStyle(carried(this.map.getStyle(), next));
    showLegend(groupsOf(next));
  }

  async hide(style: string): Promise<void> {
    if (!this.on) return;
    this.shown = "";
    byId("auskunft-veraenderung").replaceChildren();
    await this.draw(style.slice(root.length));
  }

  /** The figures of what is drawn at a place: municipality, settlement, cell. Right after a drag they are still on their way. */
  tell(place: LngLat): void {
    this.place = place;
    if (this.on && !this.found(place)) this.map.once("idle", () => { if (this.on && this.place === place) this.found(place); });
  }

  private found(place: LngLat): boolean {
    const ids = this.map.getStyle().layers.map((l) => l.id).filter((id) => id.startsWith("change-") && !id.endsWith("-line"));
    const found = new Map(this.map.queryRenderedFeatures(this.map.project(place), { layers: ids }).reverse().map((f) => [f.sourceLayer, f]));
    const list = element("ul");
    list.append(...[...found.values()].map((f) => element("li", f.sourceLayer === "changes" ? this.area(f) : sentence(f.properties))));
    byId("auskunft-veraenderung").replaceChildren(...(found.size ? [element("h2", say("Veränderung hier", "Change here")), list] : []));
    return found.size > 0;
  }

  /** The legend says what a kind of change is called. */
  private area({ properties: p, layer }: MapGeoJSONFeature): string {
    const kind = byId("ebenen").querySelector(`[data-zeichen="${CSS.escape(`${layer.id}`.split("-")[1]!)}"]`)?.textContent?.trim() ?? "";
    const share = (v: unknown): string => (typeof v === "number" ? percent(v, 100) : "–");
    return `${say("Beleg", "Evidence")} ${p["key"]}: ${kind}; ${say("versorgt", "served")} ${share(p["before"])} → ${share(p["after"])}, ${count(Number(p["households"] ?? 0))} ${say("Haushalte", "households")}`;
  }
}

function sentence(p: Record<string, unknown>): string {
  if (typeof p["points"] !== "number") return `${p["name"]}: ${say("kein Vergleich möglich, ohne Haushalte oder ohne Angaben", "no comparison, without households or without figures")}`;
  const change = Number(p["after"]) - Number(p["before"]);
  return `${p["name"]}: ${say("versorgt", "served")} ${percent(Number(p["before"]), 100)} → ${percent(Number(p["after"]), 100)} (${points(change)} ${say("Prozentpunkte", "percentage points")}); ${count(Number(p["gained"]))} ${say("Haushalte hinzugekommen", "households gained")}, ${count(Number(p["lost"]))} ${say("weggefallen", "lost")}`;
}

export const points = (change: number): string => `${change > 0 ? "+" : change < 0 ? "−" : "±"}${percent(Math.abs(change), 100).replace(/\u00a0%$/, "")}`;

export const period = ({ before, after }: Comparison): string => `${day(before.date)} → ${day(after.date)}`;
