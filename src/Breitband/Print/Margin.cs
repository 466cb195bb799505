namespace Breitband.Print;

/// <summary>What stands beside every map so that nobody can misread it: rule, basis, what is unclear, dates, sources, publisher.</summary>
sealed class Margin(GapResult result, PrintOptions options, TypeStyle style, double width, IReadOnlyCollection<string> layers)
{
    readonly Language language = options.Language;

    public IEnumerable<Block> Blocks(AreaResult area) =>
    [
        Block(new("Aufgreifschwelle", "Threshold"), Rule()),
        Block(new("Grundlage und Bezugsgröße", "Basis and denominator"), Basis(area)),
        Block(new("Unklar", "Unclear"), Unclear(area)),
        Block(new("Hinweis", "Please note"), [Say(
            "Kein Förderanspruch, ersetzt kein Markterkundungsverfahren. Alle Angaben ohne Gewähr.",
            "No claim to funding, no substitute for a market consultation. All figures without guarantee.")]),
        Block(new("Datenstand", "Dates of the data"), Dates()),
        Block(new("Quellen und Lizenzen", "Sources and licences"), Sources()),
        Block(new("Herausgeber", "Publisher"), Imprint()),
        .. result.Notes.Count == 0 ? [] : new[] { Block(new("Annahmen", "Assumptions"), result.Notes.Select(n => n.In(language))) },
    ];

    /// <summary>For a sheet about one thing, whose own figures leave no room for the county's unclear part and its assumptions.</summary>
    public IEnumerable<Block> Brief(AreaResult area) =>
    [
        Block(new("Aufgreifschwelle", "Threshold"), Rule()),
        Block(new("Grundlage", "Basis"), Basis(area)),
        Block(new("Hinweis", "Please note"), [Say("Kein Förderanspruch, ersetzt kein Markterkundungsverfahren. Alle Angaben ohne Gewähr.", "No claim to funding, no substitute for a market consultation. All figures without guarantee.")]),
        Block(new("Datenstand", "Dates of the data"), Dates()),
        Block(new("Quellen und Lizenzen", "Sources and licences"), Sources()),
        Block(new("Herausgeber", "Publisher"), Imprint()),
    ];

    /// <summary>For a sheet whose head names rule and basis: sources stand with the map, whatever else goes on behind.</summary>
    /// <param name="unclear">Whether what is unclear today belongs to it.</param>
    public IEnumerable<Block> SourcesFirst(AreaResult area, bool unclear = true)
    {
        var blocks = Blocks(area).ToList();
        return blocks.Skip(3).Take(3).Concat(blocks.Take(unclear ? 3 : 2)).Concat(blocks.Skip(6));
    }

    string Say(string de, string en) => new Phrase(de, en).In(language);

    Block Block(Phrase heading, IEnumerable<string> lines) => Flow.Text(heading.In(language), lines, width, style, Legend.Default);

    IEnumerable<string> Rule()
    {
        yield return $"{result.Profile.Title.In(language)}, {result.Profile.Key}. {result.Profile.Passage}.";
        yield return Say("Quelle: ", "Source: ") + result.Profile.Source + (result.Profile.Confirmed ? ""
            : Say(" – unbestätigt: noch nicht mit dem amtlichen Text verglichen.", " – unconfirmed: not yet compared with the official text."));
    }

    IEnumerable<string> Basis(AreaResult area)
    {
        var (total, one) = (Figures.Number(Figures.Whole(area.Households).Sum(), language), Figures.Whole(area.Households).Sum() == 1);
        yield return result.Basis.Label().In(language) + Say($". Anteile an {total} {(one ? "Haushalt" : "Haushalten")}, Einheit: Haushalte. Stichtag der Maßnahmen: {Figures.Date(result.AsOf, language)}.",
            $". Shares of {total} {(one ? "household" : "households")}, unit: households. Measures judged on {Figures.Date(result.AsOf, language)}.");
    }

