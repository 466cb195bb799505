using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// What of a county decides one place, so that a question on the telephone need not wait for the whole county to be read: the cells and areas
/// around it; besides, one row of each edition and one of the place's municipalities, because the rules ask whether there are any at all.
/// </summary>
/// <param name="Around">In <see cref="Crs.Stored"/>; null leaves the slow layers out: enough to find where a place is.</param>
/// <param name="Municipalities">The municipality the place lies in; those a cell lies in.</param>
sealed record Neighbourhood(Envelope? Around, IReadOnlyList<Municipality> Municipalities)
{
    /// <summary>Cells of both grids are 100 m; an address shares its cell's households with the addresses in it.</summary>
    const double Reach = 300;

    /// <summary>From the middle of a cell to that of the farthest cell of the other grid that meets it, metres.</summary>
    internal const double Meeting = 142;

    /// <summary>Layers whose far rows have no part in a place.</summary>
    static readonly HashSet<string> Local = [Layer.Population.Name, Layer.CoverageCells.Name, Layer.CoverageAreas.Name];

    public static readonly Neighbourhood Nowhere = new(null, []);

    public static Neighbourhood Of(County county, double x, double y, int municipality) => new(Square(x, y, Reach), [county.Municipalities[municipality]]);

    /// <summary>Of a cell, whose addresses may belong to the municipalities on both sides of a border.</summary>
    public static Neighbourhood OfCell(County county, double x, double y)
    {
        var near = Square(x, y, Meeting);
        var ground = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).ToGeometry(near);
        return new(Square(x, y, Reach), [.. county.MunicipalityIndex.Meeting(near).Select(m => county.Municipalities[m]).Where(m => m.Geometry!.Intersects(ground))]);
    }

    static Envelope Square(double x, double y, double reach)
    {
        var around = new Envelope(x, x, y, y);
        around.ExpandBy(reach);
        return around;
    }

    /// <summary>
    /// Leaves out far addresses, which have no part in the place either: unless a consultation's list must be matched with them, or the
    /// municipality's households are shared by all of its addresses because no grid knows where people live.
    /// </summary>
    public County Clip(County county) => NeedsAllAddresses(county) ? county
        : county with { Addresses = [.. county.Addresses.Where(a => Around!.Contains(a.X, a.Y))] };

    public bool NeedsAllAddresses(County county) => county.AddressAnswers.Count > 0 || Municipalities.Any(m => !county.Population.Any(p => county.Municipalities[p.Municipality].Ags == m.Ags));

    /// <summary>The rows to read of an edition; null for all.</summary>
    public IEnumerable<Row>? Rows(Store.Store store, Edition edition, IReadOnlyDictionary<string, int> columns)
    {
        if (!Local.Contains(edition.Dataset.Layer) && edition.Dataset.Layer != Layer.Addresses.Name)
            return null;
        return Around is null ? [] : edition.Dataset.Layer == Layer.Addresses.Name ? store.Read(edition, Around) : store.Read(edition, Around).Concat(store.Read(edition).Take(1)).Concat(Municipalities.SelectMany(m => Home(m, store, edition, columns))).DistinctBy(r => r.Values[columns["key"]]);
    }

    /// <summary>A row of the place's own municipality, by its key or, where the supplier gives none, by its place.</summary>
    static IEnumerable<Row> Home(Municipality municipality, Store.Store store, Edition edition, IReadOnlyDictionary<string, int> columns) => municipality.Geometry is not { } home ? []
        : store.Read(edition, home.EnvelopeInternal).Where(r => edition.Dataset.Layer == Layer.Population.Name && columns.TryGetValue("ags", out var ags) && r.Values[ags] is string own
            ? own == municipality.Ags : r.Geometry is { } g && home.Contains(g.Centroid)).Take(1);
}
