import type { ErrorEvent, VectorTileSource } from "maplibre-gl";
import { forgetCredits } from "./credits";
import { maps } from "./maps";
import { announce, byId, say } from "./text";

/** The service's answer to tiles of an edition that is no more. */
const gone = 410;

/** Milliseconds until table and trial are loaded even if the map is not drawn yet: a hidden window never draws. */
const patience = 3000;

let renewing = false;

/** What went wrong with a map's data, in the reader's language; tiles that are no more bring those of today. */
export function mapFailed({ error }: ErrorEvent, renew: () => Promise<void>): void {
  const { status } = error as { status?: number };
  // Only what was asked for and not got: that a layer of the style has nothing in these tiles is no failure.
  if (status === undefined) return;
  if (status !== gone) {
    announce(say("Ein Teil der Karte ließ sich nicht laden.", "A part of the map could not be loaded."));
    return;
  }
  // Many tiles come back at once; one renewal serves them all.
  if (renewing) return;
  renewing = true;
  void renewAll(renew).finally(() => { renewing = false; });
}

/** Somebody imported, analysed or changed a measure: map, table and trial must not tell of two editions. */
async function renewAll(renew: () => Promise<void>): Promise<void> {
  forgetCredits();
  for (const map of maps) {
    const source = map.getSource<VectorTileSource>("breitband");
    if (source) await new Promise<void>((done) => { map.once("idle", () => done()); setTimeout(done, patience); source.setUrl(source.url); });
  }
  await renew();
  // Chosen views are computed on what holds now.
  if (maps.some((map) => map.getSource("ansicht")))
    for (const side of ["a", "b"]) if (side === "a" || !byId("karte-b").hidden) byId(`profil-${side}`).dispatchEvent(new Event("change"));
  announce(say("Die Daten haben sich geändert: Karte, Tabelle und Versuch sind neu geladen.", "The data have changed: map, table and trial have been loaded again."));
}
