using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>
/// Which municipalities the difference between two states of a county touches. Rules look no further than a cell's diagonal: an address shares
/// its cell's households with the addresses in it, and cells of the two grids overlap. Places are kept in squares of 500 m, with one ring around.
/// </summary>
sealed class TouchedArea
{
    const double Square = 500;

    /// <summary>How far a changed row can matter, metres: two cell diagonals.</summary>
    const double Reach = 300;

    readonly HashSet<(int X, int Y)> squares;

    readonly County after;

    /// <summary>Where atlas cells, areas or answers differ: the edges of what is served may be others there.</summary>
    readonly IReadOnlyCollection<Envelope> evidence;

    TouchedArea(County after, IReadOnlySet<int> municipalities, IReadOnlyCollection<Envelope> evidence)
    {
        (this.after, Municipalities, this.evidence) = (after, municipalities, evidence);
        squares = Around(after, municipalities);
    }

    public IReadOnlySet<int> Municipalities { get; }

    /// <summary>Null when the frame differs.</summary>
    /// <param name="measures">Measures that differ, in all their states.</param>
    /// <param name="rule">Only what is served has an edge.</param>
    public static TouchedArea? Between(County before, County after, IReadOnlyList<Measure> measures, ServedRule rule)
    {
        if (!SameFrame(before, after))
            return null;
        var areas = Different(before.Areas, after.Areas, Timeless).ToList();
        var answers = Different(before.AddressAnswers, after.AddressAnswers, Timeless).ToList();
        var (changed, own) = Changes(before, after, answers);
        var boxes = measures.Select(m => m.Area()?.EnvelopeInternal).OfType<Envelope>().Concat(Boxes(areas)).ToList();
        var listed = Listed(after, measures).ToList();
        var municipalities = own.Concat(Within(after, boxes)).Concat(listed.Select(a => a.Municipality)).Concat(DifferentShares(before, after)).ToHashSet();
        municipalities.UnionWith(Sharing(after, [.. boxes.Select(b => b.Copy()), .. listed.Select(a => new Envelope(new Coordinate(a.X, a.Y)))]));
        foreach (var county in changed.Count == 0 ? [] : new[] { before, after })
            foreach (var (x, y, municipality) in Places(county, changed.Contains))
                if (municipality >= 0 && changed.Contains(At(x, y)))
                    municipalities.Add(municipality);
        return new(after, municipalities,
        [
            .. DifferentCells(before.Cells, after.Cells).Select(c => At(c.X, c.Y)).Distinct().Select(s => Box(s, Reach)),
            .. Boxes(areas.Concat(answers).Where(o => rule.Judge(o.Offer) == Verdict.Served)),
        ]);
    }

    /// <summary>
    /// The same with the municipalities of those clusters to which the nearest supply may be another one now: something changed is no farther away.
    /// </summary>
    public TouchedArea With(IEnumerable<GapCluster> clusters)
    {
        if (evidence.Count == 0)
            return this;
        var near = clusters.Where(c => evidence.Any(e => e.Distance(c.Geometry.EnvelopeInternal) <= (c.Nearest ?? double.MaxValue)))
            .Select(c => c.Ags).ToHashSet(StringComparer.Ordinal);
        var all = Municipalities.Concat(Enumerable.Range(0, after.Municipalities.Count).Where(m => near.Contains(after.Municipalities[m].Ags))).ToHashSet();
        return all.Count == Municipalities.Count ? this : new(after, all, evidence);
    }

    /// <summary>The municipalities that some ground lies in; their demand may stand a little outside of them.</summary>
    static IEnumerable<int> Within(County county, List<Envelope> boxes)
    {
        for (var m = 0; m < county.Municipalities.Count && boxes.Count > 0; m++)
            if (county.Municipalities[m].Geometry?.EnvelopeInternal is { } home && boxes.Exists(home.Intersects))
                yield return m;
        foreach (var (x, y, municipality) in boxes.Count == 0 ? [] : Places(county, _ => false))
            if (municipality >= 0 && boxes.Exists(b => b.Contains(x, y)))
                yield return municipality;
    }

