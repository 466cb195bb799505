using SkiaSharp;

namespace Breitband.Print;

/// <summary>
/// Paints the map's vector tiles with the one legend: the same classes, from the same zoom levels on and, where nobody asks for another, in the
/// same order as the web map draws them. May be used by many threads at once.
/// </summary>
public sealed class TilePainter
{
    const double PixelsPerMillimetre = TileCanvas.PixelsPerMillimetre;

    /// <summary>What can be hidden or faded together, from the ground up; the web map's legend has the same keys.</summary>
    public static readonly IReadOnlyList<string> Groups = ["ground", "settlement", "municipality-share", "gap", "border", "measure", "address", "facility", "settlement-circle", "name"];

    /// <summary>Addresses are dots from this zoom level of 512-pixel tiles on.</summary>
    const int AddressesFrom = 15;

    readonly Legend legend;
    readonly TileClasses classes;
    readonly IReadOnlyList<Step> steps;
    readonly int gapsFrom;

    public TilePainter(Legend legend)
    {
        (this.legend, classes, gapsFrom) = (legend, new(legend), legend.Zoom["gaps"].First);
        steps = [.. Steps()];
    }

    /// <summary>A tile as PNG.</summary>
    /// <param name="tile">As it was served: packed or plain; empty for a tile with nothing on it.</param>
    /// <param name="wanted">The tile to paint; deeper than <paramref name="source"/> it is a part of it, enlarged.</param>
    /// <param name="source">The tile <paramref name="tile"/> is.</param>
    /// <exception cref="BreitbandException">Refused for bytes that are no vector tile; wrong use for a tile that lies outside the other.</exception>
    public byte[] Paint(ReadOnlyMemory<byte> tile, TileAddress wanted, TileAddress source, PaintOptions? options = null)
    {
        using var picture = Picture(VectorTile.Read(tile), wanted, source, options ?? PaintOptions.Default);
        return MapImage.Encode(picture);
    }

    /// <summary>A tile as pixels (blue first: what Skia draws fastest on), which the caller disposes.</summary>
    public SKBitmap Picture(VectorTile tile, TileAddress wanted, TileAddress source, PaintOptions options)
    {
        if (!wanted.Exists || !source.Exists || wanted.Zoom < source.Zoom || wanted.At(source.Zoom) != source)
            throw BreitbandException.WrongUse($"Die Kachel {wanted} liegt nicht in der Kachel {source}.", $"The tile {wanted} does not lie in the tile {source}.");
        if (options.Size is not (256 or 512) || options.Scale is not (>= 0.5 and <= 4))
            throw BreitbandException.WrongUse($"Eine Kachel von {options.Size} Punkten im Maßstab {options.Scale} geht nicht; möglich sind 256 und 512, 0,5- bis 4-fach.",
                $"A tile of {options.Size} pixels at scale {options.Scale} is not possible; 256 and 512 are, at 0.5 to 4.");
        var edge = (int)Math.Round(options.Size * options.Scale);
        var bitmap = new SKBitmap(edge, edge, SKColorType.Bgra8888, options.Transparent ? SKAlphaType.Premul : SKAlphaType.Opaque);
        try
        {
            using var canvas = new SKCanvas(bitmap);
            canvas.Clear(options.Transparent ? SKColors.Transparent : SKColor.Parse(legend.Page));
            Draw(new(canvas, tile, wanted, source, options));
            canvas.Flush();
            return bitmap;
        }
        catch (InvalidDataException e)
        {
            bitmap.Dispose();
            throw BreitbandException.Refused($"Die Kachel {source} ist beschädigt: {e.Message}. Neu bauen: breitband tiles", $"The tile {source} is damaged: {e.Message}. Make it anew: breitband tiles", e);
        }
    }

    /// <summary>The gap areas of a tile that a trial of measures may hide.</summary>
    public static IReadOnlyList<string> GapKeys(VectorTile tile) => tile.Find(Layer.GapAreas.Name) is not { } gaps ? [] : [.. gaps.Features.Select(f => gaps.Value(f, "key")).OfType<string>()];

    /// <summary>Whether a group has its say at a zoom level of 512-pixel tiles: shares of municipalities from afar, gap areas from near.</summary>
    public bool Draws(string group, int zoom) => group switch
    {
        "municipality-share" or "settlement-circle" => zoom < gapsFrom,
        "gap" => zoom >= gapsFrom,
        "facility" => zoom >= legend.Zoom["facilities"].First,
        "address" => zoom >= AddressesFrom,
        _ => true,
    };

