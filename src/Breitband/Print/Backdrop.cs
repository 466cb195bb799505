using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>Ground below the message of a map: forest, water, roads, railways, where the county has imported them.</summary>
public sealed class Backdrop
{
    public static readonly Backdrop None = new([]);

    readonly IReadOnlyList<(string Category, Geometry Geometry)> features;

    /// <param name="features">Category as the legend's, geometry in <see cref="Crs.Stored"/>.</param>
    public Backdrop(IReadOnlyList<(string Category, Geometry Geometry)> features) => this.features = features;

    /// <summary>All live background datasets of a store.</summary>
    public static Backdrop Read(Store.Store store)
    {
        var features = new List<(string, Geometry)>();
        foreach (var edition in store.LiveEditions(Layer.Background))
        {
            var category = store.Columns(edition).ToList().FindIndex(f => f.Name == "category");
            features.AddRange(store.Read(edition).Where(r => category >= 0 && r.Values[category] is not null && r.Geometry is not null)
                .Select(r => ((string)r.Values[category]!, r.Geometry!)));
        }
        return features.Count == 0 ? None : new(features);
    }

    /// <summary>What of it a map of this extent and scale shows, in drawing order.</summary>
    internal IReadOnlyList<Symbol> Shown(Envelope extent, int scale) =>
        [.. Legend.Default.Backgrounds.Where(b => scale <= b.Smallest && Within(b.Symbol, extent).Any()).Select(b => b.Symbol)];

    /// <param name="lines">Lines lie above areas of the message, fills below.</param>
    internal void Draw(Surface s, MapFrame frame, double unit, bool lines)
    {
        foreach (var symbol in Shown(frame.Extent, frame.Scale).Where(b => b.Fill is null == lines))
        {
            using var path = frame.Path(Within(symbol, frame.Extent));
            if (symbol.Fill is not null)
                s.Fill(path, symbol.Fill);
            s.Stroke(path, symbol.Outline, symbol.Width * unit, symbol.Dash?.Select(d => d * unit).ToList());
        }
    }

    IEnumerable<Geometry> Within(Symbol symbol, Envelope extent) =>
        features.Where(f => f.Category == symbol.Key && f.Geometry.EnvelopeInternal.Intersects(extent)).Select(f => f.Geometry);
}
