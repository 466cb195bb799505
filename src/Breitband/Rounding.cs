namespace Breitband;

/// <summary>Counts for print: whole households whose rounded parts still equal the rounded whole.</summary>
public static class Rounding
{
    /// <summary>
    /// Rounds the four parts of a split to whole counts by largest remainder: the total is rounded, every part is cut off, and what is missing
    /// goes to the parts that lost most (ties to the earlier part). No part is off by a whole count.
    /// </summary>
    public static (long Total, long Served, long Unclear, long Planned, long Unserved) Whole(Split split)
    {
        var total = Rounded(split.Total);
        var whole = Largest([split.Served, split.Unclear, split.Planned, split.Unserved], total);
        return (total, whole[0], whole[1], whole[2], whole[3]);
    }

    public static long Rounded(long units) => (units + Split.One / 2) / Split.One;

    /// <summary>Hare-Niemeyer: everybody gets the floor, what is left to the total goes to the largest remainders.</summary>
    public static long[] Largest(long[] units, long total)
    {
        var whole = units.Select(u => u / Split.One).ToArray();
        var left = total - whole.Sum();
        foreach (var i in Enumerable.Range(0, units.Length).OrderByDescending(i => units[i] % Split.One).ThenBy(i => i))
            if (left-- > 0)
                whole[i]++;
        return whole;
    }
}