    IEnumerable<string> Unclear(AreaResult area)
    {
        var unclear = Figures.Whole(area.Households)[1];
        long[] units = [area.Unclear.Bracket, area.Unclear.NoAtlasData, area.Unclear.NoAnswer, area.Unclear.NoFigure];
        string[] reasons = [Say("die veröffentlichten Klassen lassen es offen", "the published classes leave it open"), Say("ohne Daten im Breitbandatlas", "without data in the Breitbandatlas"),
            Say("ohne Antwort in der Markterkundung", "without an answer in the consultation"), Say("Antwort ohne Zahl", "answer without a figure")];
        // Where no measure changed the unclear part, its reasons must add up to the figure before them.
        var total = Math.Abs(units.Sum() - area.Households.Unclear) < Split.One / 1000 ? unclear : Rounding.Rounded(units.Sum());
        var text = string.Join("; ", Rounding.Largest(units, total).Zip(reasons).Where(r => r.First > 0).Select(r => $"{Figures.Number(r.First, language)} {r.Second}"));
        yield return (unclear == 1 ? Say("1 Haushalt.", "1 household.") : Say($"{Figures.Number(unclear, language)} Haushalte.", $"{Figures.Number(unclear, language)} households."))
            + (text.Length == 0 ? "" : Say(" Gründe: ", " Reasons: ") + text + ".");
    }

    IEnumerable<string> Dates() => [string.Join("; ", Shown().GroupBy(e => Layer.Get(e.Dataset.Split(':')[0])).Select(g =>
        $"{g.Key.Label.In(language)} {string.Join(", ", g.Select(e => e.Date).Distinct().Order().Select(d => Figures.Date(d, language)))}")) + "."];

    /// <summary>Every attribution once, then every licence address once: several datasets often share a licence.</summary>
    IEnumerable<string> Sources()
    {
        var licences = Shown().Select(e => e.Licence).Distinct().ToList();
        yield return string.Join(" · ", licences.Select(l => l.Attribution
            + (l.Id.Length > 0 && !l.Attribution.Contains(l.Id, StringComparison.OrdinalIgnoreCase) ? ", " + l.Id : "")).Distinct());
        var addresses = licences.Where(l => l.Url.Length > 0 && !l.Attribution.Contains(l.Url, StringComparison.OrdinalIgnoreCase)).Select(l => l.Url).Distinct().ToList();
        if (addresses.Count > 0)
            yield return Say("Lizenztext: ", "Licence: ") + string.Join(", ", addresses);
    }

    IEnumerable<EditionStamp> Shown() => result.Editions.Where(e => layers.Contains(e.Dataset.Split(':')[0]));

    IEnumerable<string> Imprint()
    {
        yield return $"{options.Publisher} · " + Say("Kontakt: ", "Contact: ") + (options.Contact.Length > 0 ? options.Contact : "……………………………");
        yield return Say("Kartenstand ", "Map of ") + $"{Figures.Date(options.PrintDate, language)} · {Status(options)}"
            + (result.Run.Length > 0 ? Say(" · Lauf ", " · run ") + result.Run : "") + (options.SheetId.Length > 0 ? $" · {options.SheetId}" : "");
        yield return Say("Bezugssystem ETRS89 / UTM 33N (EPSG:25833). Maßstab gilt beim Druck in „Tatsächlicher Größe“.",
            "Reference system ETRS89 / UTM 33N (EPSG:25833). The scale holds when printed at actual size.");
        if (Shown().Any(e => e.Disclosure != Disclosure.Public))
            yield return Say("Enthält nicht öffentliche Angaben: vor einer Weitergabe prüfen.", "Contains figures that are not public: check before passing on.");
    }

    public static string Status(PrintOptions options) => options.Released ? new Phrase("freigegeben", "released").In(options.Language) : new Phrase("Entwurf", "draft").In(options.Language);
}
