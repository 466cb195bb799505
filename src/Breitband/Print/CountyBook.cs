using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>Many sheets as one document, numbered through: contents with page numbers in front, a bookmark per sheet.</summary>
public static class CountyBook
{
    sealed record Chapter(string Name, AreaResult? Area, Func<PrintOptions, IReadOnlyList<Page>> Pages);

    /// <summary>All municipality sheets in order of their names.</summary>
    /// <param name="measures">Measures to draw with their areas in <see cref="Crs.Stored"/>; empty for none.</param>
    public static IReadOnlyList<string> Atlas(GapResult result, IReadOnlyList<(MeasureResult Measure, Geometry Area)> measures, PrintOptions options, string path)
    {
        var title = Title(result, new("Breitband nach Gemeinden", "Broadband by municipality"), options.Language);
        return SheetFile.Write(path, Pages(result, title, [.. Municipalities(result, measures)], options), title, options);
    }

    /// <summary>The county's overview and table, all municipality sheets, and how the figures came about.</summary>
    /// <param name="measures">Measures to draw with their areas in <see cref="Crs.Stored"/>; empty for none.</param>
    public static IReadOnlyList<string> Report(GapResult result, IReadOnlyList<(MeasureResult Measure, Geometry Area)> measures, PrintOptions options, string path)
    {
        var title = Title(result, new("Bericht zur Breitbandversorgung", "Report on broadband supply"), options.Language);
        Chapter[] chapters =
        [
            new(new Phrase("Kreisübersicht", "County overview").In(options.Language), OverviewSheet.County(result), o => OverviewSheet.Pages(result, o)),
            .. Municipalities(result, measures),
            new(MethodPages.Title.In(options.Language), null, o => MethodPages.Of(result, o)),
        ];
        return SheetFile.Write(path, Pages(result, title, chapters, options), title, options);
    }

    static string Title(GapResult result, Phrase what, Language language) => $"{what.In(language)}: {OverviewSheet.CountyName(OverviewSheet.County(result), language)}";

    static IEnumerable<Chapter> Municipalities(GapResult result, IReadOnlyList<(MeasureResult Measure, Geometry Area)> measures)
    {
        var drawn = result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Geometry is { IsEmpty: false }).OrderBy(r => Formats.SortKey(r.Name), StringComparer.Ordinal).ToList();
        return drawn.Count > 0 ? drawn.Select(m => new Chapter(m.Name, m, o => MunicipalitySheet.Pages(result, m, measures, o)))
            : throw BreitbandException.Refused("Das Ergebnis enthält keine Gemeinden mit Umriss. Zuerst die Gemeindegrenzen einlesen und auswerten.",
                "The result holds no municipalities with an outline. Import the municipal borders and analyse first.");
    }

    static List<Page> Pages(GapResult result, string title, IReadOnlyList<Chapter> chapters, PrintOptions options)
    {
        var contents = new ContentsPages(title, chapters.Count, result, options);
        var (pages, numbers, entries) = (new List<Page>(), new List<SheetNumbers>(), new List<(string, AreaResult?, int)>());
        foreach (var chapter in chapters)
        {
            var number = new SheetNumbers(contents.Count + pages.Count);
            numbers.Add(number);
            entries.Add((chapter.Name, chapter.Area, number.Before + 1));
            pages.AddRange(chapter.Pages(options with { Numbers = number }));
        }
        var total = contents.Count + pages.Count;
        foreach (var number in numbers)
            number.Total = total;
        return [.. contents.Of(entries, total), .. pages];
    }
}
