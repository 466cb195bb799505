using System.Text.Json.Nodes;
using Breitband.Print;

namespace Breitband.Service.Maps;

/// <summary>The web map's style (MapLibre style specification 8), made from the one legend: the classes of print and QGIS, in pixels.</summary>
sealed class MapStyle(Legend legend, Language language)
{
    /// <summary>A pixel of the web is a 96th of an inch.</summary>
    const double PixelsPerMillimetre = 96 / 25.4;

    /// <summary>Layers that another rule, basis or edition changes.</summary>
    static readonly string[] ResultLayers = ["municipalities", "municipality_names", "settlements", "settlement_names", "gaps"], ChangeLayers = ["municipality_changes", "settlement_changes", "changes"];

    readonly JsonArray layers = [];
    readonly JsonArray groups = [];

    /// <summary>The source of gap areas that a trial of measures puts in the place of those on the tiles; empty until the page fills it.</summary>
    const string Trial = "versuch";

    bool viewed, tried;

    /// <param name="tiles">Address of the TileJSON.</param>
    /// <param name="view">Address of the TileJSON the layers of results come from; null for those of the last analysis.</param>
    /// <param name="trials">Whether measures can be tried on this map.</param>
    public string Write(string tiles, string? view = null, bool trials = false)
    {
        (viewed, tried) = (view is not null, trials);
        return Write(tiles, view, () =>
        {
            Municipalities();
            Squares();
            Gaps();
        }, circles: true);
    }

    /// <summary>What became of every place between two editions, in the place of the shares of open households.</summary>
    /// <param name="changes">Address of the TileJSON of the changes.</param>
    public string WriteChanges(string tiles, string changes) => Write(tiles, changes, () =>
    {
        var cells = legend.Zoom["gaps"].First;
        Group("change-share", legend.ChangeLabel.In(language), [.. Points("change-municipality", "municipality_changes", 4, cells), .. Points("change-settlement", "settlement_changes", legend.SettlementShares.First, 24)],
            [.. legend.ChangeClasses.Select(c => c.Symbol), legend.NoHouseholds]);
        Group("change-area", Say("Veränderte Zellen, Gebiete, Häuser", "Changed cells, areas, houses"), Kinds(cells), legend.Changes);
    }, circles: false);

