namespace Breitband.Demo;

/// <summary>
/// A technology on the line of a municipality's households, 0 to 100 percent from the best to the worst supplied: spans, each with the highest
/// class it reaches.
/// </summary>
sealed class Spans
{
    readonly List<(double From, double To, int Top)> spans = [];

    public IReadOnlyList<(double From, double To, int Top)> All => spans;

    public void Add(double from, double to, int top)
    {
        if (to - from > 1e-9)
            spans.Add((from, to, top));
    }

    /// <summary>The stretches of a range that hold no span of this technology, ascending.</summary>
    public List<(double From, double To)> Free(double from, double to)
    {
        var free = new List<(double From, double To)>();
        foreach (var (start, end, _) in spans.OrderBy(s => s.From))
        {
            if (start > from + 1e-9 && from < to)
                free.Add((from, Math.Min(start, to)));
            from = Math.Max(from, end);
        }
        if (from < to - 1e-9)
            free.Add((from, to));
        return free;
    }

    /// <summary>The parts of a range that reach a class.</summary>
    public IEnumerable<(double From, double To)> Reaching(int index, double from, double to) =>
        spans.Where(s => s.Top >= index && s.To > from && s.From < to).Select(s => (Math.Max(s.From, from), Math.Min(s.To, to)));
}
