using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>A measure's line: whether it counts in the question asked, and what it lifts under the threshold, basis and editions of that question.</summary>
public sealed class MeasureRow(JsonNode measure, Action asked) : Observable
{
    JsonNode told = measure;
    bool chosen = (bool?)measure["chosen"] ?? true, fixedHere;

    public string Key { get; } = (string)measure["key"]!;

    public string Name { get; } = (string?)measure["title"] is { Length: > 0 } title ? title : (string)measure["key"]!;

    /// <summary>Whether the user wants it in the question. What cannot be tried here stays chosen or not.</summary>
    public bool Chosen => chosen;

    /// <summary>Whether it is counted: one that is too late, too slow or not decided never is.</summary>
    public bool Counts
    {
        get => Works && (chosen || fixedHere);
        set
        {
            if (CanTry && Set(ref chosen, value))
                asked();
        }
    }

    public bool CanTry => Works && !fixedHere;

    bool Works => (bool?)told["counts"] == true || (bool?)told["chosen"] == false;

    /// <summary>Households; what the lines are ordered by.</summary>
    public double Lifted => (double?)told["households"] ?? 0;

    /// <summary>With its id, by which people and sheets call it.</summary>
    public string State => Name == Key ? Say(told) : $"{Key} · {Say(told)}";

    public string Lifts => Formats.Whole(Parts.Between(0, Lifted), Tongue.Current.Language) + Tongue.Of(" HH", " hh");

    public string Cost => (double?)told["cost_per_household"] is { } cost ? Formats.Whole((long)Math.Round(cost), Tongue.Current.Language) + Tongue.Of(" €/HH", " €/hh") : "";

    /// <summary>Without asking: many at once.</summary>
    public void Put(bool on) => Set(ref chosen, on, nameof(Counts));

    /// <param name="lookedBack">An earlier edition is shown, with every measure.</param>
    public void Fix(bool lookedBack)
    {
        if (Set(ref fixedHere, lookedBack, nameof(CanTry)))
            Changed(nameof(Counts));
    }

    /// <summary>What it comes to under another rule.</summary>
    public void Tell(JsonNode answer)
    {
        told = answer;
        Changed("");
    }

    static string Say(JsonNode measure)
    {
        var state = MeasureState.Parse((string)measure["state"]!) is { } known ? known.Label.In(Tongue.Current.Language) : (string)measure["state"]!;
        return (bool?)measure["counts"] == true || measure["reasons"] is not JsonArray { Count: > 0 } reasons ? state
            : $"{state} · {Tongue.Of("zählt nicht", "does not count")}: {string.Join(' ', reasons.Select(r => (string?)r))}";
    }
}
