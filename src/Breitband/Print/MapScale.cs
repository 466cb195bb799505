using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>Round scales only: a reader measures with a ruler.</summary>
public static class MapScale
{
    /// <summary>Denominators offered, ascending.</summary>
    public static readonly IReadOnlyList<int> Round =
        [5_000, 10_000, 15_000, 20_000, 25_000, 50_000, 75_000, 100_000, 125_000, 150_000, 200_000, 250_000, 300_000, 500_000, 750_000, 1_000_000];

    /// <summary>The scale asked for when the area fits at it, else the largest that fits; refuses one that cuts the area off.</summary>
    internal static int Choose(Envelope area, Box frame, int? asked)
    {
        var fitting = Round.FirstOrDefault(s => Fits(area, frame, s));
        if (fitting == 0)
            throw BreitbandException.Refused("Das Gebiet passt bei keinem Maßstab auf das Blatt. Größeres Papier wählen.", "The area fits the sheet at no scale. Choose larger paper.");
        if (asked is not { } scale)
            return fitting;
        if (!Round.Contains(scale))
            throw BreitbandException.WrongUse($"Der Maßstab 1:{Figures.German(scale)} ist nicht rund. Möglich sind: {List()}.", $"The scale 1:{scale} is not a round one. Possible: {List()}.");
        return Fits(area, frame, scale) ? scale : throw BreitbandException.Refused(
            $"Bei 1:{Figures.German(scale)} würde das Gebiet abgeschnitten. Der nächste Maßstab, der passt: 1:{Figures.German(fitting)}; sonst größeres Papier wählen.",
            $"At 1:{scale} the area would be cut off. The next scale that fits: 1:{fitting}; otherwise choose larger paper.");
    }

    static bool Fits(Envelope area, Box frame, int scale) => area.Width * 1000 / scale <= frame.Width && area.Height * 1000 / scale <= frame.Height;

    static string List() => string.Join(", ", Round.Select(s => "1:" + Figures.German(s)));
}
