using System.Security.Cryptography;
using System.Text;
using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>Results that go onto tiles: those the store keeps, or others computed on its data.</summary>
/// <param name="Editions">Numbers of the editions the figures came from.</param>
/// <param name="Rows">Rows of a result layer whose boxes meet one, or all, in the order of its fields.</param>
public sealed record TileResults(string Run, Basis Basis, IReadOnlyList<int> Editions, Func<Layer, Envelope?, IEnumerable<Row>> Rows)
{
    /// <summary>Where what became of them between two editions goes onto the tiles instead; the rows give the outlines.</summary>
    public Comparison? Comparison { get; init; }

    internal static TileResults? Kept(Store.Store store) => store.Runs() is [var last, ..] ? new(last.Id, last.Basis(), last.EditionNumbers(), store.ReadResult) : null;
}

/// <summary>What of a store goes onto the map's tiles for readers of a disclosure class, layer by layer, each read when it is asked for.</summary>
sealed class TileContents(Store.Store store, Disclosure allowed, TileResults? results)
{
    readonly Lazy<List<Row>> municipalities = new(() => Placed(results!, Layer.ResultMunicipalities));
    readonly Lazy<List<Row>> settlements = new(() => Placed(results!, Layer.ResultSettlements));
    (int Zoom, TileFeature[] Features) outlines = (-1, []);
    (int Size, IReadOnlyList<TileFeature> Features) squares;

    /// <summary>Why a layer of results is missing; empty when none is.</summary>
    public Phrase? Withheld { get; private set; }

    /// <summary>The layers that a change of rule, basis or edition changes.</summary>
    public IReadOnlyList<TileLayer> ResultLayers()
    {
        if (results is null)
            return [];
        var credits = Credits(store.Editions().Where(e => results.Editions.Contains(e.Number) && e.Disclosure <= allowed));
        if (results.Comparison is { } comparison)
            return ChangeLayers(new(comparison, credits, results.Run));
        var layers = new List<TileLayer>
        {
            new("municipalities", 4, ["key", "name", "share", "open", "total", "unclear"], results.Run, band => Municipalities(band, r => Figures(Layer.ResultMunicipalities, r, "key", "name"))) { Thinned = true, Attribution = credits },
            new("municipality_names", 6, NameFields, results.Run, _ => Names(municipalities.Value)) { Attribution = credits },
        };
        if (!MayShowPlaces(results))
            return layers;
        layers.Add(new("settlements", 8, ["key", "name", "ags", "share", "open", "total", "unclear"], results.Run, band => Areas(Layer.ResultSettlements, settlements.Value, band)) { Attribution = credits });
        layers.Add(new("gaps", 6, ["key", "share", "households", "settlement", "covered"], results.Run, GapCells) { Attribution = credits });
        layers.Add(new("settlement_names", 8, NameFields, results.Run, _ => Names(settlements.Value)) { Attribution = credits });
        return layers;
    }

    /// <summary>Bands of a zoom level for what the store has, which may be a state's.</summary>
    public IEnumerable<TileBand> Bands(int zoom, long mostRows) => TileBand.Of(zoom, store.Editions().Where(e => e.Live).Sum(e => (long)e.RowCount), extent.Value, mostRows);

    readonly Lazy<Envelope> extent = new(() => results is null ? new() : Placed(results, Layer.ResultMunicipalities).Aggregate(new Envelope(), (all, r) => { all.ExpandToInclude(r.Geometry!.EnvelopeInternal); return all; }));

