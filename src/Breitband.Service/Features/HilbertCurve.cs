namespace Breitband.Service.Features;

/// <summary>Distances along a Hilbert curve over a grid of 65,536 × 65,536; near on the curve is near on the map (Hilbert 1891).</summary>
static class HilbertCurve
{
    const int Order = 16;

    /// <summary>The rows in the order of the curve through the middles of their boxes; those without a place last. Stable.</summary>
    public static int[] Sorted(Box[] boxes)
    {
        var extent = boxes.Aggregate(Box.Empty, (all, b) => all.And(b));
        var keys = Array.ConvertAll(boxes, b => b.IsEmpty ? 1UL << (2 * Order) : Distance(Cell(b.MinX, b.MaxX, extent.MinX, extent.MaxX), Cell(b.MinY, b.MaxY, extent.MinY, extent.MaxY)));
        var order = new int[boxes.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = (keys[i] << 31) | (uint)i; // 33 bits of curve, 31 of row: equal places stay in the order they came
        }
        Array.Sort(keys, order);
        return order;
    }

    static uint Cell(int min, int max, int from, int to) => (uint)(((double)min + max - 2.0 * from) / 2 / Math.Max(1, (double)to - from) * ((1 << Order) - 1));

    static ulong Distance(uint x, uint y)
    {
        var distance = 0UL;
        for (var side = 1u << (Order - 1); side > 0; side >>= 1)
        {
            var (right, up) = ((x & side) > 0 ? 1u : 0, (y & side) > 0 ? 1u : 0);
            distance = (distance << 2) | ((3 * right) ^ up);
            if (up == 1)
                continue;
            if (right == 1)
                (x, y) = (~x, ~y);
            (x, y) = (y, x);
        }
        return distance;
    }
}