    string Write(string tiles, string? view, Action results, bool circles)
    {
        Ground();
        results();
        Supply();
        Lines();
        Measures();
        Points(circles);
        Names();
        var sources = new JsonObject { ["breitband"] = new JsonObject { ["type"] = "vector", ["url"] = tiles } };
        if (view is not null)
            sources["ansicht"] = new JsonObject { ["type"] = "vector", ["url"] = view };
        if (tried)
            sources[Trial] = new JsonObject { ["type"] = "geojson", ["data"] = new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray() } };
        return new JsonObject
        {
            ["version"] = 8,
            ["name"] = "Breitband",
            ["sources"] = sources,
            ["layers"] = layers,
            ["metadata"] = new JsonObject { ["breitband:legend"] = groups },
        }.ToJsonString();
    }

    string Say(string de, string en) => language == Language.De ? de : en;

    void Ground()
    {
        layers.Add(new JsonObject { ["id"] = "page", ["type"] = "background", ["paint"] = new JsonObject { ["background-color"] = legend.Page } });
        foreach (var ground in legend.Backgrounds.Where(b => b.Symbol.Fill is not null))
            Add("ground-" + ground.Symbol.Key, "fill", "background", TilePainter.SmallestZoom(ground.Smallest), 24, new() { ["fill-color"] = ground.Symbol.Fill }, Is("category", ground.Symbol.Key));
        Add("settlement-fill", "fill", "settlements", legend.Zoom["settlements"].First, 24, new() { ["fill-color"] = legend.Settlement.Fill, ["fill-antialias"] = false });
    }

    void Municipalities()
    {
        var (first, last) = legend.Zoom["result_municipalities"];
        var ids = Classes("municipality", "municipalities", first, last + 1);
        ids.AddRange(Classes("settlement-share", "settlements", legend.SettlementShares.First, legend.SettlementShares.End));
        Group("municipality-share", Say("Gemeinden und Siedlungen nach Anteil offener Haushalte", "Municipalities and settlements by share of open households"), ids,
            [.. legend.Shares.Select(c => c.Symbol), legend.NoHouseholds, legend.MostlyUnclear.Symbol]);
    }

    void Gaps()
    {
        var first = legend.Zoom["gaps"].First;
        var ids = Classes("gap", "gaps", first, 24);
        ids.Add(Add("gap-line", "line", "gaps", 14, 24, new() { ["line-color"] = legend.Shares[0].Symbol.Outline, ["line-width"] = 0.4 }));
        ids.AddRange(InTrials(ids, 0));
        Group("gap", Say("Lückenflächen nach Anteil offener Haushalte", "Gap areas by share of open households"), ids, legend.Shares.Select(c => c.Symbol));
    }

    /// <summary>Where the gaps lie, before they can be told apart: squares that add up what lies in them, over the municipalities, for whoever asks for them.</summary>
    void Squares()
    {
        var ids = Classes("gap-square", "gaps", 6, legend.Zoom["gaps"].First);
        ids.AddRange(InTrials(ids, new JsonArray("step", new JsonArray("zoom"), 1000, 9, 500, 11, 200)));
        Group("gap-square", Say("Lücken als Quadrate (200 m bis 1 km)", "Gaps as squares (200 m to 1 km)"), ids, legend.Shares.Select(c => c.Symbol), off: true);
    }

    /// <summary>The same layers of what a trial puts in the place of the tiles' areas or squares.</summary>
    List<string> InTrials(IEnumerable<string> ids, JsonNode size)
    {
        List<string> own = [];
        foreach (var layer in tried ? layers.Where(l => ids.Contains((string?)l!["id"])).Select(l => l!.DeepClone().AsObject()).ToList() : [])
        {
            own.Add($"{Trial}-{layer["id"]}");
            (layer["id"], layer["source"]) = (own[^1], Trial);
            layer.Remove("source-layer");
            var ofSize = new JsonArray("==", new JsonArray("get", "size"), size.DeepClone());
            layer["filter"] = layer["filter"] is { } filter ? new JsonArray("all", filter.DeepClone(), ofSize) : ofSize;
            layers.Add(layer);
        }
        return own;
    }

    /// <summary>Who says he supplies where; the analysis weighs it against the threshold, the map shows it as it was delivered.</summary>
    void Supply()
    {
        var first = legend.Zoom["coverage_areas"].First;
        var symbol = legend.Network with { Label = ViewSheet.Supply };
        Group("supply", Say("Versorgungsgebiete der Anbieter", "Supply areas of providers"),
            [Add("supply-fill", "fill", Layer.CoverageAreas.Name, first, 24, new() { ["fill-color"] = symbol.Outline, ["fill-opacity"] = 0.12 }), Line("supply-line", Layer.CoverageAreas.Name, first, symbol)], [symbol], off: true);
    }

    /// <summary>A fill by class, and the hatch of those that have one over it. Their edges lie under lines: smoothing them would draw every area twice.</summary>
    List<string> Classes(string id, string source, int first, int last)
    {
        var steps = new JsonArray("step", new JsonArray("get", "share"), legend.Shares[0].Symbol.Fill);
        foreach (var share in legend.Shares.Skip(1))
        {
            steps.Add(share.From);
            steps.Add(share.Symbol.Fill);
        }
        var colour = new JsonArray("case", new JsonArray("has", "share"), steps, legend.NoHouseholds.Fill);
        var ids = new List<string> { Add(id + "-fill", "fill", source, first, last, new() { ["fill-color"] = colour, ["fill-antialias"] = false }) };
        foreach (var share in legend.Shares.Where(s => s.Symbol.Hatch is not null))
            ids.Add(Add($"{id}-{share.Symbol.Key}", "fill", source, first, last, new() { ["fill-pattern"] = Image(share.Symbol.Hatch!), ["fill-antialias"] = false },
                new JsonArray("all", new JsonArray("has", "share"), new JsonArray(">=", new JsonArray("get", "share"), share.From))));
        if (source != Layer.GapAreas.Name)
            ids.Add(Add($"{id}-unclear", "fill", source, first, last, new() { ["fill-pattern"] = Image(legend.MostlyUnclear.Symbol.Hatch!), ["fill-antialias"] = false },
                new JsonArray("all", new JsonArray("has", "unclear"), new JsonArray(">=", new JsonArray("get", "unclear"), legend.MostlyUnclear.From))));
        return ids;
    }

    /// <summary>A fill by class of change, and hatches over what was lost.</summary>
    List<string> Points(string id, string source, int first, int last)
    {
        var steps = new JsonArray("step", new JsonArray("get", "points"), legend.ChangeClasses[0].Symbol.Fill);
        foreach (var change in legend.ChangeClasses.Skip(1))
        {
            steps.Add(change.From);
            steps.Add(change.Symbol.Fill);
        }
        var ids = new List<string> { Add(id + "-fill", "fill", source, first, last, new() { ["fill-color"] = new JsonArray("case", new JsonArray("has", "points"), steps, legend.NoHouseholds.Fill), ["fill-antialias"] = false }) };
        foreach (var change in legend.ChangeClasses.Where(c => c.Symbol.Hatch is not null))
            ids.Add(Add($"{id}-{change.Symbol.Key}", "fill", source, first, last, new() { ["fill-pattern"] = Image(change.Symbol.Hatch!), ["fill-antialias"] = false },
                new JsonArray("all", new JsonArray("has", "points"), new JsonArray(">=", new JsonArray("get", "points"), change.From), new JsonArray("<", new JsonArray("get", "points"), change.To))));
        return ids;
    }

    List<string> Kinds(int first)
    {
        var ids = new List<string>();
        foreach (var kind in legend.Changes)
        {
            ids.Add(Add("change-" + kind.Key, "fill", "changes", first, 24, new() { ["fill-color"] = kind.Fill, ["fill-antialias"] = false }, Is("change", kind.Key)));
            if (kind.Hatch is not null)
                ids.Add(Add($"change-{kind.Key}-hatch", "fill", "changes", first, 24, new() { ["fill-pattern"] = Image(kind.Hatch), ["fill-antialias"] = false }, Is("change", kind.Key)));
            ids.Add(Line($"change-{kind.Key}-line", "changes", 14, kind, Is("change", kind.Key)));
        }
        return ids;
    }

    void Lines()
    {
        var ground = new List<string>();
        foreach (var line in legend.Backgrounds.Where(b => b.Symbol.Fill is null))
            ground.Add(Line("ground-" + line.Symbol.Key, "background", TilePainter.SmallestZoom(line.Smallest), line.Symbol, Is("category", line.Symbol.Key)));
        ground.AddRange(legend.Backgrounds.Where(b => b.Symbol.Fill is not null).Select(b => "ground-" + b.Symbol.Key));
        Group("ground", Say("Straßen, Bahn, Gewässer, Wald", "Roads, railways, water, forest"), ground, legend.Backgrounds.Select(b => b.Symbol));
        Group("settlement", legend.Settlement.Label.In(language), ["settlement-fill", Line("settlement-line", "settlements", legend.Zoom["settlements"].First, legend.Settlement)], [legend.Settlement]);
        // The municipality the reader chose, from the table, the search or an answer: the page says which.
        Add("municipality-chosen", "line", "municipalities", 4, 24, new() { ["line-color"] = legend.Ink, ["line-width"] = 3.5 }, Is("key", ""));
        Group("border", legend.Municipality.Label.In(language), [Line("municipality-line", "municipalities", 4, legend.Municipality with { Width = 0.3 })], [legend.Municipality]);
    }

    void Measures()
    {
        var ids = new List<string>();
        foreach (var group in legend.Measures)
            ids.Add(Line("measure-" + group.Symbol.Key, "measures", legend.Zoom["measures"].First, group.Symbol, Is("class", group.Symbol.Key)));
        // An outline is thin to click on: the area below it answers too.
        ids.Add(Add("measure-area", "fill", "measures", legend.Zoom["measures"].First, 24, new() { ["fill-color"] = legend.Measures[0].Symbol.Outline, ["fill-opacity"] = 0.06 }));
        Group("measure", Say("Maßnahmen", "Measures"), ids, legend.Measures.Select(m => m.Symbol));
    }

    void Points(bool circles)
    {
        Group("address", legend.Address.Label.In(language), [Circle("address", "addresses", 15, legend.Address, 2.2)], [legend.Address]);
        Group("facility", legend.Facility.Label.In(language), [Circle("facility", "facilities", legend.Zoom["facilities"].First, legend.Facility, 4)], [legend.Facility]);
        if (!circles)
            return;
        var radius = new JsonArray("max", 1.5, new JsonArray("*", 0.22, new JsonArray("sqrt", new JsonArray("get", "open"))));
        Add("settlement-circle", "circle", "settlement_names", 8, legend.Zoom["gaps"].First, new()
        {
            ["circle-color"] = legend.Circle.Fill,
            ["circle-stroke-color"] = legend.Circle.Outline,
            ["circle-stroke-width"] = legend.Circle.Width * PixelsPerMillimetre,
            ["circle-radius"] = radius,
        }, new JsonArray(">", new JsonArray("get", "open"), 0));
        Group("settlement-circle", legend.Circle.Label.In(language), ["settlement-circle"], [legend.Circle]);
    }

    /// <summary>Names are pictures the page draws when they are asked for: no font files, and none of them overlap.</summary>
    void Names()
    {
        foreach (var (id, source, first, last) in new[] { ("name-settlement", "settlement_names", 11, 24), ("name-municipality", "municipality_names", 7, 13) })
            layers.Add(new JsonObject
            {
                ["id"] = id,
                ["type"] = "symbol",
                ["source"] = Source(source),
                ["source-layer"] = source,
                ["minzoom"] = first,
                ["maxzoom"] = last,
                ["layout"] = new JsonObject
                {
                    ["icon-image"] = new JsonArray("concat", source == "municipality_names" ? "name:b:" : "name:n:", new JsonArray("get", "name")),
                    ["symbol-sort-key"] = new JsonArray("get", "rank"),
                    ["icon-padding"] = 2,
                },
            });
        Group("name", Say("Namen", "Names"), ["name-settlement", "name-municipality"], []);
    }

    string Source(string layer) => viewed && ResultLayers.Contains(layer) || ChangeLayers.Contains(layer) ? "ansicht" : "breitband";

    string Line(string id, string source, int first, Symbol symbol, JsonArray? filter = null)
    {
        var width = Math.Max(0.6, symbol.Width * PixelsPerMillimetre);
        var paint = new JsonObject { ["line-color"] = symbol.Outline, ["line-width"] = width };
        if (symbol.Dash is not null)
            // The style counts dashes in widths of the line.
            paint["line-dasharray"] = new JsonArray([.. symbol.Dash.Select(d => JsonValue.Create(Math.Round(d * PixelsPerMillimetre / width, 2)))]);
        return Add(id, "line", source, first, 24, paint, filter);
    }

    string Circle(string id, string source, int first, Symbol symbol, double radius) => Add(id, "circle", source, first, 24, new()
    {
        ["circle-color"] = symbol.Fill,
        ["circle-stroke-color"] = symbol.Outline,
        ["circle-stroke-width"] = 0.8,
        ["circle-radius"] = radius,
    });

    string Add(string id, string type, string source, int first, int last, JsonObject paint, JsonArray? filter = null)
    {
        var layer = new JsonObject { ["id"] = id, ["type"] = type, ["source"] = Source(source), ["source-layer"] = source, ["minzoom"] = first, ["maxzoom"] = last, ["paint"] = paint };
        if (filter is not null)
            layer["filter"] = filter;
        layers.Add(layer);
        return id;
    }

    /// <summary>What the page lists, switches and fades together.</summary>
    void Group(string id, string label, IEnumerable<string> ids, IEnumerable<Symbol> symbols, bool off = false) => groups.Add(new JsonObject
    {
        ["id"] = id,
        ["label"] = label,
        ["off"] = off,
        ["layers"] = new JsonArray([.. ids.Select(i => JsonValue.Create(i))]),
        ["symbols"] = new JsonArray([.. symbols.Select(s => new JsonObject
        {
            ["key"] = s.Key,
            ["label"] = s.Label.In(language),
            ["fill"] = s.Fill,
            ["outline"] = s.Outline,
            ["width"] = Math.Max(1, s.Width * PixelsPerMillimetre),
            ["dash"] = s.Dash is null ? null : new JsonArray([.. s.Dash.Select(d => JsonValue.Create(d * PixelsPerMillimetre))]),
            ["hatch"] = s.Hatch is null ? null : Code(s.Hatch),
        })]),
    });

    /// <summary>The name of a hatch's picture.</summary>
    public static string Image(Hatch hatch) => "hatch:" + Code(hatch);

    /// <summary>angle,spacing,width,colour: sizes in pixels.</summary>
    static string Code(Hatch hatch) => FormattableString.Invariant($"{hatch.Angle},{hatch.Spacing * PixelsPerMillimetre:0.##},{hatch.Width * PixelsPerMillimetre:0.##},{hatch.Colour}");

    static JsonArray Is(string field, string value) => new("==", new JsonArray("get", field), value);
}
