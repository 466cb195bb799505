/** What a reader chose stands in the page's address, so that a link shows the same. */
export const asked = (name: string): string => new URLSearchParams(location.search).get(name) ?? "";

/** Empty for what is as it always is. */
export function remember(name: string, value: string): void {
  const address = new URL(location.href);
  value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}

/** Keys may hold any character, the comma between them too. */
export const joined = (keys: Iterable<string>): string => [...keys].map(encodeURIComponent).join(",");
export const split = (list: string): string[] => list.split(",").filter(Boolean).map((key) => {
  try { return decodeURIComponent(key); } catch { return key; } // a link somebody has cut off
});
