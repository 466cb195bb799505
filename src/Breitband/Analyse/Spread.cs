namespace Breitband.Analyse;

/// <summary>Length of the shortest network of straight lines that joins places (minimum spanning tree, Prim), metres.</summary>
static class Spread
{
    /// <summary>Above so many places, those of one square of <see cref="Raster"/> metres are taken as one: a town's streets are denser than that anyway.</summary>
    const int Most = 3000;

    const double Raster = 50;

    public static double Of(IReadOnlyList<(double X, double Y)> places)
    {
        if (places.Count > Most)
            places = [.. places.GroupBy(p => (Math.Floor(p.X / Raster), Math.Floor(p.Y / Raster))).Select(g => (g.Average(p => p.X), g.Average(p => p.Y)))];
        var near = new double[places.Count];
        Array.Fill(near, double.MaxValue);
        var length = 0.0;
        for (int taken = 0, at = 0; taken + 1 < places.Count; taken++)
        {
            near[at] = -1; // joined
            var (x, y, next) = (places[at].X, places[at].Y, -1);
            for (var i = 0; i < near.Length; i++)
            {
                if (near[i] < 0)
                    continue;
                var (dx, dy) = (places[i].X - x, places[i].Y - y);
                near[i] = Math.Min(near[i], dx * dx + dy * dy);
                if (next < 0 || near[i] < near[next])
                    next = i;
            }
            length += Math.Sqrt(near[next]);
            at = next;
        }
        return length;
    }
}
