using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>Reads a store's editions into a <see cref="County"/>.</summary>
public sealed class CountyReader
{
    readonly Store.Store store;
    readonly List<Edition> editions;
    readonly List<Phrase> notes = [];

    /// <summary>Room for as many rows is made before they come.</summary>
    const long Many = 4_000_000;

    /// <summary>In how many steps an edition is read beside another: some thousand rows each of a state's.</summary>
    const int Steps = 500;

    readonly Neighbourhood? near;
    readonly bool wordless;
    readonly County? before;

    CountyReader(Store.Store store, IReadOnlyList<int>? numbers, Neighbourhood? near = null, bool wordless = false, County? before = null)
    {
        (this.store, this.near, this.wordless, this.before) = (store, near, wordless, before);
        editions = [.. store.Editions().Where(e => numbers?.Contains(e.Number) ?? e.Live).OrderBy(e => e.Number)];
        if (numbers?.FirstOrDefault(n => editions.All(e => e.Number != n)) is > 0 and var missing)
            throw BreitbandException.Refused(
                $"Der Datenstand Nr. {missing} ist nicht mehr im Speicher; der Lauf lässt sich nicht wiederholen. Vorhanden: breitband editions",
                $"Edition no. {missing} is no longer in the store; the run cannot be repeated. See: breitband editions");
    }

    /// <param name="numbers">Edition numbers to use instead of the live ones.</param>
    public static County Read(Store.Store store, IReadOnlyList<int>? numbers) => new CountyReader(store, numbers).Read();

    /// <summary>The county of now, with what an earlier reading of the same store had already of the same editions; the very same lists.</summary>
    public static County ReadAgain(Store.Store store, County before)
    {
        var reader = new CountyReader(store, null, before: before);
        return reader.editions.Select(e => e.Number).SequenceEqual(before.Editions.Select(e => e.Number)) ? before with { Measures = Measures(store) } : reader.Read();
    }

    /// <summary>
    /// A county to compute figures from, not to look addresses up in: their words are left out where nothing is matched by them. They are most of what a
    /// register of addresses holds.
    /// </summary>
    public static County Figures(Store.Store store, IReadOnlyList<int>? numbers) => new CountyReader(store, numbers, wordless: true).Read();

    /// <summary>A county without the layers that take long to read: enough to find where a place is.</summary>
    internal static County Outline(Store.Store store, IReadOnlyList<int>? numbers) => new CountyReader(store, numbers, Neighbourhood.Nowhere).Read();

    /// <summary>An outline with what decides one place; everything about that place comes out as with the whole county.</summary>
    internal static County Around(Store.Store store, IReadOnlyList<int>? numbers, County outline, Neighbourhood near)
    {
        var reader = new CountyReader(store, numbers, near);
        return outline with
        {
            Population = reader.Populated(new MunicipalityFinder(outline.Municipalities)),
            Cells = reader.Published(Layer.CoverageCells),
            Areas = reader.Exact(Layer.CoverageAreas),
        };
    }

    /// <summary>A county with its addresses, or with those around a place.</summary>
    internal static County Addressed(Store.Store store, IReadOnlyList<int>? numbers, County county, Envelope? around) =>
        county with { Addresses = new CountyReader(store, numbers, around is null ? null : new(around, [])).Addresses(new MunicipalityFinder(county.Municipalities)) };

    /// <summary>A county with the addresses that have one of these texts in a field.</summary>
    internal static County Addressed(Store.Store store, IReadOnlyList<int>? numbers, County county, Field field, Func<Edition, IReadOnlyCollection<string>> texts) => county with
    {
        Addresses = new CountyReader(store, numbers).Addresses(new MunicipalityFinder(county.Municipalities), e => store.Read(e, field, texts(e))),
    };

    internal static IReadOnlyList<Edition> Editions(Store.Store store, IReadOnlyList<int>? numbers) => new CountyReader(store, numbers).editions;

