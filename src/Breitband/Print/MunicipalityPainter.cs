using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>Draws the map of one municipality: neighbours pale, settlements, gap areas by class, measures by state, names of settlements.</summary>
sealed class MunicipalityPainter(GapResult result, AreaResult area, IReadOnlyList<AreaResult> parts, IReadOnlyList<GapArea> gaps,
    IReadOnlyList<(MeasureResult Measure, Geometry Area)> measures, Backdrop backdrop, double unit, Language language)
{
    readonly Legend legend = Legend.Default;
    readonly List<AreaResult> settlements = [.. parts.Where(p => p.Level == AreaLevel.Settlement && p.Geometry is { IsEmpty: false })];

    public void Draw(Surface s, MapFrame frame)
    {
        var neighbours = result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Key != area.Key && r.Geometry is { } g && g.EnvelopeInternal.Intersects(frame.Extent)).ToList();
        Fill(s, frame, neighbours.Select(n => n.Geometry!), legend.Background.Fill!);
        backdrop.Draw(s, frame, unit, lines: false);
        Fill(s, frame, settlements.Select(p => p.Geometry!), legend.Settlement.Fill!);
        Gaps(s, frame);
        backdrop.Draw(s, frame, unit, lines: true);
        Stroke(s, frame, settlements.Select(p => p.Geometry!), legend.Settlement);
        Stroke(s, frame, neighbours.Select(n => n.Geometry!), legend.Municipality);
        foreach (var group in measures.GroupBy(m => legend.Measure(m.Measure.State)))
            Stroke(s, frame, group.Select(m => m.Area), group.Key);
        Stroke(s, frame, [area.Geometry!], legend.Municipality with { Outline = legend.County.Outline, Width = legend.County.Width });
        var blocked = MapMarks.Corners(s, frame, [area.Geometry!], unit, result.Synthetic, language);
        MapMarks.Names(s, Names(frame, blocked), unit);
    }

    public IReadOnlyList<Label> Names(MapFrame frame, IReadOnlyList<Box> blocked) =>
        new Labels(frame, blocked, [.. gaps.Select(g => g.Geometry).Concat(settlements.Select(p => p.Geometry!)).Select(g => OnPage(frame, g)).Where(b => b.Width < 15 * unit)])
            .Place([.. settlements.Select(p => new LabelWish(Short(p.Name), new TypeStyle(9 * unit, Bold: p.Name == area.Name), p.Geometry!, Beside: OnPage(frame, p.Geometry!).Width < 15 * unit))]);

    /// <summary>„Bad Belzig, Ortslage 3“ is „Ortslage 3“ on the sheet of Bad Belzig.</summary>
    string Short(string name) => name.StartsWith(area.Name + ", ", StringComparison.Ordinal) ? name[(area.Name.Length + 2)..] : name;

    static Box OnPage(MapFrame frame, Geometry geometry)
    {
        var e = geometry.EnvelopeInternal;
        return new(frame.X(e.MinX), frame.Y(e.MaxY), frame.X(e.MaxX) - frame.X(e.MinX), frame.Y(e.MinY) - frame.Y(e.MaxY));
    }

    void Gaps(Surface s, MapFrame frame)
    {
        foreach (var group in gaps.GroupBy(g => legend.ShareIndex(g.Share * 100)).OrderBy(g => g.Key))
        {
            var symbol = legend.Shares[group.Key].Symbol;
            using var path = frame.Path(group.Select(g => g.Geometry));
            s.Fill(path, symbol.Fill!);
            if (symbol.Hatch is not null)
                s.Hatch(path, symbol.Hatch);
            // Where a 100 m cell is under 2 mm, a full outline would cover its class.
            s.Stroke(path, symbol.Outline, symbol.Width * (frame.Scale > 50_000 ? 0.3 : 0.75) * unit);
        }
    }

    static void Fill(Surface s, MapFrame frame, IEnumerable<Geometry> areas, string colour)
    {
        using var path = frame.Path(areas);
        s.Fill(path, colour);
    }

    void Stroke(Surface s, MapFrame frame, IEnumerable<Geometry> areas, Symbol symbol)
    {
        using var path = frame.Path(areas);
        s.Stroke(path, symbol.Outline, symbol.Width * unit, symbol.Dash?.Select(d => d * unit).ToList());
    }
}
