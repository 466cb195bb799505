import { fade } from "./legend";
import { maps } from "./maps";
import { announce, byId, say } from "./text";

/** A map of somebody else's below ours, where the county has configured one. Nothing is asked of it before the reader agreed, on every visit anew. */
export function offerBaseMap(): void {
  const button = document.querySelector<HTMLButtonElement>("#grundkarte-laden");
  if (!button) return;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", `${on}`);
    for (const map of maps) {
      if (!on) {
        map.removeLayer("grundkarte");
        map.removeSource("grundkarte");
        continue;
      }
      map.addSource("grundkarte", { type: "raster", tiles: [button.dataset["url"]!], tileSize: 256, attribution: button.dataset["attribution"]!, maxzoom: 18 });
      map.addLayer({ id: "grundkarte", type: "raster", source: "grundkarte" }, map.getStyle().layers[1]?.id);
    }
    // What lies over it must let it shine through.
    for (const group of ["municipality-share", "change-share", "gap", "settlement", "ground"]) fade(group, on ? 55 : 100);
    byId("bild").classList.toggle("mit-grundkarte", on);
    announce(on ? say("Hintergrundkarte eingeschaltet.", "Background map switched on.") : say("Hintergrundkarte ausgeschaltet.", "Background map switched off."));
  });
}
