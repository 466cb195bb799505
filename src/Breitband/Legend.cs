using System.Text.Json;

namespace Breitband;

/// <summary>Parallel lines over a fill. Sizes in millimetres on paper, angle in degrees, 45 rising to the right.</summary>
public sealed record Hatch(double Angle, double Spacing, double Width, string Colour);

/// <summary>How one kind of thing looks on every map. Colours are <c>#rrggbb</c>, sizes millimetres on paper.</summary>
/// <param name="Dash">Lengths of dash and gap; null for a solid line.</param>
public sealed record Symbol(string Key, string? Fill, string Outline, double Width, IReadOnlyList<double>? Dash, Hatch? Hatch, Phrase Label);

/// <summary>A class of the share of open households, or of its change, percent, from inclusive, to exclusive (the last one inclusive).</summary>
public sealed record ShareClass(double From, double To, Symbol Symbol);

/// <summary>A category of background layers: roads, railways, water, forest.</summary>
/// <param name="Smallest">Denominator of the smallest scale it is drawn at: above it, it would hide the message.</param>
public sealed record BackgroundClass(int Smallest, Symbol Symbol);

/// <summary>A group of measure states that look alike.</summary>
public sealed record MeasureGroup(IReadOnlyList<string> States, Symbol Symbol);

/// <summary>
/// The one legend, read from <c>tiles/legend.json</c> and checked on load: print, QGIS, web map and viewer take every class, colour and
/// label from here, so that the same place looks the same everywhere.
/// </summary>
public sealed record Legend
{
    public const double LeastContrast = 3;

    /// <summary>Least difference of CIE lightness (0 to 100) between two classes that no hatch tells apart.</summary>
    public const double LeastGreyscaleStep = 6;

    static readonly Lazy<Legend> Installed = new(() => Load(Installation.Legend));

    /// <summary>The legend beside the program.</summary>
    public static Legend Default => Installed.Value;

    public required string Page { get; init; }
    public required string Ink { get; init; }
    public required string Muted { get; init; }
    public required Phrase ShareLabel { get; init; }
    public required IReadOnlyList<ShareClass> Shares { get; init; }
    public required Symbol NoHouseholds { get; init; }

    /// <summary>Lies over the class of an area: percent of its open households that are unclear.</summary>
    public required ShareClass MostlyUnclear { get; init; }

    /// <summary>served, planned, unclear, unserved: the order parts are drawn in.</summary>
    public required IReadOnlyList<Symbol> Split { get; init; }
    public required IReadOnlyList<MeasureGroup> Measures { get; init; }
    public required Symbol Circle { get; init; }
    public required Symbol Cluster { get; init; }

    public required Phrase ChangeLabel { get; init; }

    /// <summary>Served households more or less between two editions, percentage points from -100 to 100.</summary>
    public required IReadOnlyList<ShareClass> ChangeClasses { get; init; }

    /// <summary>By <see cref="ChangeKind"/>: gained, lost, changed, new, gone.</summary>
    public required IReadOnlyList<Symbol> Changes { get; init; }
    public required Symbol Settlement { get; init; }
    public required Symbol Municipality { get; init; }
    public required Symbol County { get; init; }
    public required Symbol Address { get; init; }
    public required Symbol Facility { get; init; }
    public required Symbol Network { get; init; }
    public required Symbol Background { get; init; }

    /// <summary>By category (<see cref="Symbol.Key"/>), in drawing order.</summary>
    public required IReadOnlyList<BackgroundClass> Backgrounds { get; init; }

    /// <summary>The published share that cells are coloured by where no analysis stands behind them; its field by <see cref="Layer.ShareField"/>.</summary>
    public required string CellField { get; init; }
    public required Phrase CellLabel { get; init; }

    /// <summary>First and last zoom level per layer name.</summary>
    public required IReadOnlyDictionary<string, (int First, int Last)> Zoom { get; init; }

    /// <summary>
    /// Zoom levels of 512-pixel tiles at which settlements lie over their municipality with a class of their own: before, they are dots, and from
    /// the last on gap areas say where in them.
    /// </summary>
    public (int First, int End) SettlementShares => (Zoom["settlements"].First + 1, Zoom["gaps"].First);

    /// <summary>The class of a share in percent; <see cref="NoHouseholds"/> where there is no share.</summary>
    public Symbol Share(double? percent) => percent is not { } p ? NoHouseholds : Shares[ShareIndex(p)].Symbol;

    public bool IsMostlyUnclear(Split households) => households.Open > 0 && 100.0 * households.Unclear / households.Open >= MostlyUnclear.From;

    public int ShareIndex(double percent) => Index(Shares, percent);

    /// <summary>The class of a change in percentage points.</summary>
    public Symbol Change(double points) => ChangeClasses[Index(ChangeClasses, points)].Symbol;

    static int Index(IReadOnlyList<ShareClass> classes, double percent)
    {
        for (var i = classes.Count - 1; i > 0; i--)
            if (percent >= classes[i].From)
                return i;
        return 0;
    }

    public Symbol Measure(MeasureState state) => Measures.First(g => g.States.Contains(state.Code)).Symbol;

    public Symbol Part(string key) => Split.First(s => s.Key == key);

    /// <summary>Every symbol, for checks.</summary>
    public IEnumerable<Symbol> Symbols =>
        [.. Shares.Select(s => s.Symbol), NoHouseholds, MostlyUnclear.Symbol, .. Split, .. Measures.Select(m => m.Symbol), .. ChangeClasses.Select(c => c.Symbol), .. Changes, Circle, Cluster, Settlement, Municipality, County, Address, Facility, Network, Background];

    public static Legend Load(string file)
    {
        try
        {
            return Parse(file, System.IO.File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"{file}: Die Legende ist nicht lesbar: {e.Message}", $"{file}: the legend cannot be read: {e.Message}", e);
        }
    }

    /// <param name="file">Named in refusals.</param>
    public static Legend Parse(string file, string json)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(json, SettingsJson.Default.LegendFile) ?? throw new JsonException("empty");
            return LegendChecks.Checked(file, entry.ToLegend());
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw BreitbandException.Refused($"{file}: Die Legende ist nicht lesbar: {e.Message}", $"{file}: the legend cannot be read: {e.Message}", e);
        }
    }
}
