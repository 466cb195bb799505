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
        else
        {
            var shown = true;
            foreach (var part in parts)
            {
                // A hole goes with its outer ring.
                var hole = shape == TileShape.Area && Area(part) < 0;
                if (!hole || shown)
                    shown = Path(tile, part, shape == TileShape.Area, ref x, ref y) || hole;
            }
        }
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

    bool Path(TileAddress tile, double[] part, bool ring, ref int x, ref int y)
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
        // A ring that rounding made flat, or turned over, has no area left to show; an outer one of a unit or two is no loss.
        if (corners.Count < (ring ? 3 : 2) || ring && Math.Sign(Area()) != Math.Sign(Area(part)))
            return false;
        geometry.Add(Command(1, 1));
        Move(corners[0], ref x, ref y);
        geometry.Add(Command(2, corners.Count - 1));
        for (var i = 1; i < corners.Count; i++)
            Move(corners[i], ref x, ref y);
        if (ring)
            geometry.Add(Command(7, 1));
        return true;
    }

    void Move((int X, int Y) to, ref int x, ref int y)
    {
        geometry.AddRange([ZigZag(to.X - x), ZigZag(to.Y - y)]);
        (x, y) = to;
    }

    long Area()
    {
        var sum = 0L;
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
            sum += (long)corners[j].X * corners[i].Y - (long)corners[i].X * corners[j].Y;
        return sum;
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
