import type { Map as MapLibre } from "maplibre-gl";
import { carried } from "./maps";
import { get, Refusal, root, type Split, type Stats } from "./server";
import type { Swipe } from "./swipe";
import { announce, byId, count, element, percent, say, whole } from "./text";

export interface View extends Stats { run: string; last: boolean; withheld?: string | null; style: string }
interface Comparison { method_break?: string | null }

const sides = ["a", "b"] as const;
type Side = (typeof sides)[number];
const fields = [["profil", "profile"], ["grundlage", "basis"], ["stand", "with"]] as const;
const select = (field: string, side: Side): HTMLSelectElement => byId<HTMLSelectElement>(`${field}-${side}`);
const open = (s: Split): number => s.unclear + s.unserved;

/** Which threshold, basis and edition the map shows, and a second choice beside it. Everything stands in the address. */
export class Views {
  private readonly shown: Partial<Record<Side, View>> = {};
  private readonly asked: Record<Side, number> = { a: 0, b: 0 };

  constructor(private readonly map: MapLibre, private readonly swipe: Swipe, private readonly show: (view: View) => void) {
    for (const side of sides) for (const [field] of fields) select(field, side).addEventListener("change", () => void this.ask(side));
    byId<HTMLInputElement>("vergleichen").addEventListener("change", () => this.compare());
  }

  /** What the address asks for. */
  restore(): void {
    const query = new URLSearchParams(location.search);
    for (const side of sides)
      for (const [field] of fields) {
        const value = query.get(side === "a" ? field : `${field}2`), box = select(field, side);
        if (value !== null && [...box.options].some((o) => o.value === value)) box.value = value;
      }
    const divided = Number(query.get("teiler"));
    if (divided > 0) this.swipe.move(divided);
    if (fields.some(([field]) => query.has(field))) void this.ask("a");
    if (query.has("teiler")) {
      byId<HTMLInputElement>("vergleichen").checked = true;
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
    history.replaceState(null, "", address);
  }

  private compare(): void {
    const on = byId<HTMLInputElement>("vergleichen").checked;
    byId("ansicht-b").hidden = !on;
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
      if (side === "b") await this.swipe.show(view.style.slice(root.length));
      else {
        this.map.setStyle(view.style, { transformStyle: carried });
        this.show(view);
      }
      this.shown[side] = view;
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

  /** Both in figures, and what their difference is not. */
  private async figures(): Promise<void> {
    const { a, b } = this.shown;
    byId("vergleich").hidden = !(a && b);
    byId("name-a").textContent = this.label("a");
    byId("name-b").textContent = this.label("b");
    if (!a || !b) return;
    const other = new Map(b.rows.map((r) => [r.key, r]));
    byId("vergleich-zeilen").replaceChildren(...a.rows.map((row) => {
      const [x, y] = [row.households, other.get(row.key)?.households];
      const line = element("tr");
      const change = y ? open(whole(y)) - open(whole(x)) : 0;
      line.append(element("th", row.name, { scope: "row" }), element("td", `${count(open(whole(x)))} (${percent(open(x), x.total)})`), element("td", y ? `${count(open(whole(y)))} (${percent(open(y), y.total)})` : "–"),
        element("td", `${change > 0 ? "+" : change < 0 ? "−" : "±"}${count(Math.abs(change))}`));
      return line;
    }));
    byId("vergleich-hinweis").textContent = say("Wird geprüft: ob sich die beiden vergleichen lassen …", "Checking whether the two can be compared …");
    const caution = await this.caution(a, b);
    if (a === this.shown.a && b === this.shown.b) byId("vergleich-hinweis").textContent = caution;
  }

  private async caution(a: View, b: View): Promise<string> {
    if (a.profile !== b.profile || a.basis !== b.basis)
      return say("Verschiedene Schwellen oder Grundlagen: Der Unterschied ist weder Ausbau noch Rückbau.", "Different thresholds or bases: the difference is neither building nor dismantling.");
    const editions = sides.map((side) => select("stand", side).value);
    if (editions[0] === editions[1]) return "";
    const notes = new Set<string>();
    // Each edition is compared with the live one. The break is one day: it lies between the two that are shown if it lies between the live one and just one of them.
    const breaks: string[] = [];
    for (const edition of editions)
      if (edition)
        try {
          const { method_break: methodBreak } = await get<Comparison>(`/comparison?with=${edition}&profile=${encodeURIComponent(a.profile)}&basis=${a.basis}&lang=${document.documentElement.lang}`);
          if (methodBreak) breaks.push(methodBreak);
        } catch (e) {
          if (!(e instanceof Refusal)) throw e;
          notes.add(e.message);
        }
    if (breaks.length === 1) notes.add(breaks[0]!);
    return [...notes].join(" ");
  }
}
