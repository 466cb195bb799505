using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>What became of a part of the county between two editions of one dataset: the map of the change, and its figures on the next page.</summary>
public static class ChangeSheet
{
    /// <summary>What can be drawn, as the web map's legend calls it.</summary>
    public static readonly IReadOnlyList<string> Known = ["ground", "settlement", "change-share", "change-area", "supply", "border", "measure", "address", "facility", "name"];

    /// <summary>Layers of single places, which not everybody may see.</summary>
    public static readonly IReadOnlyList<string> Places = ["settlement", "change-area"];

    /// <summary>What a map of this extent shows where nobody says: places from afar, the evidence's own areas from near.</summary>
    public static IReadOnlySet<string> Usual(Envelope area) => Known.Except(PrintedView.IsFar(area) ? ["supply", "address", "facility", "change-area"] : ["supply", "address"]).ToHashSet();

    /// <summary>Writes the sheet and returns the files made: one PDF, or a PNG or SVG per page.</summary>
    /// <param name="last">The last analysis, for the outlines and what does not differ between the editions.</param>
    /// <param name="rule">Threshold and basis the two were held against each other under.</param>
    public static IReadOnlyList<string> Print(GapResult last, Comparison comparison, (Profile Profile, Basis Basis) rule, PrintedView view, PrintOptions options, string path)
    {
        var result = last with
        {
            Run = "",
            Profile = rule.Profile,
            Basis = rule.Basis,
            Editions = comparison.Editions,
            Notes = comparison.Notes,
        };
        var municipalities = ViewSheet.Shown(result, view);
        return SheetFile.Write(path, Pages(result, comparison, view, municipalities, options), Title(result, view, municipalities, options.Language), options);
    }

    static IReadOnlyList<Page> Pages(GapResult result, Comparison comparison, PrintedView view, List<AreaResult> municipalities, PrintOptions options)
    {
        var (language, unit) = (options.Language, options.Paper.Unit);
        var changes = new ChangePainter(comparison, view.Groups);
        var painter = new ViewPainter(result, view, new CircleScale(0, 0), options.Backdrop, unit, language) { Changes = changes };
        var table = new ChangeTable(comparison, [.. municipalities.Select(m => m.Key)], language);
        var period = Period(comparison, language);
        var subtitle = new Phrase($"Veränderung {period} · Aufgreifschwelle {result.Profile.Short.De} · Grundlage: {result.Basis.Label().De}",
            $"Change {period} · threshold {result.Profile.Short.En} · basis: {result.Basis.Label().En}").In(language);
        return SheetLayout.Compose(new(Title(result, view, municipalities, language), subtitle, table.Message(ViewSheet.Place(result, municipalities)) + (comparison.Break is { } method ? " " + method.In(language) : ""), view.Area, painter.Draw,
            (frame, width, style) => Blocks(result, comparison, view, changes, table.Sum, options, frame, width, style), table.Rows), result, options);
    }

    static IEnumerable<Block> Blocks(GapResult result, Comparison comparison, PrintedView view, ChangePainter changes, ChangeRow sum, PrintOptions options, MapFrame frame, double width, TypeStyle style)
    {
        var (legend, language) = (Legend.Default, options.Language);
        var drawn = new LegendBlocks(legend, language, style, options.Paper.Unit, width, paired: true);
        var ground = view.Groups.Contains("ground") ? options.Backdrop.Shown(frame.Extent, frame.Scale) : [];
        var empty = result.Rows.Any(r => (r.Level == AreaLevel.Municipality ? changes.Municipalities : r.Level == AreaLevel.Settlement && ViewPainter.HasSettlements(view, frame)) && r.Geometry is { } g && g.EnvelopeInternal.Intersects(frame.Extent) && changes.Points(r) is null);
        var shares = view.Groups.Contains("change-share") ? legend.ChangeClasses.Select(c => drawn.Row(c.Symbol)).Concat(empty ? [drawn.Row(legend.NoHouseholds)] : []).ToList() : [];
        if (shares.Count > 0)
            yield return drawn.Plain((!changes.Municipalities ? new Phrase("Siedlungen: ", "Settlements: ") : ViewPainter.HasSettlements(view, frame) ? new("Gemeinden und Siedlungen: ", "Municipalities and settlements: ") : new("Gemeinden: ", "Municipalities: ")).In(language) + legend.ChangeLabel.In(language), shares);
        var kinds = changes.Areas(frame).Select(a => a.Kind.Code()).ToHashSet();
        if (kinds.Count > 0)
            yield return drawn.Plain(new Phrase("Zellen, Gebiete, Häuser", "Cells, areas, houses").In(language), legend.Changes.Where(c => kinds.Contains(c.Key)).Select(drawn.Row));
        var others = ViewSheet.Others(view, drawn, frame).Concat(ground.Select(b => b.Fill is null ? drawn.LineRow(b) : drawn.Row(b))).ToList();
        if (others.Count > 0)
            yield return drawn.Plain(new Phrase("Außerdem", "Also").In(language), others);
        yield return Flow.Text(new Phrase("Verglichen", "Compared").In(language), [Compared(comparison, language), ViewSheet.Corners(view, language), .. view.Withheld is { } why ? [why.In(language)] : Array.Empty<string>()], width, style, legend);
        var area = new AreaResult(AreaLevel.County, "", "", null, sum.After, Split.Zero, Split.Zero, default, new Dictionary<string, double>(), null);
        foreach (var block in new Margin(result, options, style, width, [.. ViewSheet.Layers(view), .. ground.Count > 0 ? [Layer.Background.Name] : Array.Empty<string>()]).SourcesFirst(area, unclear: false))
            yield return block;
    }

    static string Compared(Comparison comparison, Language language)
    {
        var (before, after) = (comparison.Before, comparison.After);
        var label = Layer.Get(before.Dataset.Split(':')[0]).Label;
        return new Phrase($"{label.De}: Datenstand {before.Number} mit {after.Number}, beide mit dem Bedarf, der Schwelle und den Maßnahmen von heute gerechnet.",
            $"{label.En}: edition {before.Number} with {after.Number}, both computed with the demand, the threshold and the measures of today.").In(language);
    }

    internal static string Period(Comparison comparison, Language language) => $"{Figures.Date(comparison.Before.Date, language)} → {Figures.Date(comparison.After.Date, language)}";

    static string Title(GapResult result, PrintedView view, List<AreaResult> municipalities, Language language) =>
        view.Title is { Length: > 0 } title ? title : new Phrase("Veränderung der Breitbandversorgung: ", "Change of broadband supply: ").In(language) + ViewSheet.Names(result, municipalities).In(language);
}
