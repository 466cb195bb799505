namespace Breitband.Analyse;

/// <summary>What a reader of a run must know of its rule and its evidence, above all what is missing.</summary>
static class RunNotes
{
    public static IEnumerable<Phrase> Of(Analysis analysis) => [.. Rule(analysis), .. Atlas(analysis), .. Consultation(analysis)];

    static IEnumerable<Phrase> Rule(Analysis analysis)
    {
        var (profile, day) = (analysis.Options.Profile, analysis.Options.AsOf);
        if (!profile.Confirmed)
            yield return new("Die Aufgreifschwelle ist noch nicht gegen ihre Quelle geprüft (data/profiles.json, checked_by).",
                "The profile has not been checked against its source yet (data/profiles.json, checked_by).");
        if (profile.Note is { } note)
            yield return note;
        if (day > profile.ValidTo)
            yield return new($"Die Aufgreifschwelle galt bis {profile.ValidTo:dd.MM.yyyy}; am Stichtag {day:dd.MM.yyyy} gilt sie nicht mehr.",
                $"The profile was in force until {profile.ValidTo:yyyy-MM-dd}; on {day:yyyy-MM-dd} it is so no more.");
        if (day < profile.ValidFrom)
            yield return new($"Die Aufgreifschwelle gilt erst ab {profile.ValidFrom:dd.MM.yyyy}, noch nicht am Stichtag {day:dd.MM.yyyy}.",
                $"The profile is in force from {profile.ValidFrom:yyyy-MM-dd} on, not yet on {day:yyyy-MM-dd}.");
        if (analysis.Options.Basis != Basis.Mev && analysis.County.PublishedColumns is var published && published.Contains(true)
            && profile.Households.All(c => !published.Where((p, column) => p && ShareTable.ClassOf(column) >= c.Down).Any()))
            yield return new($"Der Breitbandatlas veröffentlicht keine Klasse ab {profile.Short.De}: Aus ihm lässt sich Versorgung hier nicht belegen, nur ihr Fehlen.",
                $"The Breitbandatlas publishes no class from {profile.Short.En} on: it cannot prove supply here, only the lack of it.");
    }

    static IEnumerable<Phrase> Atlas(Analysis analysis)
    {
        var county = analysis.County;
        if (analysis.Options.Basis == Basis.Mev)
            yield break;
        var cells = Array.Exists(analysis.Atlas.HasCells, h => h);
        if (county.Cells.Keys.Count > 0 && !cells)
            yield return new($"Alle {county.Cells.Keys.Count} Atlaszellen liegen außerhalb des Kreises; sie sagen nichts über ihn. Den Atlas dieses Kreises importieren.",
                $"All {county.Cells.Keys.Count} atlas cells lie outside the county and say nothing of it. Import this county's atlas.");
        if (!cells && county.MunicipalShares.Keys.Any(k => county.Municipalities.Any(m => m.Ags == k)))
            yield return new("Ohne Atlasgitter gelten in jeder Gemeinde deren veröffentlichte Anteile; innerhalb der Gemeinde lässt sich nichts unterscheiden.",
                "Without atlas cells each municipality's published shares hold throughout it; nothing can be told apart within a municipality.");
        else if (!cells)
            yield return new("Für diesen Kreis gibt es keine Atlasdaten: Was keine Markterkundung beantwortet, bleibt unklar.",
                "There are no atlas data of this county: what no market consultation answers stays unclear.");
    }

    static IEnumerable<Phrase> Consultation(Analysis analysis)
    {
        var county = analysis.County;
        if (analysis.Options.Basis == Basis.Atlas)
            yield break;
        if (!analysis.Consultation.Any)
            yield return new("Es liegen keine Angaben aus einer Markterkundung vor.", "There are no answers of a market consultation.");
        if (county.AddressAnswers.Count > 0 && !analysis.Consultation.AnswersAny())
            yield return new($"Keine der {county.AddressAnswers.Count} Antworten der Markterkundung gehört zu einer Adresse des Kreises; sie sagen nichts über ihn. Liste und Adressen müssen dieselbe Kennung oder Straße, Hausnummer und Postleitzahl haben.",
                $"None of the {county.AddressAnswers.Count} answers of the market consultation belongs to an address of the county; they say nothing of it. List and addresses need the same key, or street, number and postcode.");
        if (county.Areas.Count > 0 && !county.HasOwnAreas())
            yield return new($"Alle {county.Areas.Count} Versorgungsgebiete liegen außerhalb des Kreises; sie sagen nichts über ihn.",
                $"All {county.Areas.Count} coverage areas lie outside the county and say nothing of it.");
    }
}
