using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>A name that should stand in or beside its area.</summary>
/// <param name="Beside">True for small areas that the name should not cover.</param>
sealed record LabelWish(string Name, TypeStyle Style, Geometry Area, bool Beside = false);

/// <param name="Leader">Where a line leads from the label to its area; null when the label touches it.</param>
sealed record Label(LabelWish Wish, IReadOnlyList<string> Lines, Box Box, (double X, double Y)? Leader, double Cost);

/// <summary>
/// Puts names on a map so that none touches another or is cut off: every name tries places in and around its area, the least cost wins,
/// names with the least room choose first, then all choose again among the others.
/// </summary>
sealed class Labels(MapFrame frame, IReadOnlyList<Box> blocked, IReadOnlyList<Box> avoided)
{
    const double Padding = 0.4;

    // From west to east, so that a box is compared with its neighbours only.
    readonly Box[] avoided = [.. avoided.OrderBy(b => b.Left)];
    readonly double[] lefts = [.. avoided.Select(b => b.Left).Order()];
    readonly double widest = avoided.Select(b => b.Width).DefaultIfEmpty().Max();

    public IReadOnlyList<Label> Place(IReadOnlyList<LabelWish> wishes)
    {
        var searches = wishes.Select(w => new Search(frame, w)).OrderBy(s => s.Room).ToList();
        var placed = new Label?[searches.Count];
        for (var pass = 0; pass < 3; pass++)
            for (var i = 0; i < searches.Count; i++)
            {
                var others = placed.Where((_, j) => j != i).OfType<Label>().Select(l => l.Box).Concat(blocked).ToList();
                placed[i] = Best(searches[i], others, placed[i]) ?? placed[i];
            }
        return [.. placed.OfType<Label>()];
    }

    /// <summary>The cheapest free place, no dearer than the one it has; searched ever further away until one is found.</summary>
    Label? Best(Search search, List<Box> others, Label? best)
    {
        var room = frame.Box.Inset(1);
        foreach (var reach in new[] { 3.0, 12, 30, 80 })
        {
            foreach (var (lines, box) in search.Candidates(reach))
            {
                // Cheap tests first: this loop is what a sheet spends its time in.
                var most = best?.Cost ?? double.MaxValue;
                var cost = Distance(search, box) + 2 * (lines.Count - 1);
                if (cost >= most || !room.Contains(box) || Touches(others, box))
                    continue;
                cost += 1.5 * Covered(box);
                if (cost < most && cost + (search.Wish.Beside ? 0 : 30 * (1 - search.Inside(box))) is var whole && whole < most)
                    best = new(search.Wish, lines, box, null, whole);
            }
            if (best is not null)
                return best with { Leader = search.Near(best.Box) ? null : search.Anchor };
        }
        return null;
    }

    static double Distance(Search search, Box box) => Math.Sqrt(Math.Pow(box.MidX - search.Anchor.X, 2) + Math.Pow(box.MidY - search.Anchor.Y, 2));

    static bool Touches(List<Box> others, Box box)
    {
        foreach (var other in others)
            if (other.Overlap(box) > 0)
                return true;
        return false;
    }

    double Covered(Box box)
    {
        var sum = 0.0;
        var first = Array.BinarySearch(lefts, box.Left - widest);
        for (var i = first < 0 ? ~first : first; i < lefts.Length && lefts[i] < box.Right; i++)
            sum += avoided[i].Overlap(box);
        return sum;
    }

    sealed class Search
    {
        readonly MapFrame frame;
        readonly IndexedPointInAreaLocator locator;
        readonly List<(IReadOnlyList<string> Lines, double Width, double Height)> forms;
        readonly Box area;

        public Search(MapFrame frame, LabelWish wish)
        {
            (this.frame, Wish) = (frame, wish);
            locator = new IndexedPointInAreaLocator(wish.Area);
            var middle = wish.Area.Centroid.Coordinate;
            if (locator.Locate(middle) != Location.Interior)
                middle = wish.Area.InteriorPoint.Coordinate;
            Anchor = (frame.X(middle.X), frame.Y(middle.Y));
            var extent = wish.Area.EnvelopeInternal;
            area = new(frame.X(extent.MinX), frame.Y(extent.MaxY), frame.X(extent.MaxX) - frame.X(extent.MinX), frame.Y(extent.MinY) - frame.Y(extent.MaxY));
            forms = [.. Forms(wish.Name).Select(lines => (lines, lines.Max(l => Fonts.Width(l, wish.Style)) + 2 * Padding, lines.Count * wish.Style.Millimetres * 1.15 + Padding))];
        }

        public LabelWish Wish { get; }

        public (double X, double Y) Anchor { get; }

        public double Room => area.Width * area.Height / forms[0].Width;

        public IEnumerable<(IReadOnlyList<string> Lines, Box Box)> Candidates(double reach)
        {
            var step = Math.Max(1, Math.Max(area.Width, area.Height) / 24);
            foreach (var (lines, width, height) in forms)
            {
                yield return (lines, new(Anchor.X - width / 2, Anchor.Y - height / 2, width, height));
                for (var y = area.Top - height / 2 - reach; y <= area.Bottom + reach - height / 2; y += step)
                    for (var x = area.Left - width / 2 - reach; x <= area.Right + reach - width / 2; x += step)
                        yield return (lines, new(x, y, width, height));
            }
        }

        /// <summary>A box that lies on its area, or beside a small one, needs no line to it.</summary>
        public bool Near(Box box) => Wish.Beside ? area.Inset(-2).Overlap(box) > 0 : Inside(box) > 0;

        /// <summary>How much of a box lies within the area, 0 to 1, by ten points.</summary>
        public double Inside(Box box)
        {
            var inside = 0;
            for (var row = 0; row < 2; row++)
                for (var column = 0; column < 5; column++)
                    if (locator.Locate(frame.World(box.Left + box.Width * column / 4, box.Top + box.Height * (row == 0 ? 0.15 : 0.85))) != Location.Exterior)
                        inside++;
            return inside / 10.0;
        }

        /// <summary>A name in one line, and in two where it has a place to break.</summary>
        static IEnumerable<IReadOnlyList<string>> Forms(string name)
        {
            yield return [name];
            var breaks = Enumerable.Range(2, Math.Max(0, name.Length - 4)).Where(i => name[i - 1] is ' ' or '/' or '-').ToList();
            if (breaks.Count == 0 || name.Length < 10)
                yield break;
            var at = breaks.MinBy(i => Math.Abs(2 * i - name.Length));
            yield return [name[..at].TrimEnd(), name[at..]];
        }
    }
}
