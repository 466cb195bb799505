import { asked, joined, remember, split } from "./address";
import { type Analysis, type Gaps, type Measure, post, Refusal } from "./server";
import { announce, byId, count, element, percent, say, whole } from "./text";

/** Another rule, another basis, measures on and off: the figures follow at once; the store stays as it is. */
export class WhatIf {
  private readonly kept = new Set<string>();
  private wanted = false;
  private asking = false;

  constructor(private stored: Analysis, private readonly show: (analysis: Analysis) => void, private readonly showGaps: (gaps?: Gaps) => void, private readonly go: (measure: Measure) => void) {
    const [profile, basis] = [byId<HTMLSelectElement>("profil"), byId<HTMLSelectElement>("grundlage")];
    profile.addEventListener("change", () => void this.ask());
    basis.addEventListener("change", () => void this.ask());
    byId("zurueck").addEventListener("click", () => {
      [profile.value, basis.value] = [this.stored.profile, this.stored.basis];
      byId("massnahmen-liste").querySelectorAll("input").forEach((c) => { c.checked = true; this.kept.add(c.value); });
      void this.ask();
    });
    this.list();
    this.restore();
  }

  /** The trial of a link. */
  private restore(): void {
    const without = new Set(split(asked("ohne")));
    for (const [id, name] of [["profil", "versuch"], ["grundlage", "versuch-grundlage"]] as const) {
      const list = byId<HTMLSelectElement>(id);
      if ([...list.options].some((o) => o.value === asked(name))) list.value = asked(name);
    }
    byId("massnahmen-liste").querySelectorAll("input").forEach((c) => { if (without.has(c.value)) { c.checked = false; this.kept.delete(c.value); } });
    this.remember(); // what there is no more goes out of the address, too
    this.figures(this.stored);
    if (!this.chosen) return;
    byId<HTMLDetailsElement>("was-waere-wenn").open = true;
    void this.ask();
  }

  private remember(): void {
    const { profile, basis, measures } = this.stored, [p, b] = [byId<HTMLSelectElement>("profil").value, byId<HTMLSelectElement>("grundlage").value];
    remember("versuch", p === profile ? "" : p);
    remember("versuch-grundlage", b === basis ? "" : b);
    remember("ohne", joined(measures.map((m) => m.key).filter((key) => !this.kept.has(key))));
  }

  /** What the trial differs in from the last analysis, as parameters of a sheet; empty while nothing is tried. */
  get chosen(): string {
    const [profile, basis, without] = ["versuch", "versuch-grundlage", "ohne"].map(asked);
    return [profile && `&profile=${encodeURIComponent(profile)}`, basis && `&basis=${encodeURIComponent(basis)}`, without && `&without=${encodeURIComponent(without)}`].join("");
  }

  /** Starts from another analysis; the trial of the one before is over. */
  renew(stored: Analysis): void {
    this.stored = stored;
    this.list();
    this.remember();
    this.figures(stored);
  }

  private list(): void {
    const { stored } = this;
    [byId<HTMLSelectElement>("profil").value, byId<HTMLSelectElement>("grundlage").value] = [stored.profile, stored.basis];
    this.kept.clear();
    byId("massnahmen-liste").replaceChildren();
    for (const measure of stored.measures) {
      this.kept.add(measure.key);
      const item = element("li"), label = element("label"), check = element("input", "", { type: "checkbox", value: measure.key });
      check.checked = true;
      check.addEventListener("change", () => { check.checked ? this.kept.add(measure.key) : this.kept.delete(measure.key); void this.ask(); });
      label.append(check, ` ${measure.title || measure.key}`);
      const there = element("button", say("auf der Karte zeigen", "show on the map"), { type: "button", class: "zeigen", "aria-label": `${say("Auf der Karte zeigen", "Show on the map")}: ${measure.title || measure.key}` });
      there.addEventListener("click", () => this.go(measure));
      item.append(label, element("small", measure.counts
        ? ` ${count(measure.households)} ${say("Haushalte", "households")}`
        : ` ${say("zählt nicht", "does not count")}: ${measure.reasons.join("; ")}`), there);
      byId("massnahmen-liste").append(item);
    }
    // The first question makes the service compute the county; asked now, nobody waits for it later.
    setTimeout(() => void this.question().catch((e: unknown) => announce(e instanceof Refusal ? e.message : say("Der Dienst antwortet nicht.", "The service does not answer."))), 500);
  }

  private question(gaps?: "stored"): Promise<Analysis> {
    return post<Analysis>("/whatif", { profile: byId<HTMLSelectElement>("profil").value, basis: byId<HTMLSelectElement>("grundlage").value, measures: [...this.kept], places: true, gaps });
  }

  /** One question at a time, and while it is on its way only the newest choice is kept: dragging through a list asks as fast as answers come. */
  private async ask(): Promise<void> {
    this.wanted = true;
    this.remember();
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.wanted) {
        this.wanted = false;
        const answer = await this.question();
        this.figures(answer);
        this.show(answer);
        if (this.wanted) continue;
        // The figures first: what lies where takes ten times as long.
        const { gaps } = this.chosen ? await this.question("stored") : {};
        if (!this.wanted) this.showGaps(gaps);
      }
    } catch (e) {
      announce(e instanceof Refusal ? e.message : say("Der Dienst antwortet nicht.", "The service does not answer."));
    } finally {
      this.asking = false;
    }
  }

  private figures(analysis: Analysis): void {
    const exact = analysis.rows[0]!.households, now = whole(exact), before = whole(this.stored.rows[0]!.households);
    const line = (label: string, part: "unserved" | "unclear" | "planned" | "served"): HTMLLIElement => {
      const change = now[part] - before[part];
      return element("li", `${label}: ${count(now[part])} (${percent(exact[part], exact.total)})${change ? `, ${change > 0 ? "+" : "−"}${count(Math.abs(change))}` : ""}`);
    };
    byId("zahlen").replaceChildren(
      line(say("unter der Aufgreifschwelle", "below the threshold"), "unserved"), line(say("unklar", "unclear"), "unclear"),
      line(say("geplant", "planned"), "planned"), line(say("versorgt", "served"), "served"));
    byId("versuch").hidden = !this.chosen;
  }
}
