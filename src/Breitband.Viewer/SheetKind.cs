namespace Breitband.Viewer;

/// <summary>Something to choose of a sheet: which municipality, which edition.</summary>
public sealed class SheetChoice : Observable
{
    Choice chosen;

    /// <param name="options">Codes are what they add to the sheet's address: a segment, which begins with a slash, or a parameter; empty for nothing.</param>
    public SheetChoice(string heading, IReadOnlyList<Choice> options, string? code = null)
    {
        (Heading, Options) = (heading, options);
        chosen = options.FirstOrDefault(o => o.Code == code) ?? options[0];
    }

    public string Heading { get; }

    public IReadOnlyList<Choice> Options { get; }

    // A list that goes sends null; that chooses nothing.
    public Choice Chosen { get => chosen; set => _ = value is not null && Set(ref chosen, value); }
}

/// <summary>A kind of sheet the service prints, with what there is to choose of it.</summary>
/// <param name="Route">The service's address of it.</param>
/// <param name="Label">As a planner calls it.</param>
/// <param name="Asked">Parameters that are not chosen on the card, the window's threshold, basis and edition; empty for none.</param>
public sealed record SheetKind(string Route, string Label, string Asked = "")
{
    static readonly string[] Sizes = ["A4", "A3", "A2", "A1", "A0"];

    /// <summary>DIN sheets as the service names them.</summary>
    /// <param name="usual">Unless another is chosen.</param>
    /// <param name="lying">Also across; a single page about one thing stands upright.</param>
    internal static SheetChoice On(string usual, bool lying = true) => new(Tongue.Of("PAPIER", "PAPER"),
        [.. Sizes.SelectMany(s => new[] { new Choice($"{s}-hoch", Tongue.Of($"{s} hoch", $"{s} portrait")), new Choice($"{s}-quer", Tongue.Of($"{s} quer", $"{s} landscape")) }.Take(lying ? 2 : 1))], usual);

    public IReadOnlyList<SheetChoice> Choices { get; init; } = [];

    /// <summary>None of a picture for slides, which has nobody to turn to either.</summary>
    public IReadOnlyList<SheetChoice> Paper { get; init; } = [On("A4-hoch")];

    public bool HasPaper => Paper.Count > 0;

    /// <summary>Whether its heading may be another.</summary>
    public bool Titled { get; init; }

    /// <summary>What must be known of it: where it does not show what the window shows.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is asked of the service, without what is said on every sheet.</summary>
    internal string Address(string form)
    {
        var chosen = Choices.Select(c => c.Chosen.Code).ToList();
        return Route + string.Concat(chosen.Where(c => c.StartsWith('/'))) + '?' + string.Join('&', new[] { $"f={form}", Asked }.Concat(chosen.Where(c => !c.StartsWith('/'))).Where(p => p.Length > 0));
    }

    /// <summary>What a file of it is called, without what file systems do not take.</summary>
    internal string FileName => string.Concat(string.Join(' ', Choices.Select(c => c.Chosen).Where(c => c.Code.StartsWith('/')).Select(c => c.Label).Prepend(Label)).Select(c => c < ' ' || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '-' : c));
}
