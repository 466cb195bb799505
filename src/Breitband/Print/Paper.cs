namespace Breitband.Print;

/// <summary>A DIN sheet in millimetres. A4 stands upright and larger sheets lie, unless the name says otherwise.</summary>
public sealed record Paper(string Name, double Width, double Height)
{
    static readonly (string Name, double Short, double Long)[] Din = [("A4", 210, 297), ("A3", 297, 420), ("A2", 420, 594), ("A1", 594, 841), ("A0", 841, 1189)];

    /// <summary>Every sheet there is: A4 to A0, upright (hoch) and lying (quer).</summary>
    public static IEnumerable<string> Names => Din.SelectMany(d => new[] { d.Name, d.Name + "-hoch", d.Name + "-quer" });

    public static Paper A4 => Parse("A4");

    public static Paper A3 => Parse("A3");

    /// <summary>Size of everything drawn, compared with A3: large sheets are read from further away; nothing gets smaller than on A4.</summary>
    internal double Unit => Math.Min(Width, Height) switch { < 250 => 1, < 350 => 1.05, < 500 => 1.3, < 700 => 1.75, _ => 2.4 };

    public bool Upright => Height > Width;

    /// <summary>Reads „A3“, „a4-quer“, „A2 hoch“.</summary>
    public static Paper Parse(string text)
    {
        var parts = text.Trim().Split(['-', ' '], StringSplitOptions.RemoveEmptyEntries);
        var din = Din.FirstOrDefault(d => parts.Length > 0 && d.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        bool? upright = parts.Length < 2 ? din.Name == "A4" : parts[1].ToLowerInvariant() switch
        {
            "hoch" or "portrait" => true,
            "quer" or "landscape" => false,
            _ => null,
        };
        if (din.Name is null || upright is null || parts.Length > 2)
            throw BreitbandException.WrongUse($"Das Papier „{text}“ gibt es nicht. {Suggest.German(text, Names)}", $"There is no paper \"{text}\". {Suggest.English(text, Names)}");
        return upright.Value ? new(din.Name + (din.Name == "A4" ? "" : "-hoch"), din.Short, din.Long) : new(din.Name + (din.Name == "A4" ? "-quer" : ""), din.Long, din.Short);
    }
}
