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
        var total = Print.Figures.Rounded(split.Total);
        var whole = Print.Figures.Whole(split);
        return (total, whole[0], whole[1], whole[2], whole[3]);
    }
}
