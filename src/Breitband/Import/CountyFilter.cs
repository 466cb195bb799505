using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Import;

/// <summary>Decides whether a row lies in the store's county: by its key, else by its place against the municipalities the store holds.</summary>
sealed class CountyFilter
{
    const double Margin = 12_000;
    readonly IndexedPointInAreaLocator? locator;
    readonly IPreparedGeometry? prepared;
    readonly Envelope? envelope;

    public CountyFilter(Store.Store store)
    {
        County = store.County;
        var polygons = store.LiveEditions(Layer.Municipalities).SelectMany(store.Read).Select(r => r.Geometry).OfType<Geometry>().Where(g => g is IPolygonal).ToList();
        if (polygons.Count == 0)
            return;
        var union = OverlayNGRobust.Union(polygons);
        (locator, prepared, envelope) = (new(union), PreparedGeometryFactory.Prepare(union), union.EnvelopeInternal);
    }

    public string County { get; }

    public bool TakesAll => County.Length == 0;

    public bool KnowsBorder => locator != null;

    public bool HasKey(string ags) => ags.StartsWith(County, StringComparison.Ordinal) || (ags.Length < County.Length && County.StartsWith(ags, StringComparison.Ordinal) && ags.Length == 5);

    public bool Contains(Coordinate point) => envelope!.Contains(point) && locator!.Locate(point) != Location.Exterior;

    public bool Intersects(Geometry geometry) => envelope!.Intersects(geometry.EnvelopeInternal) && prepared!.Intersects(geometry);

    /// <summary>
    /// The county's extent in lon/lat with 12 km around it: of the municipalities in the store, for Potsdam-Mittelmark else of its 38 places; null
    /// when the county's place is not known.
    /// </summary>
    public Envelope? LonLat()
    {
        if (TakesAll)
            return null;
        if (envelope is { } e)
            return Around(e, Crs.Geographic, Margin);
        var places = new Envelope(12.29, 13.27, 52.05, 52.51);
        places.ExpandBy(0.176, 0.108);
        return County == "12069" ? places : null;
    }

    /// <summary>The county's extent in a file's CRS, generously, for telling quickly what is far outside; null when not known.</summary>
    public Envelope? In(int epsg) => envelope == null || TakesAll ? null : Around(envelope, epsg, 2_000);

    static Envelope Around(Envelope stored, int epsg, double margin)
    {
        var transform = Crs.Transform(Crs.Stored, epsg);
        var result = new Envelope();
        for (var i = 0; i <= 10; i++)
            for (var j = 0; j <= 10; j++)
            {
                var (x, y) = transform(stored.MinX - margin + (i * (stored.Width + (2 * margin)) / 10), stored.MinY - margin + (j * (stored.Height + (2 * margin)) / 10));
                result.ExpandToInclude(x, y);
            }
        return result;
    }
}
