namespace Breitband.Service.Html;

/// <summary>A value of a feature as a person reads it, as HTML: codes by the tables of their labels, numbers and dates in the writing of the language.</summary>
static class Shown
{
    public static string Of(Field field, object? value, Language language) => value switch
    {
        null => "–",
        double number => Formats.Number(number, language, Math.Abs(number) < 100 ? "#,0.##" : "#,0.#"), // thousandths of a household are for programs
        long whole => Formats.Whole(whole, language),
        DateOnly date => Formats.Date(date, language),
        bool flag => new Phrase(flag ? "ja" : "nein", flag ? "yes" : "no").In(language),
        _ => Page.Encode(Label(field.Name, value.ToString()!)?.In(language) ?? value.ToString()),
    };

    /// <summary>Null for what is no code of ours, such as a supplier's own words.</summary>
    static Phrase? Label(string field, string code) => field switch
    {
        "state" => MeasureState.All.FirstOrDefault(s => s.Code == code)?.Label,
        "kind" => Enum.GetValues<MeasureKind>().Where(k => k.Code() == code).Select(k => (Phrase?)k.Label()).FirstOrDefault(),
        "technology" => Enum.GetValues<Technology>().Where(t => t.Code() == code).Select(t => (Phrase?)t.Label()).FirstOrDefault(),
        "basis" => Enum.GetValues<Basis>().Where(b => b.Code() == code).Select(b => (Phrase?)b.Label()).FirstOrDefault(),
        "evidence" => code switch { "cells" => Layer.CoverageCells.Label, "areas" => Layer.CoverageAreas.Label, _ => null },
        "change" => Legend.Default.Changes.FirstOrDefault(c => c.Key == code)?.Label,
        _ => null,
    };
}
