namespace Breitband.Tiles;

/// <summary>One layer of one tile as Mapbox Vector Tile 2.1: features with their geometry in whole units, values each written once.</summary>
sealed class TileLayerWriter(string name, IReadOnlyList<string> fields)
{
    readonly ProtobufWriter features = new();
    readonly Dictionary<object, int> values = [];
    readonly List<object> order = [];
    readonly List<uint> geometry = [];
    readonly List<(int X, int Y)> corners = [];

    public int Count { get; private set; }

    /// <param name="parts">In shares of the world, cut to the tile.</param>
    public void Add(TileAddress tile, TileShape shape, double[][] parts, object?[] attributes)
    {
        geometry.Clear();
        var (x, y) = (0, 0);
        if (shape == TileShape.Point)
            Points(tile, parts, ref x, ref y);
        else if (shape == TileShape.Area)
            foreach (var ring in TileRings.Valid(Rings(tile, parts)))
                Path(ring, closed: true, ref x, ref y);
        else
            foreach (var part in parts)
                if (Corners(tile, part, ring: false) is { Length: > 1 } line)
                    Path(line, closed: false, ref x, ref y);
        if (geometry.Count == 0)
            return;
        var feature = new ProtobufWriter();
        feature.Packed(2, Tags(attributes));
        feature.Number(3, (uint)shape);
        feature.Packed(4, geometry);
        features.Bytes(2, feature.Written);
        Count++;
    }

    /// <summary>The layer as a field of the tile; layers of a tile are simply put one behind the other.</summary>
    public byte[] Finish()
    {
        var layer = new ProtobufWriter();
        layer.Text(1, name);
        layer.Raw(features.Written);
        foreach (var field in fields)
            layer.Text(3, field);
        foreach (var value in order)
            layer.Bytes(4, Value(value));
        layer.Number(5, TileCutter.Extent);
        layer.Number(15, 2);
        var tile = new ProtobufWriter();
        tile.Bytes(3, layer.Written);
        return tile.Written.ToArray();
    }

    static ReadOnlySpan<byte> Value(object value)
    {
        var written = new ProtobufWriter();
        switch (value)
        {
            case string text:
                written.Text(1, text);
                break;
            case bool flag:
                written.Number(7, flag ? 1u : 0);
                break;
            case long number and >= 0:
                written.Number(5, (ulong)number);
                break;
            case long number:
                written.Number(4, (ulong)number);
                break;
            default:
                written.Double(3, (double)value);
                break;
        }
        return written.Written;
    }

    List<uint> Tags(object?[] attributes)
    {
        var tags = new List<uint>(2 * attributes.Length);
        for (var i = 0; i < attributes.Length; i++)
        {
            // Whole numbers are shorter as such, and equal figures are one value.
            var value = attributes[i] switch { double d when d == Math.Floor(d) && Math.Abs(d) < 1e15 => (long)d, int n => (long)n, var other => other };
            if (value is null)
                continue;
            if (!values.TryGetValue(value, out var index))
            {
                index = values[value] = order.Count;
                order.Add(value);
            }
            tags.Add((uint)i);
            tags.Add((uint)index);
        }
        return tags;
    }

    void Points(TileAddress tile, double[][] parts, ref int x, ref int y)
    {
        geometry.Add(Command(1, parts.Length));
        foreach (var part in parts)
        {
            var (px, py) = Units(tile, part[0], part[1]);
            geometry.AddRange([ZigZag(px - x), ZigZag(py - y)]);
            (x, y) = (px, py);
        }
    }

    /// <summary>Rings in whole units. One that rounding made flat, or turned over, has no area left to show, and its holes go with it.</summary>
    List<(int X, int Y)[]> Rings(TileAddress tile, double[][] parts)
    {
        var (rings, shown) = (new List<(int X, int Y)[]>(parts.Length), true);
        foreach (var part in parts)
        {
            var outer = Area(part) > 0;
            if (!outer && !shown)
                continue;
            var ring = Corners(tile, part, ring: true);
            var whole = ring.Length > 2 && TileRings.Area(ring) is var area && (outer ? area > 0 : area < 0);
            if (whole)
                rings.Add(ring);
            if (outer)
                shown = whole;
        }
        return rings;
    }

    (int X, int Y)[] Corners(TileAddress tile, double[] part, bool ring)
    {
        corners.Clear();
        for (var i = 0; i < part.Length; i += 2)
        {
            var at = Units(tile, part[i], part[i + 1]);
            if (corners.Count == 0 || corners[^1] != at)
                corners.Add(at);
        }
        while (ring && corners.Count > 1 && corners[^1] == corners[0])
            corners.RemoveAt(corners.Count - 1);
        return [.. corners];
    }

    void Path((int X, int Y)[] path, bool closed, ref int x, ref int y)
    {
        geometry.Add(Command(1, 1));
        Move(path[0], ref x, ref y);
        geometry.Add(Command(2, path.Length - 1));
        foreach (var corner in path.AsSpan(1))
            Move(corner, ref x, ref y);
        if (closed)
            geometry.Add(Command(7, 1));
    }

    void Move((int X, int Y) to, ref int x, ref int y)
    {
        geometry.AddRange([ZigZag(to.X - x), ZigZag(to.Y - y)]);
        (x, y) = to;
    }

    /// <summary>Positive for a ring clockwise on the screen.</summary>
    public static double Area(double[] ring)
    {
        var sum = 0.0;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
            sum += (ring[j] - ring[0]) * (ring[i + 1] - ring[1]) - (ring[i] - ring[0]) * (ring[j + 1] - ring[1]);
        return sum;
    }

    static (int X, int Y) Units(TileAddress tile, double x, double y)
    {
        var scale = (double)(1 << tile.Zoom);
        return ((int)Math.Round((x * scale - tile.X) * TileCutter.Extent), (int)Math.Round((y * scale - tile.Y) * TileCutter.Extent));
    }

    static uint Command(int id, int count) => (uint)(id | count << 3);

    static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));
}
