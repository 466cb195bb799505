using Breitband.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>The map's page: places for what its script fills, in an order that makes sense read aloud and on a telephone.</summary>
static class MapPage
{
    public static async Task Send(HttpContext context, Site site)
    {
        var (language, root) = (context.Language(), Page.Encode(context.Base()));
        string In(string de, string en) => Page.Encode(language == Language.De ? de : en);
        var contents = await site.Catalogue.Now();
        var synthetic = contents.Editions.Any(e => e.Live && e.Synthetic);
        var choice = await ViewChoices.Of(context, site);
        var (tiles, baseMap) = (await site.Pyramids.Current(context.Reader().Sees), site.Settings.BaseMap);
        var first = tiles is null ? "" : FormattableString.Invariant($" data-bounds=\"{string.Join(',', tiles.Bounds.Select(b => FormattableString.Invariant($"{b}")))}\" data-edition=\"{tiles.Edition}\"");
        var profiles = string.Concat(site.Profiles().All.Select(p => $"<option value=\"{Page.Encode(p.Key)}\">{Page.Encode($"{p.Short.In(language)} ({p.Key})")}</option>"));
        var bases = string.Concat(Enum.GetValues<Basis>().Select(b => $"<option value=\"{b.Code()}\">{Page.Encode(b.Label().In(language))}</option>"));
        var dates = string.Join("; ", contents.Editions.Where(e => e.Live && e.Disclosure <= context.Reader().Sees)
            .Select(e => $"{Layer.Get(e.Dataset.Layer).Label.In(language)} {Formats.Date(e.Date, language)}").Distinct());
        context.Response.Headers.ContentLanguage = language == Language.De ? "de" : "en";
        await Answer.Text(context, $"""
            <!DOCTYPE html>
            <html lang="{In("de", "en")}" data-root="{root}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{In("Karte", "Map")} – Breitband</title>
            <link rel="stylesheet" href="{root}/static/breitband.css">
            <link rel="stylesheet" href="{root}/static/map.css">
            <link rel="icon" href="data:,">
            <script type="module" src="{root}/map/start.js"></script>
            </head>
            <body class="karte">
            <a class="skip" href="#seite">{In("Zu Suche, Legende und Tabelle", "To search, legend and table")}</a>
            <header><nav aria-label="{In("Bereiche", "Sections")}"><a class="home" href="{root}/">Breitband</a>
            <a href="{root}/collections">{In("Daten", "Data")}</a> <a href="{root}/stats">{In("Zahlen", "Figures")}</a> <a href="{root}/handbuch">{In("Handbuch", "Handbook (German)")}</a>
            <a class="other" href="{root}/map?lang={In("en", "de")}" lang="{In("en", "de")}" hreflang="{In("en", "de")}">{In("English", "Deutsch")}</a></nav></header>
            <main>
            <h1 class="skip">{In("Karte der Breitbandversorgung", "Map of broadband coverage")}</h1>
            <div class="bild" id="bild">{(synthetic ? $"<p class=\"demo\">{In("Demonstrationsdaten", "Demonstration data")}</p>" : "")}
            <div id="karte"{first} role="region" aria-label="{In("Karte: mit den Pfeiltasten schieben, mit Plus und Minus vergrößern, mit der Eingabetaste nach der Mitte fragen. Alle Zahlen stehen in der Tabelle der Gemeinden.", "Map: move with the arrow keys, zoom with plus and minus, ask about the middle with Enter. All figures are in the table of municipalities.")}"></div>
            <div id="karte-b" role="region" hidden aria-label="{In("Zweite Ansicht derselben Karte", "Second view of the same map")}"></div>
            <div id="teiler" role="slider" tabindex="0" hidden aria-label="{In("Teiler: links die erste, rechts die zweite Ansicht; mit den Pfeiltasten verschieben", "Divider: first view on the left, second on the right; move with the arrow keys")}" aria-orientation="horizontal" aria-valuemin="0" aria-valuemax="100" aria-valuenow="50"></div>
            <p id="name-a" class="ansicht-name" hidden></p><p id="name-b" class="ansicht-name" hidden></p>
            <details id="zeigt"><summary><span id="zeigt-lang"></span><span id="zeigt-kurz"></span></summary><p id="zeigt-ganz"></p></details>
            <details id="bruch" hidden open><summary id="bruch-kurz"></summary><p id="bruch-text" role="note"></p></details><p id="ort" aria-hidden="true"></p></div>
            <p id="quellen"></p>
            <div id="seite" tabindex="-1">
            <form id="suche" role="search"><label for="frage">{In("Gemeinde, Siedlung, Adresse oder Koordinate", "Municipality, settlement, address or coordinate")}</label>
            <div><input id="frage" name="frage" list="orte" autocomplete="off" maxlength="200"><button>{In("Suchen", "Search")}</button></div><datalist id="orte"></datalist></form>
            <p id="meldung" role="status"></p>
            <p id="auskunft-ansicht" class="klein" hidden>{In("Die Auskunft zu einem Ort gilt für die letzte Analyse, nicht für die gewählte Ansicht.", "The answer about a place holds for the last analysis, not for the chosen view.")}</p>
            <section id="auskunft-veraenderung" aria-live="polite"></section>
            <section id="auskunft" aria-live="polite"><p>{In("Auf die Karte klicken: Hier steht dann, was dort gilt und warum.", "Click the map: what holds there, and why, will stand here.")}</p></section>
            <details open><summary>{In("Ebenen und Legende", "Layers and legend")}</summary><p class="klein">{In("Offen heißt: unter der Aufgreifschwelle oder unklar.", "Open means: below the threshold or unclear.")}</p><div id="ebenen"></div></details>
            {(baseMap is null ? "" : $"""
            <p><button id="grundkarte-laden" type="button" aria-pressed="false" data-url="{Page.Encode(baseMap.Url)}" data-attribution="{Page.Encode(baseMap.Attribution)}">{In("Hintergrundkarte einschalten", "Switch the background map on")}</button>
            <small>{In($"Sie kommt von {baseMap.Host}; dieser Anbieter erfährt dann Ihre Internetadresse und welchen Ausschnitt Sie ansehen.", $"It comes from {baseMap.Host}; that provider then learns your internet address and which part of the map you look at.")}</small></p>
            """)}
            <details id="ansichten"><summary>{In("Ansicht wählen und vergleichen", "Choose and compare views")}</summary>
            {choice.Fields("a", In("Ansicht", "View"))}
            <p><label><input type="checkbox" id="vergleichen"> {In("mit einer zweiten Ansicht vergleichen", "compare with a second view")}</label></p>
            <p id="veraenderung-wahl" hidden><label><input type="checkbox" id="veraenderung"> {In("auf der Karte zeigen, was sich zwischen den beiden Datenständen verändert hat", "show on the map what changed between the two editions")}</label></p>
            {choice.Fields("b", In("Zweite Ansicht, rechts vom Teiler", "Second view, right of the divider"))}
            <div id="vergleich" hidden><p id="vergleich-hinweis" class="note" role="note"></p>
            <div class="table" tabindex="0" role="region" aria-label="{In("Vergleich der Ansichten", "Comparison of the views")}"><table><caption>{In("Offene Haushalte in beiden Ansichten", "Open households in both views")}</caption>
            <thead><tr><th scope="col">{In("Gebiet", "area")}</th><th scope="col">{In("Ansicht", "view")}</th><th scope="col">{In("zweite", "second")}</th><th scope="col">{In("Unterschied", "difference")}</th></tr></thead><tbody id="vergleich-zeilen"></tbody></table></div></div></details>
            <details id="was-waere-wenn"><summary>{In("Was wäre, wenn", "What if")}</summary>
            <p id="versuch" class="note" hidden>{In("Versuch: Karte und Zahlen zeigen die Auswahl unten, nicht die gespeicherte Analyse.", "Trial: map and figures show the choice below, not the stored analysis.")}</p>
            <ul id="zahlen" aria-live="polite"></ul>
            <p><label for="profil">{In("Aufgreifschwelle", "Threshold")}</label> <select id="profil">{profiles}</select></p>
            <p><label for="grundlage">{In("Grundlage", "Basis")}</label> <select id="grundlage">{bases}</select></p>
            <p><button id="zurueck" type="button">{In("Zurück zur gespeicherten Analyse", "Back to the stored analysis")}</button></p>
            <ul id="massnahmen-liste"></ul></details>
            <details open><summary>{In("Gemeinden", "Municipalities")}</summary>
            <div class="table" tabindex="0" role="region" aria-label="{In("Tabelle der Gemeinden", "Table of municipalities")}"><table><caption>{In("Haushalte je Gemeinde; eine Spalte drücken sortiert", "Households per municipality; press a column to sort")}</caption><thead id="gemeinden-kopf"></thead><tbody id="gemeinden-zeilen"></tbody></table></div></details>
            <details><summary>{In("Stand, Druck und Daten", "Dates, print and data")}</summary>
            <p>{Page.Encode(dates)}</p>
            <ul><li id="ausschnitt">{In("Diesen Ausschnitt mit Ebenen und Ansicht drucken (PDF):", "Print this part with its layers and view (PDF):")} <a id="ausschnitt-a4" href="{root}/print/overview">A4</a> <a id="ausschnitt-a3" href="{root}/print/overview">A3</a></li>
            <li><a id="blatt" href="{root}/print/overview?f=pdf">{In("Übersicht des Kreises nach der letzten Analyse drucken (PDF)", "Print the county's overview, by the last analysis (PDF)")}</a></li>
            </ul>
            <p id="blatt-stand" class="klein"></p>
            <p>{In("Sichtbares herunterladen: die eingeschalteten Ebenen in diesem Ausschnitt, nach der letzten Analyse", "Download what is visible: the layers switched on, in this part of the map, by the last analysis")}</p><ul id="laden"></ul>
            <p class="note">{In("Kein Förderanspruch, ersetzt kein Markterkundungsverfahren.", "No claim to funding, no substitute for a market consultation.")}</p></details>
            <p><a href="{root}/map/licences.txt">{In("Lizenzen der Karte", "Licences of the map")}</a></p>
            </div></main>
            </body>
            </html>

            """, "text/html; charset=utf-8");
    }
}
