namespace Breitband.Tiles;

/// <summary>Cuts a feature into the tiles of a zoom level, halving the range of tiles until one is left, so that each corner is looked at once per halving.</summary>
sealed class TileCutter(int zoom, Action<TileAddress, double[][]> emit)
{
    /// <summary>Units of a tile's own space.</summary>
    public const int Extent = 4096;

    /// <summary>Units a tile shows beyond its border, so that lines do not end at it.</summary>
    const int Buffer = 80;

    readonly double tiles = 1 << zoom;

    /// <param name="parts">In shares of the world.</param>
    public void Cut(TileShape shape, double[][] parts)
    {
        var (west, north, east, south) = Bounds(parts);
        const double beyond = (double)Buffer / Extent;
        int Tile(double at) => (int)Math.Clamp(Math.Floor(at), 0, tiles - 1);
        Cut(shape, parts, Tile(west * tiles - beyond), Tile(north * tiles - beyond), Tile(east * tiles + beyond), Tile(south * tiles + beyond));
    }

    void Cut(TileShape shape, double[][] parts, int x0, int y0, int x1, int y1)
    {
        parts = Clip(shape, parts, x0, y0, x1, y1);
        if (parts.Length == 0)
            return;
        if (x0 == x1 && y0 == y1)
            emit(new(zoom, x0, y0), parts);
        else if (x1 - x0 >= y1 - y0)
        {
            Cut(shape, parts, x0, y0, (x0 + x1) / 2, y1);
            Cut(shape, parts, (x0 + x1) / 2 + 1, y0, x1, y1);
        }
        else
        {
            Cut(shape, parts, x0, y0, x1, (y0 + y1) / 2);
            Cut(shape, parts, x0, (y0 + y1) / 2 + 1, x1, y1);
        }
    }

    double[][] Clip(TileShape shape, double[][] parts, int x0, int y0, int x1, int y1)
    {
        const double beyond = (double)Buffer / Extent;
        var (west, north, east, south) = ((x0 - beyond) / tiles, (y0 - beyond) / tiles, (x1 + 1 + beyond) / tiles, (y1 + 1 + beyond) / tiles);
        var bounds = Bounds(parts);
        if (bounds.West >= west && bounds.East <= east && bounds.North >= north && bounds.South <= south)
            return parts;
        var kept = new List<double[]>();
        foreach (var part in parts)
            if (shape == TileShape.Point)
            {
                if (part[0] >= west && part[0] <= east && part[1] >= north && part[1] <= south)
                    kept.Add(part);
            }
            else
            {
                var rest = Half(Half(Half(Half([part], 0, west, 1, shape), 0, east, -1, shape), 1, north, 1, shape), 1, south, -1, shape);
                kept.AddRange(rest);
            }
        return [.. kept];
    }

    /// <summary>What of rings or lines lies on one side of an upright or level line (Sutherland and Hodgman).</summary>
    static List<double[]> Half(List<double[]> parts, int axis, double at, int side, TileShape shape)
    {
        var result = new List<double[]>(parts.Count);
        foreach (var part in parts)
            Half(part, axis, at, side, shape, result);
        return result;
    }

    static void Half(double[] part, int axis, double at, int side, TileShape shape, List<double[]> result)
    {
        var count = part.Length / 2;
        var outside = 0;
        for (var i = 0; i < count; i++)
            outside += side * (part[2 * i + axis] - at) < 0 ? 1 : 0;
        if (outside == 0)
            result.Add(part);
        if (outside == 0 || outside == count)
            return;
        var (ring, kept) = (shape == TileShape.Area, new List<double>(part.Length));
        for (var i = ring ? 0 : 1; i < count; i++)
        {
            var (a, b) = ((i + count - 1) % count, i);
            var (da, db) = (side * (part[2 * a + axis] - at), side * (part[2 * b + axis] - at));
            if (!ring && i == 1 && da >= 0)
                kept.AddRange([part[0], part[1]]);
            if (da < 0 != db < 0)
            {
                var t = da / (da - db);
                kept.Add(axis == 0 ? at : part[2 * a] + t * (part[2 * b] - part[2 * a]));
                kept.Add(axis == 1 ? at : part[2 * a + 1] + t * (part[2 * b + 1] - part[2 * a + 1]));
            }
            if (db >= 0)
                kept.AddRange([part[2 * b], part[2 * b + 1]]);
            else if (!ring && kept.Count > 0)
            {
                // A line that leaves ends here and may come back as another.
                result.Add([.. kept]);
                kept.Clear();
            }
        }
        if (kept.Count >= (ring ? 6 : 4))
            result.Add([.. kept]);
    }

    static (double West, double North, double East, double South) Bounds(double[][] parts)
    {
        var (west, north, east, south) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var part in parts)
            for (var i = 0; i < part.Length; i += 2)
                (west, east, north, south) = (Math.Min(west, part[i]), Math.Max(east, part[i]), Math.Min(north, part[i + 1]), Math.Max(south, part[i + 1]));
        return (west, north, east, south);
    }
}