    /// <summary>The municipalities whose atlas cells may hold demand in these boxes that belongs to a neighbour: the cell's gap is its own municipality's.</summary>
    static IEnumerable<int> Sharing(County county, List<Envelope> boxes)
    {
        boxes.ForEach(b => b.ExpandBy(Neighbourhood.Meeting));
        foreach (var g in boxes.Count == 0 ? [] : county.Cells.Geometries)
            if (g is not null && boxes.Exists(b => b.Contains(g.EnvelopeInternal.Centre)) && Centre.Of(g) is { } middle && county.MunicipalityIndex.First(middle.X, middle.Y) is >= 0 and var municipality)
                yield return municipality;
    }

    /// <summary>The addresses that measures name.</summary>
    static IEnumerable<Address> Listed(County county, IReadOnlyList<Measure> measures)
    {
        var keys = measures.SelectMany(m => m.AddressKeys.Concat(m.RemovedKeys)).ToHashSet(StringComparer.Ordinal);
        foreach (var address in keys.Count == 0 ? [] : DemandBuilder.AddressesOf(county))
            if (address.Municipality >= 0 && address.Key is { } key && keys.Contains(key))
                yield return address;
    }

    /// <summary>The squares that hold what the municipalities stand on, with one ring around.</summary>
    static HashSet<(int X, int Y)> Around(County county, IReadOnlySet<int> municipalities)
    {
        var homes = municipalities.Select(m => county.Municipalities[m].Geometry?.EnvelopeInternal).OfType<Envelope>().ToList();
        var near = new HashSet<(int X, int Y)>();
        foreach (var (x, y, municipality) in municipalities.Count == 0 ? [] : Places(county, s => homes.Exists(h => h.Intersects(Box(s)))))
            if (municipalities.Contains(municipality))
                near.Add(At(x, y));
        return [.. near.SelectMany(s => from dx in Enumerable.Range(-1, 3) from dy in Enumerable.Range(-1, 3) select (s.X + dx, s.Y + dy))];
    }

    /// <summary>
    /// The county with no more than what the touched municipalities stand on; besides, a cell of either grid of every other municipality that has any, because
    /// the rules ask whether it has, and all addresses of those that share out their households for want of a grid.
    /// </summary>
    public County Clip(County county)
    {
        bool Near(double x, double y, int municipality) => Municipalities.Contains(municipality) || squares.Contains(At(x, y));

        bool IsNear(Geometry cell) => squares.Contains(At(cell.EnvelopeInternal.Centre.X, cell.EnvelopeInternal.Centre.Y));

        var (peopled, covered) = (new HashSet<int>(), new HashSet<int>());
        PopulationCell[] population = [.. county.Population.Where(p => peopled.Add(p.Municipality) | Near(p.X, p.Y, p.Municipality))];
        var cells = Enumerable.Range(0, county.Cells.Keys.Count)
            .Where(i => county.Cells.Geometries[i] is { } g && Centre.Of(g) is { } middle && (covered.Add(county.MunicipalityIndex.First(middle.X, middle.Y)) | IsNear(g))).ToArray();
        var shares = new ShareTable(cells.Length);
        for (var row = 0; row < cells.Length; row++)
            shares.Copy(row, county.Cells.Shares, cells[row]);
        T[] Of<T>(IReadOnlyList<T> list) => [.. cells.Select(i => list[i])];
        Address[] addresses = [.. DemandBuilder.AddressesOf(county).Where(a => Near(a.X, a.Y, a.Municipality) || !peopled.Contains(a.Municipality))];
        return county with
        {
            Population = population,
            Addresses = addresses,
            PublishedColumns = county.PublishedColumns,
            AddressAnswers = AnswersOf(county, addresses),
            Facilities = [.. county.Facilities.Where(f => Near(f.X, f.Y, f.Municipality))],
            Cells = new(Of(county.Cells.Keys), Of(county.Cells.Names), shares, Of(county.Cells.Geometries), Of(county.Cells.Editions)),
        };
    }

