import type { Map as MapLibre } from "maplibre-gl";
import { type Change, type Comparison, period } from "./change";
import { carried } from "./maps";
import { get, Refusal, root, type Split, type Stats } from "./server";
import type { Swipe } from "./swipe";
import { announce, byId, count, element, percent, say, whole } from "./text";

export interface View extends Stats { run: string; last: boolean; withheld?: string | null; style: string }

const sides = ["a", "b"] as const;
type Side = (typeof sides)[number];
const fields = [["profil", "profile"], ["grundlage", "basis"], ["stand", "with"]] as const;
const select = (field: string, side: Side): HTMLSelectElement => byId<HTMLSelectElement>(`${field}-${side}`);
const open = (s: Split): number => s.unclear + s.unserved;

/** Which threshold, basis and edition the map shows, and a second choice beside it. Everything stands in the address. */
export class Views {
  private readonly shown: Partial<Record<Side, View>> = {};
  private readonly asked: Record<Side, number> = { a: 0, b: 0 };

  constructor(private readonly map: MapLibre, private readonly swipe: Swipe, private readonly change: Change, private readonly show: (view: View, of?: Comparison) => void) {
    for (const side of sides) for (const [field] of fields) select(field, side).addEventListener("change", () => void this.ask(side));
    byId<HTMLInputElement>("vergleichen").addEventListener("change", () => this.compare());
    byId<HTMLInputElement>("veraenderung").addEventListener("change", () => { this.remember(); void this.figures(); });
  }

  /** What the address asks for. */
  restore(): void {
    const query = new URLSearchParams(location.search);
    for (const side of sides)
      for (const [field] of fields) {
        const value = query.get(side === "a" ? field : `${field}2`), box = select(field, side);
        if (value !== null && [...box.options].some((o) => o.value === value)) box.value = value;
      }
    const divided = Number.parseFloat(query.get("teiler") ?? "");
    if (Number.isFinite(divided)) this.swipe.move(divided);
    if (fields.some(([field]) => query.has(field))) void this.ask("a");
    if (query.has("teiler")) {
      byId<HTMLInputElement>("vergleichen").checked = true;
      byId<HTMLInputElement>("veraenderung").checked = query.get("veraenderung") === "ja";
      byId<HTMLDetailsElement>("ansichten").open = true;
      this.compare();
    }
  }

  /** The choice in the address, so that a link shows the same. */
  remember(): void {
    const address = new URL(location.href), compared = byId<HTMLInputElement>("vergleichen").checked;
    for (const side of sides)
      for (const [field] of fields) {
        const box = select(field, side), name = side === "a" ? field : `${field}2`;
        const standard = [...box.options].find((o) => o.defaultSelected)?.value ?? "";
        if (box.value === standard || side === "b" && !compared) address.searchParams.delete(name); else address.searchParams.set(name, box.value);
      }
    if (compared) address.searchParams.set("teiler", `${this.swipe.divided}`); else address.searchParams.delete("teiler");
    if (this.changing) address.searchParams.set("veraenderung", "ja"); else address.searchParams.delete("veraenderung");
    history.replaceState(null, "", address);
  }

  /** What the first view differs in from the last analysis, as parameters of a request. */
  get chosen(): string {
    return fields.map(([field, name]) => [name, select(field, "a")] as const).filter(([, box]) => box.value !== ([...box.options].find((o) => o.defaultSelected)?.value ?? "")).map(([name, box]) => `&${name}=${encodeURIComponent(box.value)}`).join("");
  }

  /** Whether the map is to show what changed, not two views side by side. */
  private get changing(): boolean { return byId<HTMLInputElement>("vergleichen").checked && byId<HTMLInputElement>("veraenderung").checked; }

  private compare(): void {
    const on = byId<HTMLInputElement>("vergleichen").checked;
    byId("ansicht-b").hidden = byId("veraenderung-wahl").hidden = !on;
    if (on) {
      void this.ask("b");
      if (!this.shown.a) void this.ask("a");
      return;
    }
    delete this.shown.b;
    this.asked.b++;
    this.swipe.hide();
    this.remember();
    void this.figures();
  }

  private async ask(side: Side): Promise<void> {
    const number = ++this.asked[side];
    this.remember();
    const query = fields.map(([field, name]) => [name, select(field, side).value]).filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join("&");
    announce(say("Die Ansicht wird gerechnet …", "Computing the view …"));
    try {
      const view = await get<View>(`/views?${query}&lang=${document.documentElement.lang}`);
      if (number !== this.asked[side]) return;
      this.shown[side] = view;
      if (!this.changing) await this.draw(side, view);
      announce(view.withheld ?? say("Die Karte zeigt die gewählte Ansicht.", "The map shows the chosen view."));
      await this.figures();
    } catch (e) {
      announce(e instanceof Refusal ? e.message : say("Der Dienst antwortet nicht.", "The service does not answer."));
    }
  }

