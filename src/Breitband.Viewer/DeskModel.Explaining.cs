namespace Breitband.Viewer;

/// <summary>What holds at a single place. It is asked again when the rule or the language is another.</summary>
public sealed partial class DeskModel
{
    string? explained, answered;
    bool wished, beside;
    IReadOnlyList<string> missed = [];

    /// <summary>What somebody asked of a place is there.</summary>
    public event Action? Explained;

    /// <summary>What was said of places nobody knows is past: the next one was found.</summary>
    public event Action<string>? Overcome;

    /// <param name="place">An address, a key, a name, or a coordinate.</param>
    /// <param name="right">On the other side of a comparison, by whose rule it is then told.</param>
    public Task Explain(string place, bool right = false)
    {
        if (Project is null)
        {
            Faulted?.Invoke(Tongue.Of("Es ist noch nichts geöffnet. Zuerst einen Speicher oder Dienst öffnen (Strg+O).", "Nothing is open yet. Open a store or a service first (Ctrl+O)."), null);
            return Task.CompletedTask;
        }
        (explained, wished, beside) = (place, true, right && Other.On);
        return Inquire(place);
    }

    Task Inquire(string place) => Guarded(() => Work.Run(Purpose.Place, Tongue.Of("Auskunft wird geholt …", "Asking …"), async item =>
    {
        try
        {
            beside &= Other.On;
            var (rule, side) = beside ? (Other.Rule, Tongue.Of("Rechts vom Trenner: ", "Right of the divider: ") + Other.Name) : (Rule, "");
            var answer = await Project!.Service.Read($"/explain?place={Uri.EscapeDataString(place)}&{rule.Query}".TrimEnd('&'), item.Cancelled);
            item.Cancelled.ThrowIfCancellationRequested();
            var facts = PlaceFacts.Of(answer);
            Selected = side.Length > 0 ? facts with { Where = $"{facts.Where}\n{side}".Trim() } : facts;
        }
        catch (BreitbandException e)
        {
            Missed(e);
            throw;
        }
        Answers(place);
    }));

    /// <summary>A place nobody knows is not asked again; the one that is shown is.</summary>
    void Missed(BreitbandException e)
    {
        (missed, wished) = ([.. missed, e.Text.In(Tongue.Current.Language)], false);
        if (!ServiceClient.IsAway(e))
            explained = answered;
    }

    void Answers(string place)
    {
        answered = place;
        foreach (var fault in missed)
            Overcome?.Invoke(fault);
        missed = [];
        if (wished && municipality is { } picked && picked.Key != Selected?.Ags)
            Pick(null); // another place is told of: that municipality is no longer the one meant
        if (wished)
            Explained?.Invoke();
        wished = false;
    }
}