    /// <summary>The answers that speak of some of a county's addresses; whether one is known by its key is a question to all of them.</summary>
    static IReadOnlyList<ExactCoverage> AnswersOf(County county, Address[] addresses)
    {
        if (county.AddressAnswers.Count == 0)
            return county.AddressAnswers;
        var known = DemandBuilder.AddressesOf(county).Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        var names = addresses.SelectMany(a => new[] { a.Key, a.Text.Match }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. county.AddressAnswers.Where(a => names.Contains(ConsultationEvidence.NameOf(a, known)))];
    }

    static Envelope Box((int X, int Y) square, double margin = 0) =>
        new((square.X * Square) - margin, ((square.X + 1) * Square) + margin, (square.Y * Square) - margin, ((square.Y + 1) * Square) + margin);

    static (int X, int Y) At(double x, double y) => ((int)Math.Floor(x / Square), (int)Math.Floor(y / Square));

    /// <summary>Where demand and cells are, and whose. Demand comes whole; of the cells, whose municipality must be looked for, those in wanted squares.</summary>
    static IEnumerable<(double X, double Y, int Municipality)> Places(County county, Func<(int X, int Y), bool> wanted)
    {
        foreach (var (x, y, municipality) in DemandBuilder.AddressesOf(county).Select(a => (a.X, a.Y, a.Municipality)).Concat(county.Population.Select(p => (p.X, p.Y, p.Municipality))).Concat(county.Facilities.Select(f => (f.X, f.Y, f.Municipality))))
            yield return (x, y, municipality);
        foreach (var g in county.Cells.Geometries)
            if (g is not null && wanted(At(g.EnvelopeInternal.Centre.X, g.EnvelopeInternal.Centre.Y)) && Centre.Of(g) is { } middle)
                yield return (middle.X, middle.Y, county.MunicipalityIndex.First(middle.X, middle.Y));
    }

    /// <summary>What has no place of its own, or decides everywhere.</summary>
    static bool SameFrame(County a, County b) => a.Municipalities.SequenceEqual(b.Municipalities) && a.Settlements.SequenceEqual(b.Settlements)
        && a.Addresses.Count > 0 == b.Addresses.Count > 0 && (ReferenceEquals(a.Cells, b.Cells) && ReferenceEquals(a.MunicipalShares, b.MunicipalShares) || a.PublishedColumns.SequenceEqual(b.PublishedColumns))
        && (ReferenceEquals(a.Areas, b.Areas) || a.HasOwnAreas() == b.HasOwnAreas() && a.Areas.Any(x => x.Complete) == b.Areas.Any(x => x.Complete));

    /// <summary>Municipalities of which other shares are published.</summary>
    static IEnumerable<int> DifferentShares(County before, County after)
    {
        var (a, b) = (before.MunicipalShares, after.MunicipalShares);
        bool Same(string key)
        {
            int[] old = [.. Rows(a, key)], now = [.. Rows(b, key)];
            return old.Length == now.Length && old.Zip(now).All(p => a.Shares.Same(p.First, b.Shares, p.Second));
        }

        static IEnumerable<int> Rows(PublishedShares of, string key) => Enumerable.Range(0, of.Keys.Count).Where(i => of.Keys[i] == key);

        return ReferenceEquals(a, b) ? [] : Enumerable.Range(0, after.Municipalities.Count).Where(m => !Same(after.Municipalities[m].Ags));
    }

    static IEnumerable<Envelope> Boxes(IEnumerable<ExactCoverage> offers) => offers.Select(o => o.Geometry?.EnvelopeInternal).OfType<Envelope>();