    public IReadOnlyList<TileLayer> Layers()
    {
        var layers = new List<TileLayer>
        {
            Imported(Layer.Background, 8, "category"),
            Imported(Layer.CoverageAreas, 9, "key", "provider", "technology"),
        };
        layers.AddRange(results is null ? [Imported(Layer.Municipalities, 4, "key", "name")] : ResultLayers());
        var register = Register();
        layers.Add(new("measures", 8, ["key", "title", "state", "class"], register.Count == 0 ? "" : Hash(register.Select(m => string.Join('|', m.Values) + Convert.ToHexString(m.Geometry!.AsBinary()))), _ => Measures()));
        layers.Add(Imported(Layer.Facilities, 11, "key", "name", "category"));
        layers.Add(Imported(Layer.Addresses, 14, "key", "street", "number", "suffix"));
        return [.. layers.Where(l => l.Fingerprint.Length > 0)];
    }

    bool MayShowPlaces(TileResults shown)
    {
        try
        {
            ResultDisclosure.Require(store, [.. shown.Editions], shown.Basis, allowed);
            return true;
        }
        catch (BreitbandException e)
        {
            Withheld = e.Text;
            return false;
        }
    }

    /// <summary>Live editions of an imported layer that these readers may see.</summary>
    TileLayer Imported(Layer layer, int first, params string[] fields)
    {
        if (fields.FirstOrDefault(f => layer.Find(f) is null) is { } unknown)
            throw new ArgumentException($"The layer {layer.Name} has no field {unknown}.", nameof(fields));
        var editions = store.LiveEditions(layer).Where(e => e.Disclosure <= allowed).ToList();
        return new(layer.Name, first, fields, editions.Count == 0 ? "" : Hash(editions.Select(e => $"{e.Number} {e.Sha256}")), band => editions.SelectMany(e => Features(e, fields, band))) { Attribution = Credits(editions) };
    }

    static string Credits(IEnumerable<Edition> editions) => string.Join(" · ", editions.Select(e => e.Licence.Attribution).Where(a => a.Length > 0).Distinct());

    IEnumerable<TileFeature> Features(Edition edition, string[] fields, TileBand band)
    {
        var columns = store.Columns(edition).Select(c => c.Name).ToList();
        var places = fields.Select(f => columns.IndexOf(f)).ToArray();
        return (band.Box is { } box ? store.Read(edition, box) : store.Read(edition)).Where(r => r.Geometry is { IsEmpty: false })
            .Select(r => WorldShapes.Feature(r.Geometry!, Array.ConvertAll(places, p => p < 0 ? null : r.Values[p])));
    }

    /// <summary>Sums of municipalities may always be shown; settlements and the evidence's own areas only where single places may.</summary>
    IReadOnlyList<TileLayer> ChangeLayers(ChangeTiles changes)
    {
        var sums = changes.Layer(ChangeTiles.Municipalities, 4, band => Municipalities(band, r => changes.Figures(AreaLevel.Municipality, r)));
        if (!MayShowPlaces(results!))
            return [sums with { Thinned = true }];
        return [sums with { Thinned = true }, changes.Layer(ChangeTiles.Settlements, 9, band => settlements.Value
            .Where(r => band.Box?.Intersects(r.Geometry!.EnvelopeInternal) != false).Select(r => WorldShapes.Feature(r.Geometry!, changes.Figures(AreaLevel.Settlement, r)))), changes.Areas()];
    }

    TileFeature[] Municipalities(TileBand band, Func<Row, object?[]> figures)
    {
        if (outlines.Zoom == band.Zoom)
            return outlines.Features;
        var rows = municipalities.Value;
        var areas = rows.Select(r => Crs.Transform(r.Geometry!, Crs.Stored, Crs.WebMercator)).ToArray();
        if (band.Zoom < TileLayer.Last)
            areas = Thinning.Coverage(areas, band.Zoom);
        outlines = (band.Zoom, [.. rows.Zip(areas, (r, a) => WorldShapes.OfMercator(a, figures(r)))]);
        return outlines.Features;
    }

    static IEnumerable<TileFeature> Areas(Layer layer, List<Row> rows, TileBand band) => rows.Where(r => band.Box?.Intersects(r.Geometry!.EnvelopeInternal) != false).Select(r => WorldShapes.Feature(r.Geometry!, Figures(layer, r, "key", "name", "ags")));

