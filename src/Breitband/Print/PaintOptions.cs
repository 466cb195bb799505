namespace Breitband.Print;

/// <summary>How a tile is painted.</summary>
public sealed record PaintOptions
{
    public static readonly PaintOptions Default = new();

    /// <summary>Pixels of a plain screen along an edge: 256 or 512. A tile of 256 pixels shows what one of 512 a zoom level before it shows.</summary>
    public int Size { get; init; } = 512;

    /// <summary>Pixels of the screen for one of a plain one: 2 makes a tile of 1024 pixels with lines and names twice as fine.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>By the groups the map's legend switches (<see cref="TilePainter.Groups"/>): 1 opaque (where nothing is said), 0 not drawn.</summary>
    public IReadOnlyDictionary<string, double> Opacity { get; init; } = new Dictionary<string, double>();

    /// <summary>The groups from the ground up.</summary>
    public IReadOnlyList<string> Order { get; init; } = TilePainter.Groups;

    /// <summary>For a picture over another map: the page is left out.</summary>
    public bool Transparent { get; init; }

    /// <summary>Gap areas of a trial in the place of those on the tile.</summary>
    public TriedGaps? Gaps { get; init; }

    /// <summary>Whether a tile painted so looks the same.</summary>
    public bool PaintsLike(PaintOptions other) => (Size, Scale, Transparent, Gaps) == (other.Size, other.Scale, other.Transparent, other.Gaps) && Order.SequenceEqual(other.Order) && Order.All(g => Of(g) == other.Of(g));

    internal double Of(string group) => Opacity.TryGetValue(group, out var share) ? Math.Clamp(share, 0, 1) : 1;
}