    /// <summary>An offer without the number of its edition, which says nothing of it.</summary>
    static ExactCoverage Timeless(ExactCoverage offer) => offer with { Edition = 0 };

    /// <summary>The squares a changed row can matter in, and the municipalities changed rows belong to.</summary>
    static (HashSet<(int X, int Y)> Squares, List<int> Municipalities) Changes(County before, County after, List<ExactCoverage> answers)
    {
        var (squares, own) = (new HashSet<(int, int)>(), new List<int>());
        void Mark(double x, double y, int municipality)
        {
            var (low, high) = (At(x - Reach, y - Reach), At(x + Reach, y + Reach));
            for (var i = low.X; i <= high.X; i++)
                for (var j = low.Y; j <= high.Y; j++)
                    squares.Add((i, j));
            if (municipality >= 0)
                own.Add(municipality);
        }

        var moved = Different(DemandBuilder.AddressesOf(before), DemandBuilder.AddressesOf(after)).ToList();
        foreach (var a in moved.Concat(Answered(before, after, moved, answers)))
            Mark(a.X, a.Y, a.Municipality);
        foreach (var p in Different(before.Population, after.Population))
            Mark(p.X, p.Y, p.Municipality);
        foreach (var f in Different(before.Facilities, after.Facilities))
            Mark(f.X, f.Y, f.Municipality);
        foreach (var middle in DifferentCells(before.Cells, after.Cells))
            Mark(middle.X, middle.Y, after.MunicipalityIndex.First(middle.X, middle.Y));
        return (squares, own);
    }

    /// <summary>
    /// The addresses that changed answers may speak of. An answer is matched by its words where no address has its key: one that comes or goes
    /// changes that of every answer that names it.
    /// </summary>
    static IEnumerable<Address> Answered(County before, County after, List<Address> moved, List<ExactCoverage> answers)
    {
        var keys = moved.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        var renamed = keys.Count == 0 ? [] : before.AddressAnswers.Concat(after.AddressAnswers).Where(a => a.AddressKey is { } key && keys.Contains(key));
        var names = answers.Concat(renamed).SelectMany(a => new[] { a.AddressKey, a.Text?.Match, a.Key }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 ? [] : DemandBuilder.AddressesOf(before).Concat(DemandBuilder.AddressesOf(after)).Where(a => names.Contains(a.Key) || a.Text.Match is { } match && names.Contains(match));
    }

    /// <summary>Rows that one list has more often than the other.</summary>
    static IEnumerable<T> Different<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, Func<T, T>? plain = null) where T : class
    {
        var counts = new Dictionary<T, int>();
        if (ReferenceEquals(a, b))
            yield break; // a list nobody read anew
        foreach (var (list, step) in new[] { (a, 1), (b, -1) })
            foreach (var row in plain is null ? list : list.Select(plain))
                counts[row] = counts.GetValueOrDefault(row) + step;
        foreach (var (row, count) in counts)
            if (count != 0)
                yield return row;
    }

    static IEnumerable<Coordinate> DifferentCells(PublishedShares a, PublishedShares b)
    {
        ILookup<string, int> Of(PublishedShares s) => Enumerable.Range(0, s.Keys.Count).ToLookup(i => s.Keys[i], StringComparer.Ordinal);

        if (ReferenceEquals(a, b))
            yield break;
        var (before, after) = (Of(a), Of(b));
        foreach (var key in before.Select(g => g.Key).Union(after.Select(g => g.Key)))
        {
            int[] old = [.. before[key]], now = [.. after[key]];
            if (old.Length == now.Length && old.Zip(now).All(p => Equals(a.Geometries[p.First], b.Geometries[p.Second]) && a.Shares.Same(p.First, b.Shares, p.Second)))
                continue;
            foreach (var geometry in old.Select(i => a.Geometries[i]).Concat(now.Select(i => b.Geometries[i])))
                if (geometry is not null && Centre.Of(geometry) is { } middle)
                    yield return middle;
        }
    }
}
