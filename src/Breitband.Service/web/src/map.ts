import { type LngLatBoundsLike, type Map as MapLibre, type MapMouseEvent, Marker, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { asked, remember } from "./address";
import { offerBaseMap } from "./base";
import { Downloads } from "./download";
import { Change, type Comparison, groupsOf, period } from "./change";
import { followZoom, showLegend } from "./legend";
import { makeMap, maps } from "./maps";
import { mapFailed } from "./renewal";
import { placeOf, seen } from "./painted";
import { offerSheet } from "./print";
import { find, Places } from "./search";
import { type Analysis, type Area, type Explanation, type Gaps, get, Refusal, root, type Stats } from "./server";
import { Swipe } from "./swipe";
import { Table } from "./table";
import { announce, byId, day, element, say } from "./text";
import { TriedGaps } from "./tried";
import { toDegrees, toUtm } from "./utm";
import { type View, Views } from "./views";
import { WhatIf } from "./whatif";

setWorkerUrl(new URL("worker.mjs", import.meta.url).href);

interface TileJson { bounds: [number, number, number, number] }
interface Items { features: { geometry: { coordinates: unknown } }[] }

const failed = (e: unknown): void => announce(e instanceof Refusal ? e.message : say("Der Dienst antwortet nicht.", "The service does not answer."));

/** The first tiles of a large county take a while: the page waits for them, and says so. */
async function firstTiles(): Promise<TileJson> {
  for (;;)
    try {
      return await get<TileJson>("/tilejson");
    } catch (e) {
      failed(e);
      if (!(e instanceof Refusal) || e.status !== 503) throw e;
      await new Promise((again) => setTimeout(again, 3000));
    }
}

/** Whether the link says which part of the map to show; the map writes its own at once. */
const placed = location.hash.length > 1;

// North is up and the ground flat: a link that says otherwise means the place.
const flat = /^#karte=[^/]+\/[^/]+\/[^/]+/.exec(location.hash)?.[0];
if (flat && flat !== location.hash) history.replaceState(null, "", flat);

const tiles = await firstTiles();
const map = makeMap("karte", `${root}/map/style.json?lang=${document.documentElement.lang}`, { bounds: tiles.bounds });
map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");

const pin = new Marker({ color: "#00497a" });
const table = new Table((area) => void goToArea(area));

/** Shares and circles drawn from figures of now instead of the tiles'. */
function recolour(analysis: Analysis): void {
  latest = analysis;
  type Counted = Pick<Area, "key" | "households">;
  const open = (a: Counted): number => a.households.unclear + a.households.unserved;
  const figures: [string, (a: Counted) => number][] = [
    ["share", (a) => (a.households.total > 0 ? (100 * open(a)) / a.households.total : -1)],
    ["unclear", (a) => (open(a) > 0 ? (100 * a.households.unclear) / open(a) : -1)],
    ["open", (a) => Math.round(open(a))],
  ];
  const municipalities = analysis.rows.filter((r) => r.level === "municipality");
  for (const [id, { property, value, filter }] of drawn) {
    const areas: Counted[] = id.startsWith("municipality") ? municipalities : analysis.places ?? [];
    if (!map.getLayer(id) || !areas.length) continue;
    const swap = (expression: unknown): unknown => JSON.parse(figures.reduce((text, [field, figure]) =>
      text.replaceAll(`["get","${field}"]`, JSON.stringify(["match", ["get", "key"], ...areas.flatMap((r) => [r.key, figure(r)]), ["get", field]])), JSON.stringify(expression)).replaceAll('["has","unclear"]', "true"));
    if (property) map.setPaintProperty(id, property, swap(value) as string);
    if (filter !== undefined) map.setFilter(id, swap(filter) as never);
  }
  table.show(municipalities);
}

/** The tiles' own figures again. */
function undraw(): void {
  for (const [id, { property, value, filter }] of drawn) {
    if (!map.getLayer(id)) continue;
    if (property) map.setPaintProperty(id, property, value as string);
    if (filter !== undefined) map.setFilter(id, filter as never);
  }
}

/** Drawn when the map is; what a trial has on it otherwise, while one goes on. */
let triedGaps: TriedGaps | undefined, gapsNow: Gaps | undefined;

/** The figures of the choice under „Was wäre, wenn“, null before anybody chose. */
let latest: Analysis | null = null;

/** Another view on the map: its figures in the table; a trial of measures belongs to the last analysis only. */
function showView(view: View, of?: Comparison): void {
  tell(view, of);
  if (of) return;
  byId("was-waere-wenn").hidden = !view.last || !mayAsk;
  byId("auskunft-ansicht").hidden = view.last;
  table.show(view.rows.filter((r) => r.level === "municipality"));
  if (view.last && latest) { const trial = latest, gaps = gapsNow; map.once("styledata", () => { recolour(trial); triedGaps?.show(gaps); }); }
}

let mayAsk = false;
/** By layer that a trial draws anew: what it is drawn by from the tiles. */
const drawn = new Map<string, { property: "fill-color" | "circle-radius" | ""; value: unknown; filter: unknown }>();

async function goTo(collection: string, key: string, name: string): Promise<void> {
  const items = await get<Items>(`/collections/${collection}/items?limit=1&filter=${encodeURIComponent(`key = '${key.replaceAll("'", "''")}'`)}`).catch(failed);
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  const walk = (c: unknown): void => {
    if (Array.isArray(c) && typeof c[0] === "number") {
      const [x, y] = c as [number, number];
      [bounds[0], bounds[1], bounds[2], bounds[3]] = [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)];
    } else if (Array.isArray(c)) c.forEach(walk);
  };
  items?.features.forEach((f) => walk(f.geometry.coordinates));
  if (bounds[0] > bounds[2]) {
    if (items) announce(say(`${name} hat keinen Ort auf der Karte.`, `${name} has no place on the map.`));
    return;
  }
  map.fitBounds(bounds as LngLatBoundsLike, { padding: 40, maxZoom: 15, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  announce(say(`Karte zeigt ${name}.`, `The map shows ${name}.`));
  if (collection === "result_municipalities") select(key);
}

function select(ags: string): void {
  table.mark(ags);
  remember("gemeinde", ags);
  outline();
  const link = byId<HTMLAnchorElement>("blatt");
  link.href = `${root}/print/municipality/${encodeURIComponent(ags)}?f=pdf`;
  link.textContent = say("Blatt dieser Gemeinde nach der letzten Analyse drucken (PDF)", "Print the sheet of this municipality, by the last analysis (PDF)");
}

/** The chosen municipality's border on every map; asked again where a map is new. */
function outline(): void {
  for (const each of maps) if (each.getLayer("municipality-chosen")) each.setFilter("municipality-chosen", ["==", ["get", "key"], asked("gemeinde")]);
}

/** Questions so far: an answer that comes after a newer question is of no interest. */
let explained = 0;

/** What the place under the pointer, or the one searched for, comes to: the telephone sentence first, the steps below. */
async function explain(place: string, at?: [number, number], move = true): Promise<void> {
  remember("ort", place);
  const box = byId("auskunft");
  box.setAttribute("aria-busy", "true");
  const number = ++explained;
  try {
    const answer = await get<Explanation & { ags?: string }>(`/explain?place=${encodeURIComponent(place)}&lang=${document.documentElement.lang}`);
    if (number !== explained) return;
    const steps = element("ol");
    steps.append(...answer.steps.map(({ text, edition, rule }) => {
      const item = element("li", text);
      if (edition || rule) item.append(element("small", ` ${[edition && `${say("Datenstand", "Edition")}: ${edition}`, rule && `${say("Regel", "Rule")}: ${rule}`].filter(Boolean).join(" · ")}`));
      return item;
    }));
    const more = element("details");
    more.append(element("summary", say("Wie das Ergebnis zustande kommt", "How the result comes about")), steps);
    box.replaceChildren(element("h2", answer.place), element("p", answer.sentence), more);
    const found = at ?? (answer.x !== undefined && answer.y !== undefined ? toDegrees(answer.x, answer.y) : undefined);
    if (found) {
      pin.setLngLat(found).addTo(map);
      if (!at && move) map.jumpTo({ center: found, zoom: Math.max(map.getZoom(), 15) });
    }
    if (answer.ags) select(answer.ags);
  } catch (e) {
    if (number !== explained) return;
    pin.remove();
    box.replaceChildren(...(e instanceof Refusal ? refused(e.message) : [element("p", say("Der Dienst antwortet nicht.", "The service does not answer."))]));
  }
  box.removeAttribute("aria-busy");
  if (move) box.scrollIntoView({ block: "nearest" });
}

/** What the service says; where it lists several addresses (a line each, indented), they can be pressed. */
function refused(message: string): HTMLElement[] {
  const lines = message.split("\n"), found = lines.filter((l) => l.startsWith("  ") && l.trim() !== "…").map((l) => l.trim());
  if (!found.length) return [element("p", message)];
  const list = element("ul");
  list.append(...found.map((label) => {
    const item = element("li"), button = element("button", label, { type: "button" });
    // Municipality in brackets behind an address: asked for it is a place like any other.
    button.addEventListener("click", () => void explain(label.replace(/ \((.*)\)$/, ", $1")));
    item.append(button);
    return item;
  }));
  return [element("p", lines[0]!), list];
}

function explainAtClick(clicked: MapLibre): void {
  clicked.on("click", ({ lngLat }: MapMouseEvent) => {
    change.tell(lngLat);
    const [x, y] = toUtm(lngLat.lng, lngLat.lat);
    void explain(`${x.toFixed(0)},${y.toFixed(0)}`, [lngLat.lng, lngLat.lat]);
  });
}
const change = new Change(map, table);
explainAtClick(map);

/** Enter on the map asks about its middle, as a click would. */
map.getCanvas().addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  change.tell(map.getCenter());
  const { lng, lat } = map.getCenter(), [x, y] = toUtm(lng, lat);
  void explain(`${x.toFixed(0)},${y.toFixed(0)}`, [lng, lat]);
});

const onFailure = (of: MapLibre): void => { of.on("error", (event) => mapFailed(event, () => fill().catch(failed))); };

const swipe = new Swipe(map, (other) => { explainAtClick(other); onFailure(other); other.once("load", outline); }, () => views.remember());
const views: Views = new Views(map, swipe, change, showView);

map.on("mousemove", ({ lngLat }: MapMouseEvent) => {
  if (map.isMoving()) return; // the place goes along with the hand
  const [x, y] = toUtm(lngLat.lng, lngLat.lat);
  byId("ort").textContent = `UTM33 ${x.toFixed(0)} ${y.toFixed(0)} · ${lngLat.lat.toFixed(5)}, ${lngLat.lng.toFixed(5)}`;
});

const places = new Places();

byId<HTMLFormElement>("suche").addEventListener("submit", (event) => {
  event.preventDefault();
  const answer = find(byId<HTMLInputElement>("frage").value, places);
  if (answer.place) {
    map.jumpTo({ center: answer.place, zoom: 15 });
    void explain(toUtm(...answer.place).map((v) => v.toFixed(0)).join(","), answer.place);
  } else if (answer.areas.length === 1) void goToArea(answer.areas[0]!);
  else if (answer.areas.length > 1) ask(answer.areas);
  else if (answer.text) void explain(answer.text);
});

/** Several places of a name: the reader says which. */
function ask(areas: Area[]): void {
  const list = element("ul");
  list.append(...areas.map((area) => {
    const item = element("li"), button = element("button", places.label(area), { type: "button" });
    button.addEventListener("click", () => void goToArea(area));
    item.append(button);
    return item;
  }));
  pin.remove();
  byId("auskunft").replaceChildren(element("p", say("Welcher Ort ist gemeint?", "Which place is meant?")), list);
}

function goToArea(area: Area): Promise<void> {
  pin.remove();
  remember("ort", "");
  byId("auskunft").replaceChildren(element("h2", places.label(area)), element("p", say("Auf die Karte klicken: Hier steht dann, was an diesem Punkt gilt und warum.", "Click the map: what holds at that point, and why, will stand here.")));
  return goTo(area.level === "settlement" ? "result_settlements" : "result_municipalities", area.key, area.name);
}

let trial: WhatIf | undefined;

function showGaps(gaps?: Gaps): void {
  gapsNow = gaps;
  if (byId("auskunft-ansicht").hidden) triedGaps?.show(gaps);
}

/** Table, trial and search from the last analysis. */
async function fill(): Promise<void> {
  const stats = await get<Stats>("/stats?by=municipality&facts=no");
  const municipalities = stats.rows.filter((r) => r.level === "municipality");
  let settlements: Area[] = [];
  latest = null;
  undraw();
  showGaps();
  if (byId("auskunft-ansicht").hidden) {
    table.show(municipalities);
    tell(stats);
  }
  try {
    const analysis = await get<Analysis>("/results");
    if (trial) trial.renew(analysis); else trial = new WhatIf(analysis, recolour, showGaps, ({ key, title }) => void goTo("measures", key, title || key));
    mayAsk = true;
    settlements = (await get<Stats>("/stats?by=settlement&facts=no")).rows.filter((r) => r.level === "settlement");
  } catch (e) {
    byId("was-waere-wenn").hidden = true; // only those who may see single places may ask
    if (!(e instanceof Refusal)) throw e;
  }
  places.set([...municipalities, ...settlements]);
  byId("blatt-stand").textContent = `${say("Die Blätter zeigen die letzte Analyse", "The sheets show the last analysis")}: ${standing(stats)}. ${say("Nur das Blatt des Ausschnitts folgt der gewählten Ansicht, dem Versuch und den Ebenen.", "Only the sheet of this part follows the chosen view, the trial and the layers.")}`;
}

/** What the map shows, always in sight: which rule, on which evidence, of which day; on a telephone short, and whole behind a tap. */
function tell(stats: Stats, of?: Comparison): void {
  const { profile, basis } = stats, change = of ? `${say("Veränderung", "Change")} ${period(of)}` : "";
  byId("zeigt-lang").textContent = byId("zeigt-ganz").textContent = standing(stats, change);
  byId("zeigt-kurz").textContent = [change, profile, label("grundlage", basis).replace(/ \(.*\)$/, ""), change ? "" : dated(stats)].filter(Boolean).join(" · ");
}

const label = (list: string, value: string): string => [...byId<HTMLSelectElement>(list).options].find((o) => o.value === value)?.textContent ?? value;

/** The newest day the coverage describes. */
function dated({ editions }: Stats): string {
  const newest = editions.filter((e) => e.dataset.startsWith("coverage_")).map((e) => e.date).sort().pop();
  return newest ? day(newest) : "";
}

function standing(stats: Stats, change = ""): string {
  const { profile, basis } = stats, as = dated(stats);
  return [change, `${say("Aufgreifschwelle", "Threshold")} ${label("profil", profile)}`, `${say("Grundlage", "basis")} ${label("grundlage", basis)}`, as && !change ? `${say("Stand", "as of")} ${as}` : ""].filter(Boolean).join(" · ");
}

// The painted picture goes along with the hand until the map is drawn.
const picture = document.getElementById("erstes-bild"), painted = placeOf(map);
const along = (): void => {
  const { left, top, scale } = seen(painted, placeOf(map));
  picture!.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
};
if (picture) {
  const ride = map.on("move", along);
  void map.once("idle", () => { ride.unsubscribe(); picture.remove(); });
}

// The other language shows the same.
document.querySelector<HTMLAnchorElement>("header a[hreflang]")?.addEventListener("click", ({ currentTarget }) => {
  const link = currentTarget as HTMLAnchorElement, address = new URL(location.href);
  address.searchParams.set("lang", link.hreflang);
  link.href = address.href;
});

/** What a link had chosen and asked, without moving its extent. */
async function again(): Promise<void> {
  const [chosen, place] = [asked("gemeinde"), asked("ort")], point = /^(\d+),(\d+)$/.exec(place)?.slice(1).map(Number);
  if (chosen) select(chosen);
  if (place) await explain(place, point && toDegrees(point[0]!, point[1]!), !placed);
}

map.once("load", () => {
  const groups = groupsOf(map.getStyle());
  showLegend(groups);
  followZoom();
  new Downloads(map, groups);
  triedGaps = new TriedGaps(map, groups);
  offerSheet(map, () => groupsOf(map.getStyle()), () => views.chosen || (trial?.chosen ?? ""), () => views.changed);
  offerBaseMap();
  for (const id of groups.filter((g) => g.id === "municipality-share" || g.id === "settlement-circle").flatMap((g) => g.layers)) {
    const property = id.endsWith("-fill") ? "fill-color" : id.endsWith("-circle") ? "circle-radius" : "";
    drawn.set(id, { property, value: property && map.getPaintProperty(id, property), filter: map.getFilter(id) ?? undefined });
  }
  views.restore();
  fill().then(again).catch(failed).finally(() => { document.body.dataset["fertig"] = "ja"; });
});
onFailure(map);
