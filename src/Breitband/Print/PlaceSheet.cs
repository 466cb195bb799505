using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>Auskunft: what is known of one place, on one page that an official hands out.</summary>
public static class PlaceSheet
{
    /// <summary>Around an address, metres: enough to recognise the street.</summary>
    const double Around = 700;

    /// <param name="areas">Settlements and municipalities near the place, in <see cref="Crs.Stored"/>.</param>
    public static IReadOnlyList<string> Print(Explanation place, IReadOnlyList<(Layer Layer, string Name, Geometry Area)> areas, PrintOptions options, string path) =>
        SheetFile.Write(path, [Page(place, areas, options)], Title(place, options.Language), options);

    static string Title(Explanation place, Language language) => new Phrase($"Auskunft: {place.Place.De}", $"Information: {place.Place.En}").In(language);

    internal static Page Page(Explanation place, IReadOnlyList<(Layer Layer, string Name, Geometry Area)> areas, PrintOptions options)
    {
        var (language, result) = (options.Language, place.Result);
        var shows = Outline(place) is { } outline ? outline.EnvelopeInternal : double.IsNaN(place.X) ? Extent(place, areas) : new Envelope(place.X - Around, place.X + Around, place.Y - Around, place.Y + Around);
        var painter = new PlacePainter(place, areas, options.Backdrop, options.Paper.Unit, result.Synthetic, language);
        var subtitle = new Phrase($"Breitbandversorgung nach der Aufgreifschwelle {result.Profile.Short.De} · Grundlage: {result.Basis.Label().De}", $"Broadband supply by the threshold {result.Profile.Short.En} · basis: {result.Basis.Label().En}").In(language);
        var sentence = place.Sentence.In(language);
        return OnePage.Compose(new(Title(place, language), subtitle, sentence, shows,
            new Phrase($"Lageplan: {place.Place.De}.", $"Site plan: {place.Place.En}.").In(language), painter.Draw,
            (width, style) => [Counts(place, language, width, style), Where(place, areas, language, width, style)],
            (width, style) => [Steps(place, language, width, style)],
            (width, style) => new Margin(result, options, style, width, [.. Spoken(place)]).Blocks(result.Rows[0])), result, options);
    }

    /// <summary>Of a whole settlement or municipality; an address, a cell or a point has none.</summary>
    internal static Geometry? Outline(Explanation place) => place.Result.Rows[0].Geometry;

    /// <summary>Whose figures the answer names, and what the map shows.</summary>
    static IEnumerable<string> Spoken(Explanation place) => place.Steps.Select(s => s.Evidence.Split(':')[0])
        .Concat([Layer.Municipalities.Name, Layer.Settlements.Name, Layer.Background.Name, Layer.Population.Name]).Distinct();

    static Envelope Extent(Explanation place, IReadOnlyList<(Layer Layer, string Name, Geometry Area)> areas)
    {
        var shape = areas.FirstOrDefault(a => a.Name == place.Place.De).Area ?? areas.Select(a => a.Area).FirstOrDefault()
            ?? throw BreitbandException.Refused("Für diesen Ort gibt es keinen Umriss zu zeichnen.", "There is no outline to draw for this place.");
        return shape.EnvelopeInternal;
    }

    static Block Counts(Explanation place, Language language, double width, TypeStyle style)
    {
        // Of one house the hundredths say how its cell shares its households; of a whole place nobody reads them.
        Split[] counts = [.. new[] { place.Households, place.Addresses, place.Businesses }.Select(s => Outline(place) is null ? s : Whole(s))];
        string[] Row(Phrase name, Func<Split, long> part) => [name.In(language), .. counts.Select(s => Count(part(s), language))];

        var legend = Legend.Default;
        return new FactTable(new Phrase("Ergebnis", "Result").In(language),
            [new Phrase("Stand", "State").In(language), new Phrase("Haushalte", "households").In(language), new Phrase("Adressen", "addresses").In(language), new Phrase("Betriebe", "businesses").In(language)],
            [
                Row(legend.Part("served").Label, s => s.Served), Row(legend.Part("unclear").Label, s => s.Unclear), Row(legend.Part("planned").Label, s => s.Planned),
                Row(legend.Part("unserved").Label, s => s.Unserved), Row(new("zusammen", "together"), s => s.Total),
            ], width, style).Block();
    }

    static Split Whole(Split split)
    {
        var parts = Figures.Whole(split);
        return new(parts[0] * Split.One, parts[1] * Split.One, parts[2] * Split.One, parts[3] * Split.One);
    }

    static string Count(long units, Language language) => units == 0 ? "–" : Formats.Number(Split.Count(units), language, "#,0.##");

