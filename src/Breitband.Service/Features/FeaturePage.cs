using Breitband.Service.Filter;

namespace Breitband.Service.Features;

/// <summary>The rows of one part of a collection: its snapshot, and the prefix that keeps ids of several datasets apart.</summary>
sealed record FeaturePart(FeatureTable Table, string Prefix, DateOnly? Date);

/// <summary>A page of features and how many there are in all.</summary>
/// <param name="Next">Where the next page begins; null on the last.</param>
sealed record FeaturePage(IReadOnlyList<(FeaturePart Part, int Row)> Features, long Matched, long? Next)
{
    public static FeaturePage Find(IReadOnlyList<FeaturePart> parts, FeatureQuery query)
    {
        var found = new List<(FeaturePart, int)>(Math.Min(query.Limit, 1024));
        var (matched, offset, next) = (0L, 0L, (long?)null);
        foreach (var part in parts)
        {
            foreach (var (from, to, sure) in Candidates(part, query))
                Take(part, from, to, sure);
            offset += part.Table.Count;
        }
        return new(found, matched, next);

        void Take(FeaturePart part, int from, int to, Func<int, bool>? test)
        {
            for (var row = from; row < to; row++)
            {
                if (test is null && (offset + row < query.After || next is not null))
                {
                    // Nothing left to look at in this run but how long it is.
                    var skip = next is not null ? to : (int)Math.Min(to, query.After - offset);
                    matched += skip - row;
                    row = skip - 1;
                    continue;
                }
                if (test is not null && !test(row))
                    continue;
                matched++;
                if (offset + row < query.After)
                    continue;
                if (found.Count < query.Limit)
                    found.Add((part, row));
                else
                    next ??= offset + row;
            }
        }
    }

    /// <summary>Runs of rows that may match, each with the test that decides; null when all of them do.</summary>
    static IEnumerable<(int From, int To, Func<int, bool>? Test)> Candidates(FeaturePart part, FeatureQuery query)
    {
        var table = part.Table;
        if (query.Period is { } period && part.Date is { } date && (date < period.From || date > period.To))
            yield break;
        var filter = query.Filter is null ? null : RowFilter.For(query.Filter, table);
        Func<int, bool>? matches = filter is null ? null : row => filter(row) == true;
        if (query.Area is null)
        {
            IEnumerable<(int From, int To, bool)> runs = query.Filter is not null && RowFilter.Bounds(query.Filter) is { } bounds ? table.Tree.Search(bounds) : [(0, table.Count, true)];
            foreach (var (from, to, _) in runs)
                yield return (from, to, matches);
            yield break;
        }
        foreach (var run in InArea(table, query.Area, matches))
            yield return run;
    }

    static IEnumerable<(int From, int To, Func<int, bool>? Test)> InArea(FeatureTable table, QueryArea area, Func<int, bool>? matches)
    {
        bool Meets(int row) => area.Meets(table.Shapes, row) && (matches is null || matches(row));

        // Rows without a place match every box, and a box may come in two halves: rare enough to look at each row.
        if (area.Boxes.Count > 1 || table.HasPlaceless)
        {
            yield return (0, table.Count, row => (table.Tree[row].IsEmpty || area.Boxes.Any(b => b.Intersects(table.Tree[row]))) && Meets(row));
            yield break;
        }
        foreach (var (from, to, inside) in table.Tree.Search(area.Boxes[0]))
            yield return (from, to, inside && area.Exact is null ? matches : Meets);
    }
}
