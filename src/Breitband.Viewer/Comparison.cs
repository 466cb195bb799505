using Breitband.Viewer.Map;

namespace Breitband.Viewer;

/// <summary>What the right side of a swipe shows.</summary>
public sealed class Comparison : Observable
{
    Choice? profile, basis;
    EditionChoice? edition;
    bool quiet, on, own, failed;

    /// <summary>Its tiles are to be computed.</summary>
    public event Action? Asked;

    public IReadOnlyList<Choice> Profiles { get; private set; } = [];

    public IReadOnlyList<Choice> Bases { get; private set; } = [];

    public IReadOnlyList<EditionChoice> Editions { get; private set; } = [];

    /// <summary>Null until they are computed.</summary>
    public PaintedTiles? Tiles { get; private set; }

    /// <summary>Its households by municipality.</summary>
    public IReadOnlyDictionary<string, Parts> Figures { get; private set; } = new Dictionary<string, Parts>();

    /// <summary>The county's households; null until they are computed.</summary>
    public Parts? County { get; private set; }

    /// <summary>What it shows, as a heading names it.</summary>
    public string Name => NameOf(Edition, Profile);

    internal static string NameOf(EditionChoice? edition, Choice? profile) => string.Join(" · ", new[] { edition?.Label, profile?.Label }.OfType<string>());

    /// <summary>Why it shows no figures; empty where it does, or where nobody looks.</summary>
    public string Missing => !On || Tiles is not null ? "" : failed ? Tongue.Of("Diese Seite ist nicht gerechnet.", "This side is not computed.") : Tongue.Of("Diese Seite wird gerechnet …", "Computing this side …");

    internal void Fail()
    {
        failed = true;
        Changed(nameof(Missing));
    }

    internal void Show(PaintedTiles? tiles, IReadOnlyDictionary<string, Parts> figures, Parts? county = null)
    {
        (Tiles, Figures, County, failed) = (tiles, figures, county, false);
        Changed(nameof(Tiles));
        Changed(nameof(Missing));
    }

    /// <summary>Whether the map is divided; nothing is computed for a side nobody sees.</summary>
    public bool On
    {
        get => on;
        set
        {
            if (Set(ref on, value) && Tiles is null)
                Ask();
            Changed(nameof(Missing));
        }
    }

    public Choice? Profile { get => profile; set => Tell(Set(ref profile, value), rule: true); }

    public Choice? Basis { get => basis; set => Tell(Set(ref basis, value), rule: true); }

    public EditionChoice? Edition { get => edition; set => Tell(Set(ref edition, value)); }

    internal Rule Rule => new(Profile?.Code, Basis?.Code, Edition?.Number);

    /// <summary>Begins with the latest earlier edition, which is what is asked most, else with nothing different; what was chosen stays while there is it.</summary>
    public void Offer(IReadOnlyList<Choice> profiles, IReadOnlyList<Choice> bases, IReadOnlyList<EditionChoice> editions, Choice? now, Choice? on, bool keep = false)
    {
        var (wasProfile, wasBasis, was) = keep ? (profiles.FirstOrDefault(p => p.Code == Profile?.Code), bases.FirstOrDefault(b => b.Code == Basis?.Code), editions.FirstOrDefault(e => e.Number == Edition?.Number)) : (null, null, null);
        quiet = true;
        (Profiles, Bases, Editions, own) = (profiles, bases, editions, own && keep);
        Changed("");
        (Profile, Basis, Edition) = (wasProfile ?? now, wasBasis ?? on, was ?? (editions.Count > 1 ? editions[^1] : editions[0]));
        quiet = false;
        Ask();
    }

    /// <summary>Until it is seen or given a rule of its own it has that of the left side: what differs is then the edition alone.</summary>
    internal void Follow(Choice? now, Choice? basedOn)
    {
        if (On || own)
            return;
        quiet = true;
        (Profile, Basis) = (now, basedOn);
        quiet = false;
        Show(null, new Dictionary<string, Parts>());
    }

    /// <summary>What must be known where the editions left and right of the divider lie on both sides of a break of method; empty where they do not.</summary>
    public string Break(EditionChoice? left)
    {
        foreach (var (dataset, date, evidence) in left?.Dated ?? [])
            foreach (var other in Edition?.Dated ?? [])
                if (other.Dataset == dataset && Breitband.Comparison.BreakBetween(date, other.Date, evidence) is { } known)
                    return known.In(Tongue.Current.Language);
        return "";
    }

    /// <summary>Nothing of the rule before is seen under the name of the next.</summary>
    void Ask()
    {
        Show(null, new Dictionary<string, Parts>());
        if (On)
            Asked?.Invoke();
    }

    void Tell(bool changed, bool rule = false)
    {
        if (!changed || quiet)
            return;
        own |= rule;
        Ask();
    }
}
