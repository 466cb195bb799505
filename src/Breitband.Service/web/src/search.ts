import type { Area } from "./server";
import { byId, element, say } from "./text";
import { coordinate } from "./utm";

/** Municipalities and settlements by name and key. */
export class Places {
  private areas: Area[] = [];

  set(areas: Area[]): void {
    this.areas = areas;
    byId("orte").replaceChildren(...[...new Set(areas.map((a) => a.name))].map((name) => element("option", "", { value: name })));
  }

  named(text: string): Area[] {
    return this.areas.filter((a) => a.name.localeCompare(text, "de", { sensitivity: "base" }) === 0 || a.key === text);
  }

  /** What sets places of one name apart. */
  label(area: Area): string {
    if (area.level !== "settlement") return `${area.name} (${say("Gemeinde", "municipality")})`;
    const municipality = this.areas.find((a) => a.level === "municipality" && a.key === area.ags)?.name;
    return `${area.name} (${say("Siedlung", "settlement")}${municipality ? `, ${municipality}` : ""})`;
  }
}

/** What is meant by a text: a point of the map, areas of that name, or something only the service can find. */
export function find(typed: string, places: Places): { place: [number, number] | null; areas: Area[]; text: string } {
  const text = typed.trim(), place = coordinate(text);
  return { place, areas: place || !text ? [] : places.named(text), text };
}
