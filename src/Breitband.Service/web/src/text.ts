/** What the page says, in the language of its document. */
export const german = document.documentElement.lang !== "en";

export const say = (de: string, en: string): string => (german ? de : en);

const whole = new Intl.NumberFormat(german ? "de-DE" : "en-GB", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(german ? "de-DE" : "en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (n: number): string => whole.format(Math.round(n));
export const percent = (part: number, total: number): string => (total > 0 ? `${tenth.format((100 * part) / total)}\u00a0%` : "–");

export function element<K extends keyof HTMLElementTagNameMap>(name: K, text = "", attributes: Record<string, string> = {}): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** Tells everybody, screen readers too, what went on. */
export const announce = (text: string): void => { byId("meldung").textContent = text; };
