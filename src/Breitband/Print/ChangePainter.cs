namespace Breitband.Print;

/// <summary>Draws what became of municipalities, settlements and the evidence's own areas between two editions, in the classes of the web map.</summary>
sealed class ChangePainter(Comparison comparison, IReadOnlySet<string> groups)
{
    readonly Legend legend = Legend.Default;
    readonly Dictionary<(AreaLevel, string), ChangeRow> rows = comparison.Rows.ToDictionary(r => (r.Level, r.Key));

    /// <summary>Areas of the evidence; published figures of whole municipalities have no other than those.</summary>
    readonly List<ChangeArea> areas = [.. comparison.Areas.Where(a => a.Geometry is { IsEmpty: false } && comparison.Row(AreaLevel.Municipality, a.Key) is null)];

    /// <summary>What is drawn of the evidence in an extent.</summary>
    public IReadOnlyList<ChangeArea> Areas(MapFrame frame) => !groups.Contains("change-area") ? [] : [.. areas.Where(a => a.Geometry!.EnvelopeInternal.Intersects(frame.Extent))];

    /// <summary>Percentage points of a place; null where one of the editions does not know it, or without households.</summary>
    public double? Points(AreaResult area) => rows.GetValueOrDefault((area.Level, area.Key))?.Points;

    /// <summary>Whether municipalities have a class: where single cells are drawn, it would be theirs.</summary>
    public bool Municipalities => groups.Contains("change-share") && !groups.Contains("change-area");

    /// <param name="settlements">Empty where they are too small or not for every reader.</param>
    public void Draw(Surface s, MapFrame frame, IEnumerable<AreaResult> municipalities, IEnumerable<AreaResult> settlements)
    {
        if (Municipalities)
            Shares(s, frame, municipalities);
        if (groups.Contains("change-share"))
            Shares(s, frame, settlements);
        foreach (var group in Areas(frame).GroupBy(a => legend.Changes.First(c => c.Key == a.Kind.Code())))
        {
            ViewPainter.Fill(s, frame, group.Select(a => a.Geometry!), group.Key);
            using var path = frame.Path(group.Select(a => a.Geometry!));
            s.Stroke(path, group.Key.Outline, group.Key.Width * (frame.Scale > 50_000 ? 0.3 : 0.75));
        }
    }

    void Shares(Surface s, MapFrame frame, IEnumerable<AreaResult> places)
    {
        foreach (var group in places.GroupBy(p => Points(p) is { } points ? legend.Change(points) : legend.NoHouseholds))
            ViewPainter.Fill(s, frame, group.Select(p => p.Geometry!), group.Key);
    }
}
