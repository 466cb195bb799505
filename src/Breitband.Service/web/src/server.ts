import type { GeoJSONSource } from "maplibre-gl";

/** The service's answers, as its API describes them. */
export interface Split { total: number; served: number; unclear: number; planned: number; unserved: number }
export interface Area { level: string; key: string; name: string; ags?: string; households: Split; change?: { before: Split; after: Split; gained: number; lost: number } }
export interface Measure { key: string; title: string; state: string; counts: boolean; reasons: string[]; households: number; reach: number; costPerHousehold?: number }
export interface Analysis { run: string; profile: string; basis: string; synthetic: boolean; rows: Area[]; measures: Measure[]; notes: string[]; places?: { key: string; households: Split }[]; gaps?: Gaps }
/** What the map of a trial has otherwise: keys that are no longer so, and what is in their place. */
export interface Gaps { hidden: string[]; shown: Parameters<GeoJSONSource["setData"]>[0] }
export interface Explanation { place: string; x?: number; y?: number; sentence: string; steps: { text: string; edition?: string; rule?: string }[]; households: Split }

export interface Stats { profile: string; basis: string; editions: { dataset: string; date: string }[]; rows: Area[] }

export const root = document.documentElement.dataset["root"] ?? "";

export class Refusal extends Error {
  constructor(message: string, readonly status: number) { super(message); }
}

export async function get<T>(path: string): Promise<T> {
  return answer<T>(await fetch(`${root}${path}`, { headers: { Accept: "application/json" } }));
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  return answer<T>(await fetch(`${root}${path}`, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) }));
}

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string };
  throw new Refusal(problem.detail ?? problem.title ?? `${response.status}`, response.status);
}