    County Read()
    {
        var municipalities = Municipalities();
        if (municipalities.Count == 0)
            throw BreitbandException.Refused(
                "Es gibt noch keine Gemeinden im Speicher. Zuerst importieren, z. B.: breitband import data/vg250/vg250_gemeinden_pm.geojson --edition 2016-01-01",
                "There are no municipalities in the store yet. Import them first, e.g.: breitband import data/vg250/vg250_gemeinden_pm.geojson --edition 2016-01-01");
        var finder = new MunicipalityFinder(municipalities);
        // The two layers with a row for every house and cell come in turns: while one connection's rows are taken, the other's server goes on, and nobody
        // waits for every few of them.
        var addresses = Kept(b => b.Addresses, Layer.Municipalities, Layer.Addresses);
        var population = Kept(b => b.Population, Layer.Municipalities, Layer.Population);
        using var houses = Filling(finder, null).GetEnumerator();
        using var cells = Filling(finder).GetEnumerator();
        while (addresses is null || population is null)
        {
            if (addresses is null && houses.MoveNext())
                addresses = houses.Current;
            if (population is null && cells.MoveNext())
                population = cells.Current;
        }
        return new County
        {
            Key = store.County,
            Municipalities = municipalities,
            MunicipalityIndex = finder.Index,
            Settlements = Settlements(finder),
            Population = population,
            Addresses = addresses,
            Facilities = Sorted(Records(Layer.Facilities), r => r.Key, r => finder.Of(r) is >= 0 and var m && r.Geometry is { } g
                ? new Facility(r.Key, r.Text("name") ?? r.Key, m, g.InteriorPoint.X, g.InteriorPoint.Y, r.Number("businesses") ?? 1) { Kind = r.Text("category") ?? "" } : null),
            Cells = Published(Layer.CoverageCells),
            MunicipalShares = FormerShares.Carry(Published(Layer.CoverageMunicipalities), municipalities, notes),
            Areas = Kept(b => b.Areas, Layer.CoverageAreas) ?? Exact(Layer.CoverageAreas),
            AddressAnswers = Kept(b => b.AddressAnswers, Layer.CoverageAddresses) ?? Exact(Layer.CoverageAddresses),
            Measures = Measures(store),
            Editions = editions,
            Notes = notes,
        };
    }

    /// <summary>Merges the datasets of the layer by AGS: where two have the same field, the one with the later date wins.</summary>
    List<Municipality> Municipalities()
    {
        var merged = new SortedDictionary<string, Municipality>(StringComparer.Ordinal);
        foreach (var record in Records(Layer.Municipalities, e => e.Date))
        {
            var ags = record.Text("ags") ?? record.Key;
            var old = merged.GetValueOrDefault(ags) ?? new Municipality(ags, ags, null, null, null, null, null);
            merged[ags] = new Municipality(ags, record.Text("name") ?? old.Name, record.Text("amt") ?? old.Amt, record.Text("amt_name") ?? old.AmtName,
                record.Geometry ?? old.Geometry, record.Number("persons_per_household") ?? old.PersonsPerHousehold, record.Number("households") ?? old.Households);
        }
        return Carry(merged);
    }

    /// <summary>
    /// A municipality of an older edition that lies in one of the others today: its households are added up there, unless the successor has a
    /// figure of its own. Household sizes are not carried over: those of parts say nothing of the whole.
    /// </summary>
    List<Municipality> Carry(SortedDictionary<string, Municipality> merged)
    {
        var gone = merged.Keys.Select(k => (Old: k, Today: Successors.Default.Of(k))).Where(p => p.Today is not null && merged.ContainsKey(p.Today)).ToList();
        foreach (var group in gone.GroupBy(p => p.Today!))
        {
            var today = merged[group.Key];
            var households = group.Select(p => merged[p.Old].Households).ToList();
            merged[group.Key] = today with { Households = today.Households ?? (households.TrueForAll(h => h is not null) ? households.Sum() : null) };
            notes.Add(new($"{today.Name}: Frühere Gemeinden ({string.Join(", ", group.Select(p => merged[p.Old].Name))}) sind heute ein Teil davon und dort gezählt.",
                $"{today.Name}: former municipalities ({string.Join(", ", group.Select(p => merged[p.Old].Name))}) are part of it today and counted there."));
        }
        foreach (var (old, _) in gone)
            merged.Remove(old);
        return [.. merged.Values];
    }

    List<Settlement> Settlements(MunicipalityFinder finder) => Sorted(Records(Layer.Settlements), r => r.Key, r =>
        finder.Of(r) is >= 0 and var m && r.Geometry is { Dimension: Dimension.Surface } g ? new Settlement(r.Key, r.Text("name") ?? r.Key, m, g) : null);

    AddressTable Addresses(MunicipalityFinder finder, Func<Edition, IEnumerable<Row>>? some = null) => Filling(finder, some).Last()!;

    PopulationTable Populated(MunicipalityFinder finder) => Filling(finder).Last()!;

