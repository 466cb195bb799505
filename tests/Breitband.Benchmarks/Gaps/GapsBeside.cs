using System.Globalization;

namespace Breitband.Benchmarks.Gaps;

/// <summary>
/// The gap engine's three heavy parts beside PostGIS on the same data in one run, every answer compared: place and class of every address,
/// gap areas of all settlements, and shares between the two grids. Data and tables are made by the common scripts (gen.py, load.sh).
/// </summary>
static class GapsBeside
{
    /// <summary>The truth the data were made with: addresses below 30, 100, 300 and 1000 Mbit/s.</summary>
    static readonly Dictionary<string, string> Truth = new() { ["s1"] = "422 / 4,259 / 14,260 / 44,221", ["s2"] = "8,545 / 63,233 / 277,617 / 898,864" };

    public static int Run(string folder, int runs, string? limit)
    {
        var scale = new Scale(folder);
        var peer = new Peer(scale.Name);
        Console.WriteLine(FormattableString.Invariant($"{scale.Name}: {scale.Addresses.X.Length:N0} addresses, {scale.Settlements.Count:N0} settlements, {scale.Coverage.Count:N0} areas with {scale.Corners:N0} corners"));
        var good = Classes(scale, peer, runs);
        if (limit is not null)
            Console.WriteLine(Timing.Output(limit, scale.Shapefiles, runs.ToString(CultureInfo.InvariantCulture)).Output.Split('\n').Where(l => l.StartsWith("grid", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First());
        foreach (var (down, measures) in new[] { (100, false), (1000, false), (1000, true) })
            good &= Remainders(scale, peer, runs, down, measures);
        if (scale.Name == "s1")
            good &= Grids.Run(scale, peer, runs);
        Console.WriteLine($"peak of this process {Environment.WorkingSet >> 20} MiB now, {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        return good ? 0 : 1;
    }

    /// <summary>The peer takes minutes at the state's size.</summary>
    static int PeerRuns(Scale scale) => scale.Name == "s1" ? 3 : 1;

    static bool Classes(Scale scale, Peer peer, int runs)
    {
        Placed placed = scale.Place();
        var ours = Timing.Median("place and class of every address, ours", runs, () => placed = scale.Place(), () => placed.Classes, warmUp: 10);
        var assign = Timing.Median("municipality and settlement, PostGIS", PeerRuns(scale), () => peer.Run("assign"));
        var serial = Timing.Median("best download, PostGIS, polygons drive", PeerRuns(scale), () => peer.Run("best"));
        var parallel = Timing.Median("best download, PostGIS, all cores", PeerRuns(scale), () => peer.Run("best_parallel"));
        var theirs = assign + Math.Min(serial, parallel);
        var different = peer.Rows("select addr_id, ags, coalesce(set_id, 0), best from ours_best").Count(r => int.Parse(r[0], CultureInfo.InvariantCulture) - 1 is var i
            && (r[1] != (placed.Municipality[i] < 0 ? "" : scale.Ags[placed.Municipality[i]]) || int.Parse(r[2], CultureInfo.InvariantCulture) != placed.Settlement[i] + 1 || Peer.Number(r[3]) != placed.Best[i]));
        var truth = Truth.GetValueOrDefault(scale.Name) is not { } known || known == placed.Classes;
        Console.WriteLine(FormattableString.Invariant($"PostGIS takes {theirs / ours:0.0} times ours; {different} of {placed.Best.Length:N0} addresses answered differently; below 30/100/300/1000 {(truth ? "as" : "NOT as")} the data were made"));
        return theirs >= 20 * ours && different == 0 && truth;
    }

    static bool Remainders(Scale scale, Peer peer, int runs, int down, bool measures)
    {
        var label = $"gap areas of all settlements below {down} Mbit/s{(measures ? " after measures" : "")}";
        var result = scale.Gaps(down, measures);
        var ours = Timing.Median($"{label}, ours", runs, () => result = scale.Gaps(down, measures),
            () => FormattableString.Invariant($"{result.Left.Sum(g => g.Area) / 1e6:0.0} km²"), warmUp: 3);
        var theirs = Timing.Median($"{label}, PostGIS", PeerRuns(scale), () => peer.Run(measures ? "remainder_measures" : "remainder", $"down={down}"));
        var worst = peer.Rows("select set_id, st_area(geom) from ours_gap").Max(r => Math.Abs(Peer.Number(r[1]) - result.Left[int.Parse(r[0], CultureInfo.InvariantCulture) - 1].Area));
        var invalid = result.Left.Count(g => !g.IsValid);
        Console.WriteLine(FormattableString.Invariant($"PostGIS takes {theirs / ours:0.0} times ours; largest difference of a settlement {worst:0.000000} m²; {invalid} invalid, {result.General} by the general overlay"));
        return theirs >= 4 * ours && worst < 0.01 && invalid == 0;
    }
}
