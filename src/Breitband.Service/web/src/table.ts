import { type Comparison, points } from "./change";
import type { Area } from "./server";
import { byId, count, day, element, percent, say, whole } from "./text";

type Column = { title: string; value: (a: Area) => number | string; text: (a: Area) => string };

const open = (a: Area): number => a.households.unclear + a.households.unserved;
const columns: Column[] = [
  { title: say("Gemeinde", "municipality"), value: (a) => a.name, text: (a) => a.name },
  { title: say("Haushalte", "households"), value: (a) => a.households.total, text: (a) => count(whole(a.households).total) },
  { title: say("versorgt", "served"), value: (a) => a.households.served, text: (a) => count(whole(a.households).served) },
  { title: say("geplant", "planned"), value: (a) => a.households.planned, text: (a) => count(whole(a.households).planned) },
  { title: say("unklar", "unclear"), value: (a) => a.households.unclear, text: (a) => count(whole(a.households).unclear) },
  { title: say("unter der Aufgreifschwelle", "below the threshold"), value: (a) => a.households.unserved, text: (a) => count(whole(a.households).unserved) },
  { title: say("offen (%)", "open (%)"), value: (a) => open(a) / Math.max(a.households.total, 1e-9), text: (a) => percent(open(a), a.households.total) },
];

const moved = (a: Area): number => { const c = a.change!; return c.after.total > 0 ? (100 * c.after.served) / c.after.total - (100 * c.before.served) / Math.max(c.before.total, 1e-9) : 0; };
/** Between two editions: what is shown while the map shows it. */
const changes = (then: string, now: string): Column[] => [
  columns[0]!,
  { title: `${say("versorgt", "served")} ${then}`, value: (a) => a.change!.before.served, text: (a) => count(a.change!.before.served) },
  { title: `${say("versorgt", "served")} ${now}`, value: (a) => a.change!.after.served, text: (a) => count(a.change!.after.served) },
  { title: say("hinzugekommen", "gained"), value: (a) => a.change!.gained, text: (a) => count(a.change!.gained) },
  { title: say("weggefallen", "lost"), value: (a) => a.change!.lost, text: (a) => count(a.change!.lost) },
  { title: say("Prozentpunkte", "percentage points"), value: moved, text: (a) => (a.households.total > 0 ? points(moved(a)) : "–") },
];

/** The municipalities, sorted by the column whose head was pressed; a row leads to its municipality on the map. */
export class Table {
  private areas: Area[] = [];
  private by = 5;
  private down = true;
  private chosen = "";
  private columns = columns;

  constructor(private readonly choose: (area: Area) => void) { this.head(); }

  private head(): void {
    const head = element("tr");
    this.columns.forEach((column, i) => {
      const cell = element("th", "", { scope: "col" }), button = element("button", column.title, { type: "button" });
      button.addEventListener("click", () => { this.down = this.by === i ? !this.down : i > 0; this.by = i; this.draw(); });
      cell.append(button);
      head.append(cell);
    });
    byId("gemeinden-kopf").replaceChildren(head);
  }

  show(areas: Area[], compared?: Comparison): void {
    if (compared || this.columns !== columns) {
      this.columns = compared ? changes(day(compared.before.date), day(compared.after.date)) : columns;
      this.by = 5;
      this.head();
    }
    this.areas = areas;
    this.draw();
  }

  mark(key: string): void {
    this.chosen = key;
    this.draw();
    // Only the table moves: the column stays where the reader looks.
    const row = document.querySelector<HTMLElement>(`#gemeinden-zeilen tr[data-key="${CSS.escape(key)}"]`), box = row?.closest<HTMLElement>(".table");
    if (row && box && (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)) box.scrollTop = row.offsetTop - box.clientHeight / 2;
  }

  private draw(): void {
    const focused = document.activeElement?.closest<HTMLElement>("#gemeinden-zeilen tr")?.dataset["key"];
    const column = this.columns[this.by]!, sign = this.down ? -1 : 1;
    const sorted = [...this.areas].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      return sign * (typeof x === "string" ? x.localeCompare(y as string, "de") : x - (y as number)) || a.name.localeCompare(b.name, "de");
    });
    document.querySelectorAll("#gemeinden-kopf th").forEach((th, i) => th.setAttribute("aria-sort", i !== this.by ? "none" : this.down ? "descending" : "ascending"));
    byId("gemeinden-zeilen").replaceChildren(...sorted.map((area) => {
      const row = element("tr", "", { "data-key": area.key });
      if (area.key === this.chosen) row.setAttribute("aria-current", "true");
      this.columns.forEach((c, i) => {
        const cell = element(i === 0 ? "th" : "td", i === 0 ? "" : c.text(area), i === 0 ? { scope: "row" } : {});
        if (i === 0) {
          const button = element("button", c.text(area), { type: "button" });
          button.addEventListener("click", () => this.choose(area));
          cell.append(button);
        }
        row.append(cell);
      });
      return row;
    }));
    // Drawing anew takes the button away under whoever pressed it.
    if (focused) document.querySelector<HTMLElement>(`#gemeinden-zeilen tr[data-key="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
  }
}
