namespace Breitband.Print;

/// <summary>Draws the county map: fill, borders, circles, names.</summary>
sealed class OverviewPainter(AreaResult county, IReadOnlyList<AreaResult> municipalities, IReadOnlyList<AreaResult> settlements, CircleScale circles, Backdrop backdrop, double unit, bool synthetic, Language language)
{
    readonly Legend legend = Legend.Default;

    public void Draw(Surface s, MapFrame frame)
    {
        Fill(s, frame);
        // Areas of the ground would hide the classes; lines help to find one's way.
        backdrop.Draw(s, frame, unit, lines: true);
        Borders(s, frame);
        var drawn = Circles(frame);
        foreach (var (x, y, radius) in drawn)
            s.Circle(x, y, radius, legend.Circle.Fill, legend.Circle.Outline, legend.Circle.Width * unit);
        var blocked = MapMarks.Corners(s, frame, [.. municipalities.Select(m => m.Geometry!)], unit, synthetic, language);
        MapMarks.Names(s, Names(frame, blocked), unit);
    }

    /// <summary>Large municipalities have larger names.</summary>
    public IReadOnlyList<Label> Names(MapFrame frame, IReadOnlyList<Box> blocked)
    {
        var avoided = Circles(frame).Where(c => c.Radius > 0.6 * unit).Select(c => new Box(c.X - c.Radius, c.Y - c.Radius, 2 * c.Radius, 2 * c.Radius)).ToList();
        var ranks = municipalities.OrderByDescending(m => m.Households.Total).Select((m, i) => (m.Key, Rank: i)).ToDictionary(r => r.Key, r => r.Rank);
        return new Labels(frame, blocked, avoided).Place([.. municipalities.Select(m =>
            new LabelWish(m.Name, new TypeStyle((ranks[m.Key] < 8 && frame.Scale <= 300_000 ? 10.5 : 9) * unit, Bold: ranks[m.Key] < 8), m.Geometry!))]);
    }

    void Fill(Surface s, MapFrame frame)
    {
        foreach (var group in municipalities.GroupBy(m => legend.Share(m.Households.Percent(m.Households.Open))))
        {
            using var area = frame.Path(group.Select(m => m.Geometry!));
            s.Fill(area, group.Key.Fill!);
            if (group.Key.Hatch is { } hatch)
                s.Hatch(area, hatch);
        }
        using var unclear = frame.Path(municipalities.Where(m => legend.IsMostlyUnclear(m.Households)).Select(m => m.Geometry!));
        s.Hatch(unclear, legend.MostlyUnclear.Symbol.Hatch!);
    }

    /// <summary>Borders lie on a light rim, so that they keep their contrast on dark classes.</summary>
    void Borders(Surface s, MapFrame frame)
    {
        using var borders = frame.Path(municipalities.Select(m => m.Geometry!));
        s.Stroke(borders, legend.Page, (legend.Municipality.Width + 0.4) * unit);
        s.Stroke(borders, legend.Municipality.Outline, legend.Municipality.Width * unit);
        if (county.Geometry is { IsEmpty: false } outline)
        {
            using var line = frame.Path([outline]);
            s.Stroke(line, legend.County.Outline, legend.County.Width * unit);
        }
    }

    IReadOnlyList<(double X, double Y, double Radius)> Circles(MapFrame frame) =>
    [
        .. from settlement in settlements
           where settlement.Households.Open > 0
           orderby settlement.Households.Open descending, settlement.Key
           let middle = settlement.Geometry!.InteriorPoint
           select (frame.X(middle.X), frame.Y(middle.Y), circles.Radius(settlement.Households.Open)),
    ];
}