    static object?[] Figures(Layer layer, Row row, params string[] texts)
    {
        object? At(string field) => row.Values[layer.Fields.ToList().FindIndex(f => f.Name == field)];
        double Households(string part) => At("households_" + part) as double? ?? 0;
        var open = Households("unclear") + Households("unserved");
        return [.. texts.Select(At), CutOff(At("gap_share")), Math.Round(open), Math.Round(Households("total")), open > 0 ? Math.Floor(100 * Households("unclear") / open) : null];
    }

    /// <summary>Cut off, not rounded: 4.96 % stays in the class below 5 %, as on every other map.</summary>
    public static object? CutOff(object? share) => share is double percent ? CutOff(percent) : null;

    public static double CutOff(double percent) => Math.Floor(10 * percent) / 10;

    static readonly string[] NameFields = ["name", "rank", "open", "key"];

    /// <summary>A point within each area; the largest by households has rank 1.</summary>
    static List<TileFeature> Names(List<Row> rows)
    {
        var (name, total) = (Index("name"), Index("households_total"));
        var (unclear, unserved) = (Index("households_unclear"), Index("households_unserved"));
        return [.. rows.OrderByDescending(r => r.Values[total] as double? ?? 0).Select((r, i) => WorldShapes.Feature(r.Geometry!.InteriorPoint,
            [r.Values[name], i + 1, Math.Round((r.Values[unclear] as double? ?? 0) + (r.Values[unserved] as double? ?? 0)), r.Values[0]]))];

        static int Index(string field) => Layer.ResultSettlements.Fields.ToList().FindIndex(f => f.Name == field);
    }

    static List<Row> Placed(TileResults results, Layer layer) => [.. results.Rows(layer, null).Where(r => r.Geometry is { IsEmpty: false })];

    /// <summary>Gap areas one by one where a cell can be seen, otherwise as squares of 200 m, 500 m or 1 km that add up what lies in them.</summary>
    IEnumerable<TileFeature> GapCells(TileBand band)
    {
        var size = CellSquares.SizeAt(band.Zoom);
        if (size == 0)
            return Gaps(band.Box).Select(g => WorldShapes.Feature(g.Area, g.Values));
        if (squares.Size != size)
            squares = (size, CellSquares.Features(Gaps(band.Box).Select(g => (g.Area, g.Share, g.Households)), size));
        return squares.Features;
    }

    IEnumerable<(Geometry Area, double Share, double Households, object?[] Values)> Gaps(Envelope? box)
    {
        static int At(string field) => Layer.GapAreas.Fields.ToList().FindIndex(f => f.Name == field);
        var (keys, settlements, shares, counts) = (At("key"), At("settlement"), At("share"), At("households"));
        foreach (var row in results!.Rows(Layer.GapAreas, box))
            if (row.Geometry is { IsEmpty: false } area)
            {
                var (share, households) = (row.Values[shares] as double? ?? 0, row.Values[counts] as double? ?? 0);
                yield return (area, share, households, [row.Values[keys], CutOff(share), Math.Round(households, 1), row.Values[settlements], null]);
            }
    }

    List<Row> Register() => [.. store.Measures().Where(m => m.Geometry is { IsEmpty: false } && ResultDisclosure.Of(m) <= allowed)];

    List<TileFeature> Measures()
    {
        var fields = Layer.Measures.Fields.ToList();
        var (key, title, state) = (fields.FindIndex(f => f.Name == "key"), fields.FindIndex(f => f.Name == "title"), fields.FindIndex(f => f.Name == "state"));
        return [.. Register().Select(m => WorldShapes.Feature(m.Geometry!,
            [m.Values[key], m.Values[title], m.Values[state], MeasureState.Parse(m.Values[state] as string) is { } known ? Legend.Default.Measure(known).Key : null]))];
    }

    static string Hash(IEnumerable<string> parts) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 8));
}
