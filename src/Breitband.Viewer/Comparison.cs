using Breitband.Viewer.Map;

namespace Breitband.Viewer;

/// <summary>What the right side of a swipe shows.</summary>
public sealed class Comparison : Observable
{
    Choice? profile, basis;
    EditionChoice? edition;
    bool quiet, on;

    /// <summary>Its tiles are to be computed.</summary>
    public event Action? Asked;

    public IReadOnlyList<Choice> Profiles { get; private set; } = [];

    public IReadOnlyList<Choice> Bases { get; private set; } = [];

    public IReadOnlyList<EditionChoice> Editions { get; private set; } = [];

    /// <summary>Null until they are computed.</summary>
    public PaintedTiles? Tiles { get; internal set; }

    /// <summary>Whether the map is divided; nothing is computed for a side nobody sees.</summary>
    public bool On
    {
        get => on;
        set
        {
            if (Set(ref on, value) && Tiles is null)
                Ask();
        }
    }

    public Choice? Profile { get => profile; set => Tell(Set(ref profile, value)); }

    public Choice? Basis { get => basis; set => Tell(Set(ref basis, value)); }

    public EditionChoice? Edition { get => edition; set => Tell(Set(ref edition, value)); }

    internal Rule Rule => new(Profile?.Code, Basis?.Code, Edition?.Number);

    /// <summary>Begins with the latest earlier edition, which is what is asked most, else with nothing different; what was chosen stays while there is it.</summary>
    public void Offer(IReadOnlyList<Choice> profiles, IReadOnlyList<Choice> bases, IReadOnlyList<EditionChoice> editions, Choice? now, Choice? on, bool keep = false)
    {
        var (wasProfile, wasBasis, was) = keep ? (Profile, bases.FirstOrDefault(b => b.Code == Basis?.Code), editions.FirstOrDefault(e => e.Number == Edition?.Number)) : (null, null, null);
        quiet = true;
        (Profiles, Bases, Editions, Tiles) = (profiles, bases, editions, null);
        Changed("");
        (Profile, Basis, Edition) = (wasProfile ?? now, wasBasis ?? on, was ?? (editions.Count > 1 ? editions[^1] : editions[0]));
        quiet = false;
        Ask();
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

    void Ask()
    {
        if (On)
            Asked?.Invoke();
    }

    void Tell(bool changed)
    {
        if (changed && !quiet)
            Ask();
    }
}
