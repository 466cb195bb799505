namespace Breitband;

/// <summary>What must hold of a legend before anything is drawn from it.</summary>
public static class LegendChecks
{
    // „unterversorgt“ is a legal finding of the Bundesnetzagentur (§ 160 TKG), „förderfähig“ only a market consultation can say.
    static readonly string[] Forbidden = ["unterversorg", "förderfähig", "underserved", "eligible"];

    public static Legend Checked(string file, Legend legend)
    {
        void Demand(bool holds, string de, string en)
        {
            if (!holds)
                throw BreitbandException.Refused($"{file}: {de}", $"{file}: {en}");
        }

        foreach (var colour in Colours(legend))
            Demand(Colour.IsValid(colour), $"„{colour}“ ist keine Farbe der Form #rrggbb.", $"\"{colour}\" is not a colour of the form #rrggbb.");
        foreach (var symbol in legend.Symbols)
        {
            Demand(symbol.Label.De.Length > 0 && symbol.Label.En.Length > 0,
                $"„{symbol.Key}“ hat keine Beschriftung in beiden Sprachen.",
                $"\"{symbol.Key}\" has no label in both languages.");
            Demand(!Forbidden.Any(w => (symbol.Label.De + symbol.Label.En).Contains(w, StringComparison.OrdinalIgnoreCase)),
                $"„{symbol.Label.De}“ behauptet, was nur ein Verfahren feststellen kann. Besser: „unter der Aufgreifschwelle“.", $"\"{symbol.Label.En}\" claims what only a procedure can establish.");
            Demand(Visible(symbol, legend.Page),
                $"„{symbol.Key}“ hebt sich nicht vom Papier ab (Kontrast unter {Legend.LeastContrast}:1).",
                $"\"{symbol.Key}\" does not stand out from the page (contrast below {Legend.LeastContrast}:1).");
        }
        Demand(Contiguous(legend.Shares, 0),
            "Die Klassen des Anteils müssen von 0 bis 100 lückenlos aufeinander folgen.",
            "The share classes must follow each other from 0 to 100 without a hole.");
        Demand(Contiguous(legend.ChangeClasses, -100) && legend.ChangeClasses.Zip(legend.ChangeClasses.Reverse()).All(p => p.First.From == -p.Second.To),
            "Die Klassen der Veränderung müssen von -100 bis 100 lückenlos und zu beiden Seiten gleich aufeinander folgen.",
            "The classes of change must follow each other from -100 to 100 without a hole, alike on both sides.");
        foreach (var (a, b) in Confusable(legend))
            Demand(false,
                $"„{a.Key}“ und „{b.Key}“ sind in Graustufen nicht zu unterscheiden. Helligkeit ändern oder schraffieren.",
                $"\"{a.Key}\" and \"{b.Key}\" cannot be told apart in greyscale. Change a lightness or hatch.");
        Demand(legend.Split.Select(s => s.Key).Order().SequenceEqual(["planned", "served", "unclear", "unserved"]),
            "„split“ braucht genau served, planned, unclear und unserved.", "\"split\" needs exactly served, planned, unclear and unserved.");
        Demand(legend.Part("unclear").Hatch is not null, "„unclear“ muss schraffiert sein.", "\"unclear\" must be hatched.");
        Demand(legend.MostlyUnclear.Symbol is { Fill: null, Hatch: not null }, "„mostly_unclear“ liegt über einer Klasse: Schraffur ohne Füllung.", "\"mostly_unclear\" lies over a class: a hatch without a fill.");
        Demand(legend.Changes.Select(c => c.Key).Order().SequenceEqual(Enum.GetValues<ChangeKind>().Select(k => k.Code()).Order()),
            "„changes“ braucht genau gained, lost, changed, new und gone.", "\"changes\" needs exactly gained, lost, changed, new and gone.");
        foreach (var state in MeasureState.All)
            Demand(legend.Measures.Count(g => g.States.Contains(state.Code)) == 1,
                $"Der Stand „{state.Code}“ gehört zu keiner oder zu mehreren Gruppen.",
                $"State \"{state.Code}\" belongs to no group or to several.");
        foreach (var (layer, zoom) in legend.Zoom)
            Demand(Layer.Imported.Concat(Layer.Results).Any(l => l.Name == layer) && zoom.First >= 0 && zoom.First <= zoom.Last,
                $"„zoom“: „{layer}“ ist keine Ebene oder ihr Bereich ist verkehrt.",
                $"\"zoom\": \"{layer}\" is no layer or its range is wrong.");
        return legend;
    }

    /// <summary>Pairs of one scale that greyscale makes alike: no hatch tells them apart and the lightness is too near.</summary>
    public static IEnumerable<(Symbol A, Symbol B)> Confusable(Legend legend) =>
        from scale in new IReadOnlyList<Symbol>[] { [.. legend.Shares.Select(s => s.Symbol)], legend.Split, [.. legend.ChangeClasses.Select(c => c.Symbol)], legend.Changes }
        from i in Enumerable.Range(0, scale.Count)
        from j in Enumerable.Range(i + 1, scale.Count - i - 1)
        where scale[i].Hatch is null == scale[j].Hatch is null
            && Math.Abs(Colour.Lightness(scale[i].Fill!) - Colour.Lightness(scale[j].Fill!)) < Legend.LeastGreyscaleStep
        select (scale[i], scale[j]);

    static bool Visible(Symbol symbol, string page) =>
        Colour.Contrast(symbol.Outline, page) >= Legend.LeastContrast || symbol.Fill is not null && Colour.Contrast(symbol.Fill, page) >= Legend.LeastContrast;

    static bool Contiguous(IReadOnlyList<ShareClass> classes, double first) =>
        classes.Count > 1 && classes[0].From == first && classes[^1].To == 100 && classes.All(c => c.From < c.To && c.Symbol.Fill is not null)
        && classes.Zip(classes.Skip(1)).All(p => p.First.To == p.Second.From);

    static IEnumerable<string> Colours(Legend legend) =>
        [legend.Page, legend.Ink, legend.Muted, .. legend.Symbols.Concat(legend.Backgrounds.Select(b => b.Symbol)).SelectMany(s => new[] { s.Fill, s.Outline, s.Hatch?.Colour }).OfType<string>()];
}

/// <summary>Measures of a <c>#rrggbb</c> colour.</summary>
public static class Colour
{
    public static bool IsValid(string colour) => colour.Length == 7 && colour[0] == '#' && colour.Skip(1).All(char.IsAsciiHexDigit);

    public static (byte R, byte G, byte B) Bytes(string colour) =>
        (Convert.ToByte(colour[1..3], 16), Convert.ToByte(colour[3..5], 16), Convert.ToByte(colour[5..7], 16));

    /// <summary>WCAG 2.1 relative luminance, 0 to 1.</summary>
    public static double Luminance(string colour)
    {
        static double Linear(byte value) => value / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        var (r, g, b) = Bytes(colour);
        return 0.2126 * Linear(r) + 0.7152 * Linear(g) + 0.0722 * Linear(b);
    }

    /// <summary>WCAG 2.1 contrast ratio, 1 to 21.</summary>
    public static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    /// <summary>CIE L*, 0 to 100: what is left of a colour in greyscale.</summary>
    public static double Lightness(string colour) => Luminance(colour) is var y && y <= 216.0 / 24389 ? y * 24389 / 27 : 116 * Math.Cbrt(y) - 16;
}
