namespace Breitband.Service.Features;

/// <summary>
/// A packed R-tree over rows in their order: sixteen neighbours to a node, so a node stands for a run of rows and needs no pointers. Built
/// over rows sorted along a Hilbert curve, neighbours in the list are neighbours on the map.
/// </summary>
sealed class BoxTree
{
    const int Fanout = 16;

    readonly List<Box[]> levels = [];

    public BoxTree(Box[] rows)
    {
        levels.Add(rows);
        while (levels[^1].Length > 1)
            levels.Add(Above(levels[^1]));
    }

    public Box this[int row] => levels[0][row];

    /// <summary>Around everything; empty when nothing has a place.</summary>
    public Box Extent => levels[^1] is [var root] ? root : Box.Empty;

    public long Size => levels.Sum(l => l.Length * 16L);

    static Box[] Above(Box[] below)
    {
        var above = new Box[(below.Length + Fanout - 1) / Fanout];
        Array.Fill(above, Box.Empty);
        for (var i = 0; i < below.Length; i++)
            above[i / Fanout] = above[i / Fanout].And(below[i]);
        return above;
    }

    /// <summary>
    /// Runs of rows whose boxes meet the box, ascending. Inside: the boxes lie wholly in it, so whatever they hold does too, except for
    /// rows without a place, whose empty box vanishes in that around it.
    /// </summary>
    public IEnumerable<(int From, int To, bool Inside)> Search(Box box)
    {
        var (level, node) = (levels.Count - 1, 0);
        while (level < levels.Count && node < levels[level].Length)
        {
            var here = levels[level][node];
            if (!here.Intersects(box))
            {
                (level, node) = Next(level, node);
                continue;
            }
            var inside = here.Within(box);
            if (inside || level == 0)
            {
                var width = Width(level);
                yield return ((int)(node * width), (int)Math.Min((node + 1) * width, levels[0].Length), inside);
                (level, node) = Next(level, node);
            }
            else
                (level, node) = (level - 1, node * Fanout);
        }
    }

    /// <summary>The next node that is not below this one: its neighbour, or that of the last parent that has one.</summary>
    (int Level, int Node) Next(int level, int node)
    {
        node++;
        while (level < levels.Count && (node % Fanout == 0 || node >= levels[level].Length))
        {
            if (level == levels.Count - 1)
                return (levels.Count, 0);
            // Past the last child: on to the node after the parent.
            (level, node) = (level + 1, (node - 1) / Fanout + 1);
        }
        return (level, node);
    }

    static long Width(int level) => 1L << (4 * level);
}