    IEnumerable<AddressTable?> Filling(MunicipalityFinder finder, Func<Edition, IEnumerable<Row>>? some)
    {
        string[]? wanted = wordless && !Of(Layer.CoverageAddresses).Any() ? ["key", "ags"] : null;
        return Filling(Layer.Addresses, wanted, some, n => new AddressTable(n), t => t.Sorted(), (_, index) =>
        {
            int At(string field) => index.GetValueOrDefault(field, -1);
            var (key, ags, street, number, suffix, postcode, place) = (At("key"), At("ags"), At("street"), At("number"), At("suffix"), At("postcode"), At("place"));
            return (table, row) =>
            {
                if (Place(row) is var (x, y) && finder.Of(row.Text(ags), x, y) is >= 0 and var m)
                    table.Add(Key(row, key), m, x, y, new(row.Text(street), row.Text(number), row.Text(suffix), row.Text(postcode), row.Text(place)));
            };
        });
    }

    IEnumerable<PopulationTable?> Filling(MunicipalityFinder finder) => Filling(Layer.Population, ["key", "ags", "inhabitants"], null, n => new PopulationTable(n), t => t.Sorted(), (_, index) =>
    {
        var (key, ags, inhabitants) = (index.GetValueOrDefault("key", -1), index.GetValueOrDefault("ags", -1), index.GetValueOrDefault("inhabitants", -1));
        var corners = new double[8];
        return (table, row) =>
        {
            if (row.Quadrilateral(corners) && Centre.Of(corners) is var (x, y))
            {
                if (finder.Of(row.Text(ags), x, y) is >= 0 and var m)
                    table.Add(Key(row, key), m, x, y, row.Number(inhabitants) ?? 0, corners, null);
            }
            else if (row.Geometry is { } g && Centre.Of(g) is { } middle && finder.Of(row.Text(ags), g, middle) is >= 0 and var m)
                table.Add(Key(row, key), m, middle.X, middle.Y, row.Number(inhabitants) ?? 0, [], g);
        };
    });

    static (double X, double Y)? Place(RowCursor row) => row.Point(out var x, out var y) ? (x, y) : row.Geometry is { } g ? (g.Coordinate.X, g.Coordinate.Y) : null;

    static ReadOnlySpan<byte> Key(RowCursor row, int column) => row.Utf8(column) is { IsEmpty: false } key ? key : throw Record.Keyless();

    /// <summary>
    /// A table of a layer's rows, those of one key as they were imported. So they mostly lie in the store, and are read as they lie; where somebody has
    /// changed rows since, once more in order. Nulls come between the steps in which it is filled.
    /// </summary>
    /// <param name="wanted">Fields, where not all are needed.</param>
    /// <param name="taking">What takes an edition's rows into the table, once the places of its fields are known.</param>
    IEnumerable<TTable?> Filling<TTable>(Layer layer, string[]? wanted, Func<Edition, IEnumerable<Row>>? some, Func<int, TTable> make, Func<TTable, TTable> sort,
        Func<Edition, Dictionary<string, int>, Action<TTable, RowCursor>> taking) where TTable : class
    {
        var (table, inOrder) = (default(TTable), false);
        for (var asTheyLie = true; !inOrder; asTheyLie = false)
        {
            (table, inOrder) = (make(some is null && near is null ? (int)Math.Min(Many, Of(layer).Sum(e => e.RowCount)) : 0), true);
            foreach (var edition in Of(layer))
            {
                var columns = store.Columns(edition);
                var few = some?.Invoke(edition) ?? near?.Rows(store, edition, Index(columns));
                if (few is null && wanted is not null)
                    columns = [.. columns.Where(c => wanted.Contains(c.Name))];
                var (take, step) = (taking(edition, Index(columns)), Math.Max(1, edition.RowCount / Steps));
                using var rows = few is null ? store.Scan(edition, columns, asTheyLie) : RowCursor.Over(few);
                for (var n = 1L; rows.Next(); n++)
                {
                    take(table, rows);
                    if (n % step == 0)
                        yield return null;
                }
                inOrder &= rows.InOrder || !asTheyLie;
            }
        }
        yield return sort(table!);
    }

    /// <summary>A list of the earlier reading, if the editions it was read from are still the same.</summary>
    T? Kept<T>(Func<County, T> list, params Layer[] layers) where T : class =>
        before is not null && layers.All(l => Of(l).Select(e => e.Number).SequenceEqual(before.Editions.Where(e => e.Dataset.Layer == l.Name).Select(e => e.Number))) ? list(before) : null;

