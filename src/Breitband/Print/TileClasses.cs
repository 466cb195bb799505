using SkiaSharp;

namespace Breitband.Print;

/// <summary>Fills areas by their share of open households, with the hatches that lie over the fill.</summary>
sealed class TileClasses(Legend legend)
{
    readonly SKColor[] colours = [.. legend.Shares.Select(c => SKColor.Parse(c.Symbol.Fill)), SKColor.Parse(legend.NoHouseholds.Fill)];
    readonly Hatch?[] hatches = [.. legend.Shares.Select(c => c.Symbol.Hatch), null];

    /// <param name="smooth">Not for cells side by side: smoothed edges would show a seam between them.</param>
    /// <param name="tried">Areas in the place of some of them.</param>
    public void Draw(TileCanvas t, string group, string name, int first, int last, bool smooth, TriedGaps? tried = null)
    {
        if (!t.Shows(group, first, last))
            return;
        var paths = new SKPath?[colours.Length];
        using var unclear = new SKPath();
        foreach (var (layer, feature) in t.Features(name, tried))
        {
            var index = layer.Number(feature, "share") is { } share ? legend.ShareIndex(share) : colours.Length - 1;
            t.Add(paths[index] ??= new(), layer, feature);
            if (layer.Number(feature, "unclear") >= legend.MostlyUnclear.From)
                t.Add(unclear, layer, feature);
        }
        foreach (var gap in t.Tried(tried))
            t.Add(paths[legend.ShareIndex(gap.Share)] ??= new(), gap);
        var opacity = t.Options.Of(group);
        for (var i = 0; i < paths.Length; i++)
            if (paths[i] is { } path)
                using (path)
                {
                    t.Fill(path, colours[i], opacity, smooth);
                    if (hatches[i] is { } hatch)
                        t.Hatch(path, hatch, opacity);
                }
        if (!unclear.IsEmpty)
            t.Hatch(unclear, legend.MostlyUnclear.Symbol.Hatch!, opacity);
    }
}
