using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>Draws a part of the map with the layers asked for, in the order of the web map.</summary>
sealed class ViewPainter(GapResult result, PrintedView view, CircleScale circles, Backdrop backdrop, double unit, Language language)
{
    /// <summary>Names of settlements from this scale on, of municipalities up to that.</summary>
    const int SettlementNames = 100_000, MunicipalityNames = 30_000;

    /// <summary>Settlements have a class of their own from this scale on: smaller, they are dots.</summary>
    const int SettlementShares = 200_000;

    readonly Legend legend = Legend.Default;

    /// <summary>What became of places, in the stead of their shares; null on a map of shares.</summary>
    public ChangePainter? Changes { get; init; }

    public void Draw(Surface s, MapFrame frame)
    {
        var (municipalities, settlements) = (Within(AreaLevel.Municipality, frame), Within(AreaLevel.Settlement, frame));
        if (Shows("ground"))
            backdrop.Draw(s, frame, unit, lines: false);
        if (Shows("settlement"))
            Fill(s, frame, Outlines(settlements), legend.Settlement);
        if (Shows("municipality-share"))
            Shares(s, frame, municipalities);
        if (Shows("municipality-share") && !Shows("gap") && HasSettlements(view, frame))
            Shares(s, frame, settlements);
        if (Shows("gap"))
            Gaps(s, frame);
        Changes?.Draw(s, frame, municipalities, HasSettlements(view, frame) ? settlements : []);
        Outline(s, frame, Of("supply"), legend.Network);
        if (Shows("ground"))
            backdrop.Draw(s, frame, unit, lines: true);
        if (Shows("settlement"))
            Outline(s, frame, Outlines(settlements), legend.Settlement);
        if (Shows("border"))
            Outline(s, frame, Outlines(municipalities), legend.Municipality with { Width = 0.35 });
        foreach (var group in view.Measures.GroupBy(m => legend.Measure(m.Measure.State)))
            Outline(s, frame, group.Select(m => m.Area), group.Key);
        Points(s, frame);
        var dots = Circles(frame, settlements);
        foreach (var (x, y, radius) in dots)
            s.Circle(x, y, radius, legend.Circle.Fill, legend.Circle.Outline, legend.Circle.Width * unit);
        var blocked = MapMarks.Corners(s, frame, [.. Outlines(municipalities)], unit, result.Synthetic, language);
        if (Shows("name"))
            MapMarks.Names(s, new Labels(frame, blocked, [.. dots.Where(d => d.Radius > 0.6 * unit).Select(d => new Box(d.X - d.Radius, d.Y - d.Radius, 2 * d.Radius, 2 * d.Radius))])
                .Place([.. Wishes(frame, municipalities, settlements)]), unit);
    }

    /// <summary>Whether settlements have a class of their own: not so small that they are dots, and for this reader.</summary>
    public static bool HasSettlements(PrintedView view, MapFrame frame) => view.Withheld is null && frame.Scale <= SettlementShares;

    bool Shows(string group) => view.Groups.Contains(group);

    List<AreaResult> Within(AreaLevel level, MapFrame frame) => [.. result.Rows.Where(r => r.Level == level && r.Geometry is { IsEmpty: false } g && g.EnvelopeInternal.Intersects(frame.Extent))];

    static IEnumerable<Geometry> Outlines(IEnumerable<AreaResult> areas) => areas.Select(a => a.Geometry!);

    IEnumerable<Geometry> Of(string group) => view.Features.Where(f => f.Group == group).Select(f => f.Geometry);

    internal static void Fill(Surface s, MapFrame frame, IEnumerable<Geometry> areas, Symbol symbol)
    {
        using var path = frame.Path(areas);
        s.Fill(path, symbol.Fill!);
        if (symbol.Hatch is not null)
            s.Hatch(path, symbol.Hatch);
    }

    void Outline(Surface s, MapFrame frame, IEnumerable<Geometry> areas, Symbol symbol)
    {
        using var path = frame.Path(areas);
        s.Stroke(path, symbol.Outline, symbol.Width * unit, symbol.Dash?.Select(d => d * unit).ToList());
    }

    void Shares(Surface s, MapFrame frame, List<AreaResult> areas)
    {
        foreach (var group in areas.GroupBy(m => legend.Share(m.Households.Percent(m.Households.Open))))
            Fill(s, frame, Outlines(group), group.Key);
        using var unclear = frame.Path(Outlines(areas.Where(m => legend.IsMostlyUnclear(m.Households))));
        s.Hatch(unclear, legend.MostlyUnclear.Symbol.Hatch!);
    }

    void Gaps(Surface s, MapFrame frame)
    {
        foreach (var group in result.GapAreas.Where(g => g.Geometry.EnvelopeInternal.Intersects(frame.Extent)).GroupBy(g => legend.ShareIndex(g.Share * 100)).OrderBy(g => g.Key))
        {
            var symbol = legend.Shares[group.Key].Symbol;
            Fill(s, frame, group.Select(g => g.Geometry), symbol);
            // Where a 100 m cell is under 2 mm, a full outline would cover its class.
            Outline(s, frame, group.Select(g => g.Geometry), symbol with { Width = symbol.Width * (frame.Scale > 50_000 ? 0.3 : 0.75) });
        }
    }

    void Points(Surface s, MapFrame frame)
    {
        foreach (var (group, symbol, radius) in new[] { ("address", legend.Address, 0.5), ("facility", legend.Facility, 1.1) })
            foreach (var middle in Of(group).Select(g => g.InteriorPoint))
                s.Circle(frame.X(middle.X), frame.Y(middle.Y), radius * unit, symbol.Fill, symbol.Outline, symbol.Width * unit);
    }

    IReadOnlyList<(double X, double Y, double Radius)> Circles(MapFrame frame, List<AreaResult> settlements) => !Shows("settlement-circle") ? [] :
    [
        .. from settlement in settlements
           where settlement.Households.Open > 0
           orderby settlement.Households.Open descending, settlement.Key
           let middle = settlement.Geometry!.InteriorPoint
           select (frame.X(middle.X), frame.Y(middle.Y), circles.Radius(settlement.Households.Open)),
    ];

    /// <summary>Municipalities by the part of them that is on the sheet.</summary>
    IEnumerable<LabelWish> Wishes(MapFrame frame, List<AreaResult> municipalities, List<AreaResult> settlements)
    {
        if (frame.Scale >= MunicipalityNames)
            foreach (var municipality in municipalities)
                if (Cut(municipality.Geometry!, frame) is { IsEmpty: false } part)
                    yield return new(municipality.Name, new TypeStyle(10 * unit, Bold: true), part);
        if (frame.Scale <= SettlementNames && view.Withheld is null)
            foreach (var settlement in settlements.Where(p => frame.Extent.Contains(p.Geometry!.EnvelopeInternal) && municipalities.TrueForAll(m => m.Name != p.Name || frame.Scale < MunicipalityNames)))
                yield return new(settlement.Name, new TypeStyle(9 * unit), settlement.Geometry!, Beside: settlement.Geometry!.EnvelopeInternal.Width * 1000 / frame.Scale < 15 * unit);
    }

    static Geometry Cut(Geometry area, MapFrame frame) => frame.Extent.Contains(area.EnvelopeInternal) ? area
        : NetTopologySuite.Operation.OverlayNG.OverlayNGRobust.Overlay(area, area.Factory.ToGeometry(frame.Extent), NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection);
}