    PublishedShares Published(Layer layer)
    {
        foreach (var edition in Of(layer).Where(e => e.AbsentTechnologies.Length > 0))
            notes.Add(new(
                $"{layer.German}, Stand {edition.Date:dd.MM.yyyy}: Nicht veröffentlicht und als nicht vorhanden angenommen sind {Absent(edition, Language.De)}. Begründung: Zuordnung „{edition.Mapping}“.",
                $"{layer.English}, {edition.Date:yyyy-MM-dd}: not published and assumed not to exist are {Absent(edition, Language.En)}. Reason: mapping \"{edition.Mapping}\"."));
        return layer == Layer.CoverageCells && Kept(b => b.Cells, layer) is { } cells ? cells : Shares(layer);
    }

    PublishedShares Shares(Layer layer) => Filling(layer, null, null, n => new SharesBuilder(n), t => t, (edition, index) =>
    {
        var (key, name) = (index.GetValueOrDefault("key", -1), index.GetValueOrDefault("name", -1));
        var shares = Enumerable.Range(0, ShareTable.Width).Select(c => index.GetValueOrDefault(ShareTable.FieldName(c), -1)).ToArray();
        var absent = AbsentFrom(edition).ToArray();
        return (builder, row) =>
        {
            var (table, at) = (builder.Table, builder.Add(row, Key(row, key), row.Text(name), edition.Number));
            for (var column = 0; column < shares.Length; column++)
                if (row.Number(shares[column]) is { } percent)
                    table.Set(at, column, percent / 100);
            foreach (var (technology, from) in absent)
                table.Assume(at, technology, from);
        };
    }).Last()!.Build();

    /// <summary>„other:100“ as the technology and the index of the class from which there is none.</summary>
    static IEnumerable<(Technology Technology, int Class)> AbsentFrom(Edition edition)
    {
        foreach (var absent in edition.AbsentTechnologies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (absent.Split(':') is [var name, var from] && Technologies.Parse(name) is { } technology && int.TryParse(from, out var mbit) && SpeedClass.AtOrAbove(mbit) is >= 0 and var index)
                yield return (technology, index);
    }

    /// <summary>„other:100“ as „sonstige Techniken ab 100 Mbit/s“.</summary>
    static string Absent(Edition edition, Language language) => string.Join(", ", edition.AbsentTechnologies.Split(',', StringSplitOptions.TrimEntries).Select(a => a.Split(':'))
        .Where(a => a.Length == 2).Select(a => $"{Technologies.Parse(a[0])?.Label().In(language) ?? a[0]} {(language == Language.De ? "ab" : "from")} {a[1]} Mbit/s"));

    List<ExactCoverage> Exact(Layer layer) => Sorted(Records(layer), r => $"{r.Edition.Dataset}/{r.Key}", r => new ExactCoverage(r.Key, r.Text("provider"),
        new Offer(Technologies.Parse(r.Text("technology")), r.Number("down"), r.Number("up")), r.Edition.Complete, r.Edition.Number, r.Geometry,
        r.Text("address_key"), layer == Layer.CoverageAddresses ? Words(r) : null));

    internal static List<Measure> Measures(Store.Store store) => [.. from row in store.Measures()
                                    let r = new Record(row, Index(Layer.Measures.Fields), null!)
                                    orderby r.Key, r.Text("title")
                                    select ToMeasure(r)];

    static Measure ToMeasure(Record r) => new()
    {
        Key = r.Key,
        Title = r.Text("title") ?? r.Key,
        State = MeasureState.Parse(r.Text("state")) ?? MeasureState.Find("idea"),
        MilestonePlan = r.Value("milestone_plan") is true,
        Consultation = r.Value("consultation") as DateOnly?,
        HorizonUntil = r.Value("horizon_until") as DateOnly?,
        Commissioning = r.Value("commissioning") as DateOnly?,
        Target = new Offer(Technologies.Parse(r.Text("technology")), r.Number("down"), r.Number("up")),
        Provider = r.Text("provider"),
        Cost = r.Number("cost"),
        ShareFederal = r.Number("share_federal"),
        ShareState = r.Number("share_state"),
        ShareCounty = r.Number("share_county"),
        Geometry = r.Geometry,
        Reach = r.Number("reach_m") is > 0 and var reach ? reach : null,
        AddressKeys = [.. Keys(r, "address_keys").Union(Keys(r, "added_keys"))],
        RemovedKeys = Keys(r, "removed_keys"),
    };

    static string[] Keys(Record r, string field) => r.Text(field)?.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    static AddressText Words(Record r) => new(r.Text("street"), r.Text("number"), r.Text("suffix"), r.Text("postcode"), r.Text("place"));

    IEnumerable<Edition> Of(Layer layer) => editions.Where(e => e.Dataset.Layer == layer.Name);

    IEnumerable<Record> Records(Layer layer, Func<Edition, DateOnly>? order = null)
    {
        foreach (var edition in order is null ? Of(layer) : Of(layer).OrderBy(order))
        {
            var columns = store.Columns(edition);
            var index = Index(columns);
            foreach (var row in Rows(edition, columns, index))
                yield return new Record(row, index, edition);
        }
    }

    IEnumerable<Row> Rows(Edition edition, IReadOnlyList<Field> columns, Dictionary<string, int> index) => near?.Rows(store, edition, index) ?? ReadAhead.Of(store.Read(edition, columns));

    static Dictionary<string, int> Index(IReadOnlyList<Field> columns) => columns.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i);

