using System.Globalization;
using NetTopologySuite.Geometries;

namespace Breitband.Tiles;

/// <summary>Gap areas added up in larger squares for small scales: households are summed, the share is their mean by households.</summary>
static class CellSquares
{
    /// <param name="size">Metres of <see cref="Crs.Stored"/>.</param>
    public static IReadOnlyList<TileFeature> Of(IEnumerable<(Geometry Area, double Share, double Households)> gaps, double size)
    {
        var squares = new SortedDictionary<(long Row, long Column), (double Households, double Weighted, double Weight, double Area)>();
        foreach (var (area, share, households) in gaps)
        {
            var middle = area.EnvelopeInternal.Centre;
            var key = ((long)Math.Floor(middle.Y / size), (long)Math.Floor(middle.X / size));
            // Cells without households weigh a little, so that a square of such cells has a share too.
            var weight = households + 1e-6;
            var before = squares.GetValueOrDefault(key);
            squares[key] = (before.Households + households, before.Weighted + weight * share, before.Weight + weight, before.Area + area.Area);
        }
        return [.. squares.Select(s => WorldShapes.Square(s.Key.Column * size, s.Key.Row * size, size,
            [string.Create(CultureInfo.InvariantCulture, $"{size:0}m-{s.Key.Column}-{s.Key.Row}"), Math.Floor(10 * s.Value.Weighted / s.Value.Weight) / 10, Math.Round(s.Value.Households, 1), null, Math.Round(100 * Math.Min(1, s.Value.Area / (size * size)))]))];
    }
}
