using System.Globalization;
using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>Gap areas added up in larger squares for small scales: households are summed, the share is their mean by households.</summary>
static class CellSquares
{
    /// <summary>Edges in metres of <see cref="Crs.Stored"/>, the finest first.</summary>
    public static readonly IReadOnlyList<int> Sizes = [200, 500, 1000];

    /// <summary>A square's sums. Cells without households weigh a little, so that a square of such cells has a share too.</summary>
    /// <param name="Area">Of the gap areas, square metres of <see cref="Crs.Stored"/>.</param>
    public readonly record struct Sum(double Households, double Weighted, double Weight, double Area)
    {
        /// <summary>As the gaps' own.</summary>
        public double Share => Weighted / Weight;

        public Sum With(Geometry area, double share, double households)
        {
            var weight = households + 1e-6;
            return new(Households + households, Weighted + weight * share, Weight + weight, Area + area.Area);
        }
    }

    /// <summary>The size whose squares are shown on a zoom level; 0 where every area is.</summary>
    public static int SizeAt(int zoom) => zoom >= 12 ? 0 : zoom >= 11 ? 200 : zoom >= 9 ? 500 : 1000;

    /// <summary>The square a gap area counts in: that of its middle.</summary>
    public static (long Row, long Column) Of(Geometry area, int size)
    {
        var middle = area.EnvelopeInternal.Centre;
        return ((long)Math.Floor(middle.Y / size), (long)Math.Floor(middle.X / size));
    }

    public static string Key((long Row, long Column) square, int size) => string.Create(CultureInfo.InvariantCulture, $"{size}m-{square.Column}-{square.Row}");

    /// <param name="gaps">Shares in whatever unit.</param>
    public static SortedDictionary<(long Row, long Column), Sum> Sums(IEnumerable<(Geometry Area, double Share, double Households)> gaps, int size)
    {
        var squares = new SortedDictionary<(long Row, long Column), Sum>();
        foreach (var (area, share, households) in gaps)
        {
            var square = Of(area, size);
            squares[square] = squares.GetValueOrDefault(square).With(area, share, households);
        }
        return squares;
    }

    /// <param name="gaps">Shares in percent.</param>
    public static IReadOnlyList<TileFeature> Features(IEnumerable<(Geometry Area, double Share, double Households)> gaps, int size) => [.. Sums(gaps, size).Select(s =>
        WorldShapes.Square((double)s.Key.Column * size, (double)s.Key.Row * size, size,
            [Key(s.Key, size), TileContents.CutOff(s.Value.Share), Math.Round(s.Value.Households, 1), null, Math.Round(100 * Math.Min(1, s.Value.Area / ((double)size * size)))]))];
}
