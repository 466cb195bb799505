using System.CommandLine;
using Breitband.Service.Maps;
using Breitband.Store;
using Breitband.Tiles;

namespace Breitband.Service.Verbs;

/// <summary>Vector tiles for the web map.</summary>
sealed class TilesVerb : Verb
{
    readonly Option<string?> target, folder, disclosure, url;

    public TilesVerb(Language language) : base(language, "tiles", new("Kacheln für die Karte bauen", "build the map's tiles"), new(
        "Baut die Vektorkacheln der Karte (MBTiles, Zoom 4 bis 14) neben den Speicher oder bringt vorhandene auf den neuesten Stand: Nur was sich\ngeändert hat, wird neu gezeichnet. Ohne --disclosure kommt nur Öffentliches hinein; solche Kacheln darf jeder Webserver ausliefern.",
        "Builds the map's vector tiles (MBTiles, zoom 4 to 14) beside the store, or brings existing ones up to date: only what changed is\ndrawn anew. Without --disclosure only what is public goes in; any web server may serve such tiles."),
        "breitband tiles", "breitband tiles --disclosure intern --out intern.mbtiles", "breitband tiles --out karte --url https://karten.kreis.de/breitband", "breitband tiles --store postgres://dienst@db.kreis.de/breitband --tiles /var/lib/breitband/tiles")
    {
        target = Value("--out", In("DATEI.mbtiles|ORDNER", "FILE.mbtiles|DIR"), "Ziel (sonst neben dem Speicher); ein Ordner bekommt eine Datei je Kachel", "target (otherwise beside the store); a folder gets a file per tile");
        url = Value("--url", "URL", "Adresse, unter der ein Webserver den Ordner anbieten wird", "address at which a web server will offer the folder");
        folder = Value("--tiles", In("ORDNER", "DIR"), "Ordner der Kacheln (sonst der des Speichers, für eine Datenbank tiles/)", "folder of the tiles (otherwise the store's, for a database tiles/)");
        disclosure = Value("--disclosure", "öffentlich|intern|vertraulich", "bis zu welcher Vertraulichkeit (sonst öffentlich)", "up to which disclosure class (otherwise öffentlich)");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var allowed = ExportVerb.Allowed(parsed.GetValue(disclosure));
        var (wanted, address) = (parsed.GetValue(target), parsed.GetValue(url));
        var plain = wanted is not null && !wanted.EndsWith(".mbtiles", StringComparison.OrdinalIgnoreCase);
        if (plain && !Uri.TryCreate(address, UriKind.Absolute, out _))
            throw BreitbandException.WrongUse($"{wanted} ist ein Ordner: Dazu gehört die Adresse, unter der er zu erreichen sein wird: --url https://karten.kreis.de/breitband", $"{wanted} is a folder: it wants the address it will be reached at: --url https://maps.county.de/breitband");
        var path = !plain && wanted is not null ? wanted : Pyramids.PathOf(session.StorePath, session.County, parsed.GetValue(folder), allowed);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var store = session.OpenStore(OpenMode.Read);
        var report = PyramidBuilder.Build(store, path, allowed, zoom => session.Progress($"Zoom {zoom}", zoom, PyramidBuilder.Last));
        session.ClearProgress();
        if (report.Withheld is { } reason)
            session.Say($"Lücken und Siedlungen fehlen auf diesen Kacheln. {reason.De}", $"Gaps and settlements are not on these tiles. {reason.En}");
        if (plain)
        {
            using var pyramid = Pyramid.Open(path);
            var files = StaticMap.Write(pyramid, wanted!, address!, session.Language);
            session.Say($"{wanted}: {Formats.Whole(files, Language.De)} Kacheln als Dateien, dazu style.json und tilejson.json.", $"{wanted}: {Formats.Whole(files, Language.En)} tiles as files, with style.json and tilejson.json.");
        }
        session.Out.WriteLine(session.Json
            ? Text.Json.Write(new { report.Path, report.Edition, report.Tiles, report.Bytes, report.Largest, report.Changed })
            : report.Changed.Count == 0
                ? session.In($"{report.Path}: schon auf dem neuesten Stand (Ausgabe {report.Edition}).", $"{report.Path}: already up to date (edition {report.Edition}).")
                : session.In(
                    $"{report.Path}: {Formats.Whole(report.Tiles, Language.De)} Kacheln, {Formats.Number(report.Bytes / 1e6, Language.De, "0.0")} MB, größte {report.Largest / 1000} kB, Ausgabe {report.Edition}. Neu gezeichnet: {string.Join(", ", report.Changed)}.",
                    $"{report.Path}: {Formats.Whole(report.Tiles, Language.En)} tiles, {Formats.Number(report.Bytes / 1e6, Language.En, "0.0")} MB, largest {report.Largest / 1000} kB, edition {report.Edition}. Drawn anew: {string.Join(", ", report.Changed)}."));
        return Outcome.Done;
    }
}