  /** What sets one view apart from the other; all of it where nothing does. */
  private label(side: Side): string {
    const apart = fields.filter(([field]) => select(field, "a").value !== select(field, "b").value);
    return (apart.length ? apart : fields).map(([field]) => select(field, side).selectedOptions[0]?.textContent ?? "").join(" · ");
  }

  private async draw(side: Side, view: View): Promise<void> {
    if (side === "b") {
      await this.swipe.show(view.style.slice(root.length));
      return;
    }
    this.map.setStyle(view.style, { transformStyle: carried });
    this.show(view);
  }

  /** Both in figures, what their difference is not, and on the map what became of every place if that is asked for. */
  private async figures(): Promise<void> {
    const { a, b } = this.shown;
    byId("vergleich").hidden = !(a && b);
    byId("name-a").textContent = this.label("a");
    byId("name-b").textContent = this.label("b");
    if (!a || !b) {
      this.note("");
      if (a) await this.plain(a);
      return;
    }
    this.list(a, b);
    byId("vergleich-hinweis").textContent = say("Wird geprüft: ob sich die beiden vergleichen lassen …", "Checking whether the two can be compared …");
    const changing = this.changing, compared = await this.compared(a, b, changing);
    if (a !== this.shown.a || b !== this.shown.b || changing !== this.changing) return;
    const refusal = typeof compared === "string" ? compared : "", comparison = typeof compared === "string" ? null : compared;
    byId("vergleich-hinweis").textContent = [refusal, comparison?.method_break, ...(changing ? comparison?.notes ?? [] : [])].filter(Boolean).join(" ");
    this.note(comparison?.method_break ?? (changing && refusal ? `${say("Keine Karte der Veränderung:", "No map of the change:")} ${refusal}` : ""));
    if (!changing || !comparison) {
      await this.plain(a, b);
      return;
    }
    this.swipe.hide();
    await this.change.show(comparison);
    this.show(a, comparison);
    announce(comparison.withheld ?? say(`Die Karte zeigt die Veränderung ${period(comparison)}.`, `The map shows the change ${period(comparison)}.`));
  }

  /** The views themselves, where the map showed what changed. */
  private async plain(a: View, b?: View): Promise<void> {
    if (this.change.on) {
      await this.change.hide(a.style);
      this.show(a);
    }
    if (b && byId("karte-b").hidden) await this.swipe.show(b.style.slice(root.length));
  }

  private list(a: View, b: View): void {
    const other = new Map(b.rows.map((r) => [r.key, r]));
    byId("vergleich-zeilen").replaceChildren(...a.rows.map((row) => {
      const [x, y] = [row.households, other.get(row.key)?.households];
      const line = element("tr");
      const change = y ? open(whole(y)) - open(whole(x)) : 0;
      line.append(element("th", row.name, { scope: "row" }), element("td", `${count(open(whole(x)))} (${percent(open(x), x.total)})`), element("td", y ? `${count(open(whole(y)))} (${percent(open(y), y.total)})` : "–"),
        element("td", `${change > 0 ? "+" : change < 0 ? "−" : "±"}${count(Math.abs(change))}`));
      return line;
    }));
  }

  /** On the map itself: what nobody may overlook who reads it. */
  private note(text: string): void {
    const head = text.indexOf(":");
    byId("bruch").hidden = !text;
    byId<HTMLDetailsElement>("bruch").open = matchMedia("(min-width: 60rem)").matches;
    byId("bruch-kurz").textContent = text.slice(0, Math.max(head, 0));
    byId("bruch-text").textContent = text.slice(head + 1).trim();
  }

  /** The two editions and their rule as parameters of a request; empty when they are one. */
  private pair({ profile, basis }: View): string {
    const [one, two] = sides.map((side) => select("stand", side).value);
    return one === two ? "" : `with=${one || two}${one && two ? `&to=${two}` : ""}&profile=${encodeURIComponent(profile)}&basis=${basis}`;
  }

  /** What the map shows of the change, as parameters of a request; empty when it shows something else. */
  get changed(): string { return this.change.on && this.shown.a ? this.pair(this.shown.a) : ""; }

  /** The comparison of the two editions, or why there is none. */
  private async compared(a: View, b: View, map: boolean): Promise<Comparison | string | null> {
    if (a.profile !== b.profile || a.basis !== b.basis)
      return say("Verschiedene Schwellen oder Grundlagen: Der Unterschied ist weder Ausbau noch Rückbau.", "Different thresholds or bases: the difference is neither building nor dismantling.");
    const pair = this.pair(a);
    if (!pair) return map ? say("Beide Seiten zeigen denselben Datenstand: Bitte für eine einen anderen wählen.", "Both sides show the same edition: please choose another for one of them.") : null;
    try {
      return await get<Comparison>(`/comparison?${pair}&map=${map}&lang=${document.documentElement.lang}`);
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      return e.message;
    }
  }
}
