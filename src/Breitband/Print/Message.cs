namespace Breitband.Print;

/// <summary>The two sentences a reader takes home, made from the figures.</summary>
static class Message
{
    public static string Of(GapResult result, AreaResult area, Phrase place, IReadOnlyList<AreaResult> parts, ShareTable table, PrintOptions options, Phrase ending = default)
    {
        var (language, whole) = (options.Language, Figures.Whole(area.Households));
        string N(long number) => Figures.Number(number, language);
        string P(long part) => Figures.Percent(area.Households.Percent(part), language);
        var de = $"Von {N(whole.Sum())} Haushalten {place.De} liegen {N(whole[3])} ({P(area.Households.Unserved)}) unter der Aufgreifschwelle "
            + $"von {result.Profile.Short.De}, "
            + $"für {N(whole[1])} ({P(area.Households.Unclear)}) lassen die Daten es offen.";
        var en = $"Of {N(whole.Sum())} households {place.En} {N(whole[3])} ({P(area.Households.Unserved)}) are below the threshold of {result.Profile.Short.En}; "
            + $"for {N(whole[1])} ({P(area.Households.Unclear)}) the data leave it open.";
        return new Phrase(de + Second(parts, table, whole[2], language, german: true) + ending.De + ".", en + Second(parts, table, whole[2], language, german: false) + ending.En + ".").In(language) + Change(result, area, options);
    }

    static string Second(IReadOnlyList<AreaResult> parts, ShareTable table, long planned, Language language, bool german)
    {
        var open = parts.Where(p => p.Households.Open >= Split.One).ToList();
        if (open.Count == 0)
            return german ? " Nirgends sind Haushalte offen" : " No households are open anywhere";
        var most = open.MaxBy(p => p.Households.Open)!;
        var share = open.MaxBy(p => p.Households.Percent(p.Households.Open))!;
        var (count, percent) = (Figures.Number(table.Open(most), language), Figures.Percent(share.Households.Percent(share.Households.Open), language));
        var plan = planned == 0 ? "" : german ? $"; {Figures.Number(planned, language)} weitere Haushalte sind durch Maßnahmen geplant" : $"; {Figures.Number(planned, language)} more households are planned by measures";
        if (most == share)
            return german
                ? $" Die meisten dieser Haushalte und den größten Anteil hat {most.Name} ({count}; {percent}){plan}"
                : $" Most of these and the largest share are in {most.Name} ({count}; {percent}){plan}";
        return german
            ? $" Die meisten dieser Haushalte hat {most.Name} ({count}), den größten Anteil {share.Name} ({percent}){plan}"
            : $" Most of these are in {most.Name} ({count}), the largest share in {share.Name} ({percent}){plan}";
    }

    /// <summary>The same for one municipality, whose parts are its settlements and the houses outside them.</summary>
    public static string OfMunicipality(GapResult result, AreaResult area, IReadOnlyList<AreaResult> parts, ShareTable table, PrintOptions options)
    {
        var outside = parts.Where(p => p.Level == AreaLevel.Outside).Sum(p => p.Households.Open);
        var scattered = Figures.Number(parts.Where(p => p.Level == AreaLevel.Outside).Sum(table.Open), options.Language);
        var ending = outside < Split.One ? default : new Phrase($", {scattered} offene liegen außerhalb der Siedlungen", $", {scattered} open ones lie outside the settlements");
        return Of(result, area, new("in " + area.Name, "in " + area.Name), [.. parts.Where(p => p.Level == AreaLevel.Settlement)], table, options, ending);
    }

    /// <summary>Against an earlier result the open households, else what the analysis' own comparison of editions says of the served ones.</summary>
    static string Change(GapResult result, AreaResult area, PrintOptions options)
    {
        var language = options.Language;
        string Signed(long units) => Math.Round(units / (double)Split.One).ToString("+#,0;−#,0;±0", Figures.Culture(language));

        if (options.Previous is { } previous && previous.Rows.FirstOrDefault(r => r.Level == area.Level && r.Key == area.Key) is { } before)
            return new Phrase($" Veränderung zum Stand {Figures.Date(previous.AsOf, language)}: {Signed(area.Households.Open - before.Households.Open)} Haushalte.",
                $" Change since {Figures.Date(previous.AsOf, language)}: {Signed(area.Households.Open - before.Households.Open)} households.").In(language);
        if (result.Comparison is not { } comparison || comparison.Row(area.Level, area.Key) is not { } row)
            return "";
        var (then, now) = (Figures.Date(comparison.Before.Date, language), Figures.Date(comparison.After.Date, language));
        return new Phrase($" Vom Datenstand {then} zum {now}: {Signed(row.Gained)} Haushalte sicher versorgt, {Signed(-row.Lost)} nicht mehr.{(comparison.Break is { } b ? " " + b.De : "")}",
            $" From the edition of {then} to that of {now}: {Signed(row.Gained)} households surely served, {Signed(-row.Lost)} no longer.{(comparison.Break is { } e ? " " + e.En : "")}").In(language);
    }
}
