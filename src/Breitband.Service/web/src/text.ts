import type { Split } from "./server";

/** What the page says, in the language of its document. */
export const german = document.documentElement.lang !== "en";

export const say = (de: string, en: string): string => (german ? de : en);

const integer = new Intl.NumberFormat(german ? "de-DE" : "en-GB", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(german ? "de-DE" : "en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Whole households whose parts equal their total, by largest remainders: the figures of the sheets and the command line. Ties go to the earlier part. */
export function whole(split: Split): Split {
  const exact = parts.map((p) => Math.round(split[p] * 1e9)), sum = exact.reduce((a, b) => a + b, 0);
  const rounded = exact.map((e) => Math.floor(e / 1e9)), total = Math.floor((sum + 5e8) / 1e9);
  const missing = total - rounded.reduce((a, b) => a + b, 0);
  exact.map((e, i) => [e % 1e9, i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, missing).forEach(([, i]) => rounded[i]!++);
  const [served, unclear, planned, unserved] = rounded as [number, number, number, number];
  return { total, served, unclear, planned, unserved };
}

const parts = ["served", "unclear", "planned", "unserved"] as const;

export const count = (n: number): string => integer.format(Math.round(n));
export const percent = (part: number, total: number): string => (total > 0 ? `${tenth.format((100 * part) / total)}\u00a0%` : "–");

export const day = (date: string): string => new Date(`${date}T12:00`).toLocaleDateString(say("de-DE", "en-GB"), { day: "2-digit", month: "2-digit", year: "numeric" });

export function element<K extends keyof HTMLElementTagNameMap>(name: K, text = "", attributes: Record<string, string> = {}): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** Tells everybody, screen readers too, what went on. */
export const announce = (text: string): void => { byId("meldung").textContent = text; };