    /// <summary>What a trial of measures changes on a tile: where two do the same, the pictures are the same.</summary>
    /// <param name="keys">Those of <see cref="GapKeys"/>.</param>
    public TriedPart Tried(IReadOnlyList<string> keys, TileAddress wanted, PaintOptions options) => options.Gaps is not { } tried || !TileCanvas.Shows(options, wanted, "gap", gapsFrom, 24)
        ? TriedPart.None : new([.. keys.Where(tried.Hides)], [.. TileCanvas.Tried(tried, wanted, options)]);

    void Draw(TileCanvas t)
    {
        string[] order = [.. t.Options.Order];
        int Place(string group) => Array.IndexOf(order, group);
        var areas = Math.Max(Place("municipality-share"), Place("gap"));
        foreach (var step in steps.OrderBy(s => s.OverAreas ? Math.Max(Place(s.Group), areas) : Place(s.Group)))
            step.Draw(t);
    }

    /// <summary>What is painted of a group at once.</summary>
    /// <param name="OverAreas">Lines without which nobody finds his way on the map: never under the areas of shares, wherever their group lies.</param>
    sealed record Step(string Group, Action<TileCanvas> Draw, bool OverAreas = false);

    /// <summary>In the order of <see cref="Groups"/>, and within a group from below.</summary>
    IEnumerable<Step> Steps()
    {
        var settlements = legend.Zoom["settlements"].First;
        var (first, last) = legend.Zoom["result_municipalities"];
        foreach (var ground in legend.Backgrounds.Where(b => b.Symbol.Fill is not null))
            yield return new("ground", t => t.Fill("ground", Layer.Background.Name, SmallestZoom(ground.Smallest), 24, ground.Symbol.Fill!, "category", ground.Symbol.Key));
        yield return new("settlement", t => t.Fill("settlement", Layer.Settlements.Name, settlements, 24, legend.Settlement.Fill!));
        yield return new("municipality-share", t => classes.Draw(t, "municipality-share", Layer.Municipalities.Name, first, last + 1, smooth: true));
        yield return new("municipality-share", t => classes.Draw(t, "municipality-share", Layer.Settlements.Name, legend.SettlementShares.First, legend.SettlementShares.End, smooth: true));
        yield return new("gap", t => classes.Draw(t, "gap", Layer.GapAreas.Name, gapsFrom, 24, smooth: false, t.Options.Gaps));
        yield return new("gap", t => t.Line("gap", Layer.GapAreas.Name, 14, legend.Shares[0].Symbol with { Width = 0.4 / PixelsPerMillimetre }, tried: t.Options.Gaps));
        foreach (var step in Lines(settlements).Concat(Points()))
            yield return step;
        yield return new("name", t => TileNames.Draw(t, legend));
    }

    IEnumerable<Step> Lines(int settlements)
    {
        var measures = legend.Zoom["measures"].First;
        foreach (var line in legend.Backgrounds.Where(b => b.Symbol.Fill is null))
            yield return new("ground", t => t.Line("ground", Layer.Background.Name, SmallestZoom(line.Smallest), line.Symbol, "category", line.Symbol.Key), OverAreas: true);
        yield return new("settlement", t => t.Line("settlement", Layer.Settlements.Name, settlements, legend.Settlement), OverAreas: true);
        yield return new("border", t => t.Line("border", Layer.Municipalities.Name, 4, legend.Municipality with { Width = 0.3 }));
        foreach (var group in legend.Measures)
            yield return new("measure", t => t.Line("measure", Layer.Measures.Name, measures, group.Symbol, "class", group.Symbol.Key));
        yield return new("measure", t => t.Fill("measure", Layer.Measures.Name, measures, 24, legend.Measures[0].Symbol.Outline, opacity: 0.06));
    }

    IEnumerable<Step> Points() =>
    [
        new("address", t => t.Dots("address", Layer.Addresses.Name, AddressesFrom, 24, legend.Address, 0.8, static _ => 2.2)),
        new("facility", t => t.Dots("facility", Layer.Facilities.Name, legend.Zoom["facilities"].First, 24, legend.Facility, 0.8, static _ => 4)),
        new("settlement-circle", t => t.Dots("settlement-circle", "settlement_names", 8, gapsFrom, legend.Circle, legend.Circle.Width * PixelsPerMillimetre, static open => open > 0 ? Math.Max(1.5, 0.22 * Math.Sqrt(open)) : 0)),
    ];

    /// <summary>The first zoom level (512-pixel tiles) at or above a map scale, at the latitude of the county and 96 dots per inch.</summary>
    public static int SmallestZoom(int denominator) => (int)Math.Clamp(Math.Round(Math.Log2(559_082_264.0 / 2 * Math.Cos(52.2 * Math.PI / 180) / denominator)), 4, 14);
}
