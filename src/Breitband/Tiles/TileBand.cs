using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>
/// Columns of tiles of a zoom level that are made together: what a state has on all its tiles does not fit into a small machine's memory at once.
/// </summary>
/// <param name="Box">What the features of these tiles meet, in <see cref="Crs.Stored"/>; null for all there are.</param>
sealed record TileBand(int Zoom, int West, int East, Envelope? Box)
{
    /// <summary>Rows of a store that are held at once without trouble.</summary>
    public const long MostRows = 250_000;

    /// <summary>Zoom levels below have few tiles and few features.</summary>
    const int First = 12;

    /// <summary>Beyond everything the stored CRS can say, metres.</summary>
    const double Beyond = 1e8;

    /// <summary>From here to there German data lie, degrees north.</summary>
    const double South = 46, North = 56;

    static readonly Func<double, double, (double X, double Y)> FromDegrees = Crs.Transform(Crs.Geographic, Crs.Stored);

    public bool Has(TileAddress tile) => tile.X >= West && tile.X <= East;

    /// <summary>The whole level, or as many bands as the rows want; the outer ones are open to the west and east.</summary>
    /// <param name="extent">Where most of it lies, in <see cref="Crs.Stored"/>.</param>
    public static IEnumerable<TileBand> Of(int zoom, long rows, Envelope extent, long mostRows = MostRows)
    {
        var last = (1 << zoom) - 1;
        var wanted = zoom < First || extent.IsNull ? 1 : (int)Math.Min((rows + mostRows - 1) / mostRows, 64);
        var toDegrees = Crs.Transform(Crs.Stored, Crs.Geographic);
        int Column(double x) => (int)((toDegrees(x, extent.Centre.Y).X + 180) / 360 * (last + 1));
        var (west, east) = wanted <= 1 ? (0, last) : (Column(extent.MinX), Column(extent.MaxX));
        var width = Math.Max(1, (east - west + wanted) / Math.Max(1, wanted));
        if (wanted <= 1 || width > east - west)
        {
            yield return new(zoom, 0, last, null);
            yield break;
        }
        for (var from = west; from <= east; from += width)
        {
            var (a, b) = (from == west ? 0 : from, from + width > east ? last : from + width - 1);
            // A tile shows a little of its neighbours.
            yield return new(zoom, a, b, new(a == 0 ? -Beyond : Easting(zoom, a - 1, Math.Min), b == last ? Beyond : Easting(zoom, b + 2, Math.Max), -Beyond, Beyond));
        }
    }

    /// <summary>The outermost easting of a column's western edge, which is a meridian and bends.</summary>
    static double Easting(int zoom, int column, Func<double, double, double> outer)
    {
        var longitude = (double)column / (1 << zoom) * 360 - 180;
        var easting = FromDegrees(longitude, South).X;
        for (var latitude = South; latitude <= North; latitude += 0.5)
            easting = outer(easting, FromDegrees(longitude, latitude).X);
        return easting;
    }
}
