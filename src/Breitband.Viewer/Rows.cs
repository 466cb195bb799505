using System.Globalization;
using System.Text.Json;

namespace Breitband.Viewer;

/// <summary>The four parts of a place, households.</summary>
public readonly record struct Parts(double Total, double Served, double Planned, double Unclear, double Unserved)
{
    public static Parts Of(JsonElement? node) => node is not { } n ? default : new(n.Number("total") ?? 0, n.Number("served") ?? 0, n.Number("planned") ?? 0, n.Number("unclear") ?? 0, n.Number("unserved") ?? 0);

    public double Open => Unclear + Unserved;

    /// <summary>0 to 1.</summary>
    public double OpenShare => Total > 0 ? Open / Total : 0;

    /// <summary>In the legend's order.</summary>
    public IReadOnlyList<double> Ordered => [Served, Planned, Unclear, Unserved];

    /// <summary>The same in whole households, which add up to the whole total and are those the service's sentences name.</summary>
    public IReadOnlyList<long> Whole => Rounding.Whole(new(Split.Units(Served), Split.Units(Unclear), Split.Units(Planned), Split.Units(Unserved))) is var w ? [w.Served, w.Planned, w.Unclear, w.Unserved] : [];

    /// <summary>Whole open households, the sum of two whole parts.</summary>
    public long WholeOpen => Whole[2] + Whole[3];

    /// <summary>What one count is more than another, in whole households: rounded once, so that taking out a measure changes the whole by what its line says.</summary>
    public static long Between(double before, double after) => Math.Sign(after - before) * Rounding.Rounded(Split.Units(Math.Abs(after - before)));
}

/// <summary>A municipality's line in the table.</summary>
public sealed class AreaRow(string key, string name, Parts stored) : Observable
{
    Parts parts = stored;

    public string Key => key;

    public string Name => name;

    public Parts Figures
    {
        get => parts;
        set
        {
            if (Set(ref parts, value))
                Changed("");
        }
    }

    public string Open => Formats.Whole(parts.WholeOpen, Tongue.Current.Language);

    public string Share => Formats.Percent(parts.OpenShare, Tongue.Current.Language);

    public IReadOnlyList<double> Parts => parts.Ordered;
}

/// <summary>One figure of a place beside its sample of the legend.</summary>
public sealed record Figure(Symbol Symbol, string Label, string Value);

/// <summary>What the service says of a place.</summary>
/// <param name="IsArea">A municipality as a whole, which needs no pin.</param>
public sealed record PlaceFacts(string Place, string Where, string Sentence, IReadOnlyList<double> Parts, IReadOnlyList<Figure> Figures, IReadOnlyList<PlaceStep> Steps, string? Ags, double? X, double? Y, bool IsArea)
{
    public static PlaceFacts Of(JsonElement answer)
    {
        var (language, parts) = (Tongue.Current.Language, Breitband.Viewer.Parts.Of(answer.At("households")));
        var (x, y) = (answer.Number("x"), answer.Number("y"));
        var where = x is { } e && y is { } n ? $"UTM33 {e.ToString("0", CultureInfo.InvariantCulture)} {n.ToString("0", CultureInfo.InvariantCulture)}" : "";
        return new(answer.Text("place") ?? "", where, answer.Text("sentence") ?? "", parts.Ordered,
            [.. Legend.Default.Split.Zip(Whole(parts, language)).Select(p => new Figure(p.First, p.First.Label.In(language), p.Second))],
            [.. answer.List("steps").Select(s => new PlaceStep(s.Text("text") ?? ""))], answer.Text("ags"), x, y, answer.Text("ags") == answer.Text("query"));
    }

    /// <summary>A place of a few houses may be a third served; where there are many, whole households are told, as in the sentence above them.</summary>
    static IEnumerable<string> Whole(Parts parts, Language language) => parts.Total < 20 ? parts.Ordered.Select(p => Formats.Number(p, language)) : parts.Whole.Select(p => Formats.Whole(p, language));
}

/// <summary>A step of the reasoning.</summary>
public sealed record PlaceStep(string Text);
