namespace Breitband.Viewer;

/// <summary>The county's open households on both sides of a comparison, as they are read beside each other.</summary>
/// <param name="Difference">Right less left, with its sign.</param>
/// <param name="Note">What the difference is not; empty where nothing must be said.</param>
public sealed record ComparedCounty(string LeftName, string Left, string RightName, string Right, string Difference, string Note);

/// <summary>Both sides of a comparison in figures.</summary>
public sealed partial class DeskModel
{
    const string None = "–";

    /// <summary>Null while nothing is compared. A side whose figures are not there yet has a dash, and then there is no difference.</summary>
    public ComparedCounty? Compared
    {
        get
        {
            if (!Other.On || Project is null)
                return null;
            var tried = Trying ? Tongue.Of(" · Versuch", " · trial") : "";
            // As everywhere else: before and the change together.
            (long Open, double Share)? left = known && based == Rule ? (before.WholeOpen + Changes, Tenths(after)) : null, right = Other.County is { } county ? (county.WholeOpen, Tenths(county)) : null;
            return new(Comparison.NameOf(Edition, Profile) + tried, Said(left), Other.Name, Said(right), left is { } l && right is { } r ? Differ(r.Open - l.Open, Math.Round(r.Share - l.Share, 1)) : None,
                (Other.Profile?.Code, Other.Basis?.Code) == (Profile?.Code, Basis?.Code) ? ""
                : Tongue.Of("Verschiedene Schwellen oder Grundlagen: Der Unterschied ist weder Ausbau noch Rückbau.", "Different thresholds or bases: the difference is neither building nor dismantling."));
        }
    }

    /// <summary>The share as it is read, per cent: what stands beside each other adds up.</summary>
    static double Tenths(Parts parts) => Math.Round(100 * parts.OpenShare, 1, MidpointRounding.AwayFromZero);

    static string Said((long Open, double Share)? side) => side is var (open, share) ? $"{Formats.Whole(open, Tongue.Current.Language)} ({Together(Formats.Percent(share / 100, Tongue.Current.Language))})" : None;

    static string Differ(long open, double points)
    {
        var language = Tongue.Current.Language;
        return $"{Sign(open)}{Formats.Whole(Math.Abs(open), language)} ({Together($"{Sign(points)}{Formats.Number(Math.Abs(points), language, "0.0")} {Tongue.Of("Punkte", "points")}")})";
    }

    /// <summary>A number and its unit stay on one line.</summary>
    static string Together(string text) => text.Replace(' ', '\u00a0');

    static string Sign(double number) => number > 0 ? "+" : number < 0 ? "−" : "±";
}