    /// <summary>In the order of the keys, as which suppliers mostly deliver them; rows of one key in that of the store.</summary>
    static List<TOut> Sorted<TOut>(IEnumerable<Record> records, Func<Record, string> key, Func<Record, TOut?> make) where TOut : class
    {
        var (keys, values, inOrder) = (new List<string>(), new List<TOut>(), true);
        foreach (var record in records)
            if (make(record) is { } value)
            {
                var next = key(record);
                inOrder = inOrder && (keys.Count == 0 || string.CompareOrdinal(keys[^1], next) <= 0);
                keys.Add(next);
                values.Add(value);
            }
        return inOrder ? values : [.. Enumerable.Range(0, keys.Count).OrderBy(i => keys[i], StringComparer.Ordinal).Select(i => values[i])];
    }
}

/// <summary>A stored row by field name; a column the edition does not have reads as null.</summary>
sealed record Record(Row Row, Dictionary<string, int> Columns, Edition Edition)
{
    public Geometry? Geometry => Row.Geometry is { IsEmpty: false } geometry ? geometry : null;

    public string Key => Text("key") ?? throw Keyless();

    public static InvalidDataException Keyless() => new("a stored row has no key");

    public object? Value(string field) => Columns.TryGetValue(field, out var i) ? Row.Values[i] : null;

    public string? Text(string field) => Text(Row, Columns.GetValueOrDefault(field, -1));

    public double? Number(string field) => Number(Row, Columns.GetValueOrDefault(field, -1));

    public static string? Text(Row row, int column) => column >= 0 && row.Values[column] is string { Length: > 0 } text ? text : null;

    public static double? Number(Row row, int column) => column < 0 ? null : row.Values[column] switch { double d => d, long l => l, _ => null };
}

/// <summary>Which municipality a row belongs to: its own AGS (or, of an older edition, its successor's) first, its geometry second; a boundary belongs to the lowest AGS.</summary>
sealed class MunicipalityFinder(IReadOnlyList<Municipality> municipalities)
{
    readonly Dictionary<string, int> byAgs = municipalities.Select((m, i) => (m.Ags, i)).ToDictionary(p => p.Ags, p => p.i);

    public PolygonIndex Index { get; } = new([.. municipalities.Select(m => m.Geometry)]);

    /// <summary>Index of the municipality, or -1 for a row of another county.</summary>
    public int Of(Record record) => Of(record.Text("ags"), record.Geometry);

    /// <param name="centre">The geometry's centroid where it is known.</param>
    public int Of(string? ags, Geometry? geometry, Coordinate? centre = null)
    {
        if (Named(ags) is { } named)
            return named;
        if (geometry is null)
            return -1;
        var point = geometry.Dimension == Dimension.Point ? geometry.Coordinate : Middle(geometry, centre);
        return Index.First(point.X, point.Y);
    }

    /// <summary>The same of what is a point, or a cell with this centre.</summary>
    public int Of(string? ags, double x, double y) => Named(ags) ?? Index.First(x, y);

    int? Named(string? ags) => ags is null ? null : byAgs.TryGetValue(ags, out var own) || Successors.Default.Of(ags) is { } today && byAgs.TryGetValue(today, out own) ? own : null;

    /// <summary>The midpoint of a cell; a point surely inside for shapes whose centre may lie outside.</summary>
    static Coordinate Middle(Geometry geometry, Coordinate? centre) => geometry.NumPoints <= 6 ? centre ?? Centre.Of(geometry)! : geometry.InteriorPoint.Coordinate;
}
