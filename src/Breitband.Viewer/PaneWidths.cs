namespace Breitband.Viewer;

/// <summary>How wide the panes beside the map may be: as wished where there is room, narrower in a small window, because the map is what it is there for.</summary>
public readonly record struct PaneWidths(double Left, double Right)
{
    /// <summary>Of the window's width, which the map keeps at least.</summary>
    const double Map = 0.45;

    /// <summary>Between the panes and the map, pixels each.</summary>
    public const double Splitter = 4;

    /// <summary>What a window makes of these wishes.</summary>
    /// <param name="window">Its width, pixels.</param>
    public PaneWidths Within(double window)
    {
        var room = Math.Max(0, window * (1 - Map) - 2 * Splitter);
        var share = Math.Min(1, room / Math.Max(1, Left + Right));
        return new(Left * share, Right * share);
    }

    /// <summary>The wish of somebody who sees these widths in a window: the old one where they are what the window made of it, else what he drew them to.</summary>
    public PaneWidths Wished(double window, PaneWidths old)
    {
        var given = old.Within(window);
        return new(Drawn(Left, given.Left) ? Left : old.Left, Drawn(Right, given.Right) ? Right : old.Right);
    }

    /// <summary>Half a pixel is rounding.</summary>
    static bool Drawn(double seen, double given) => seen > 0 && Math.Abs(seen - given) > 0.75;
}