    static Block Where(Explanation place, IReadOnlyList<(Layer Layer, string Name, Geometry Area)> areas, Language language, double width, TypeStyle style)
    {
        var point = double.IsNaN(place.X) ? null : NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored).CreatePoint(new Coordinate(place.X, place.Y));
        string? In(Layer layer) => areas.Where(a => a.Layer == layer && point is not null && a.Area.Covers(point)).Select(a => a.Name).FirstOrDefault();

        List<string[]> rows = [];
        if (In(Layer.Municipalities) is { } municipality)
            rows.Add([new Phrase("Gemeinde", "municipality").In(language), municipality]);
        if (place.Ags is { } ags)
            rows.Add([new Phrase("Gemeindeschlüssel", "municipality key").In(language), ags]);
        if (point is not null && Outline(place) is null)
            rows.Add([new Phrase("Siedlung", "settlement").In(language), In(Layer.Settlements) ?? new Phrase("außerhalb", "outside").In(language)]);
        if (point is not null && Outline(place) is null)
            rows.Add([new Phrase("Koordinate (EPSG:25833)", "coordinate (EPSG:25833)").In(language), $"{Figures.Number((long)Math.Round(place.X), language)} / {Figures.Number((long)Math.Round(place.Y), language)}"]);
        return new FactTable(new Phrase("Ort", "Place").In(language), [], rows.Count > 0 ? rows : [[place.Place.In(language), ""]], width, style).Block();
    }

    static Block Steps(Explanation place, Language language, double width, TypeStyle style)
    {
        var lines = place.Steps.SelectMany((s, i) => (string[])
        [
            $"{i + 1}. {s.Text.In(language)}",
            .. Source(s, language) is { Length: > 0 } source ? [source] : Array.Empty<string>(),
        ]);
        return Flow.Text(new Phrase("So kommt das Ergebnis zustande", "How the result comes about").In(language), lines, width, style, Legend.Default);
    }

    static string Source(ExplainStep step, Language language)
    {
        string?[] parts =
        [
            step.Date is { } date ? $"{Layer.Get(step.Evidence.Split(':')[0]).Label.In(language)}, {new Phrase("Stand", "as of").In(language)} {Figures.Date(date, language)}" : null,
            step.Rule.In(language) is { Length: > 0 } rule && step.Date is not null ? new Phrase("Regel ", "rule ").In(language) + rule : null,
            step.Weight is > 0 and < 1 ? new Phrase("Gewicht ", "weight ").In(language) + Formats.Percent(step.Weight, language, "0.#") : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }
}

/// <summary>The site plan: settlements, borders, ground, and the place asked about.</summary>
sealed class PlacePainter(Explanation place, IReadOnlyList<(Layer Layer, string Name, Geometry Area)> areas, Backdrop backdrop, double unit, bool synthetic, Language language)
{
    public void Draw(Surface s, MapFrame frame)
    {
        var legend = Legend.Default;
        Geometry[] settlements = [.. Of(Layer.Settlements, frame)], municipalities = [.. Of(Layer.Municipalities, frame)];
        backdrop.Draw(s, frame, unit, lines: false);
        using (var fill = frame.Path(settlements))
            s.Fill(fill, legend.Settlement.Fill!);
        backdrop.Draw(s, frame, unit, lines: true);
        using (var outline = frame.Path(settlements))
            s.Stroke(outline, legend.Settlement.Outline, legend.Settlement.Width * unit, legend.Settlement.Dash);
        using (var border = frame.Path(municipalities))
            s.Stroke(border, legend.Municipality.Outline, legend.Municipality.Width * unit, legend.Municipality.Dash);
        if (!double.IsNaN(place.X) && PlaceSheet.Outline(place) is null)
            Marker(s, frame.X(place.X), frame.Y(place.Y));
        var blocked = MapMarks.Corners(s, frame, [], unit, synthetic, language);
        MapMarks.Names(s, new Labels(frame, blocked, []).Place([.. areas.Where(a => a.Layer == Layer.Settlements && a.Area.EnvelopeInternal.Intersects(frame.Extent))
            .Select(a => new LabelWish(a.Name, new TypeStyle(9 * unit), a.Area))]), unit);
    }

    IEnumerable<Geometry> Of(Layer layer, MapFrame frame) => areas.Where(a => a.Layer == layer && a.Area.EnvelopeInternal.Intersects(frame.Extent)).Select(a => a.Area);

    /// <summary>A ring with a dot: seen on every ground, and in black and white.</summary>
    void Marker(Surface s, double x, double y)
    {
        var legend = Legend.Default;
        s.Circle(x, y, 3.4 * unit, null, legend.Page, 1.6 * unit);
        s.Circle(x, y, 3.4 * unit, null, legend.Ink, 0.7 * unit);
        s.Circle(x, y, 0.9 * unit, legend.Ink, legend.Page, 0.2 * unit);
    }
}
