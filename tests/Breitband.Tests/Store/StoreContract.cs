using System.Text;
using Breitband.Store;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Tests.Store;

/// <summary>What every store must do. Each implementation runs these tests.</summary>
public abstract class StoreContract : IDisposable
{
    protected static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    protected abstract Breitband.Store.Store Open(string? county = null);

    public abstract void Dispose();

    internal static Edition Draft(Layer layer, string source = "test", string date = "2025-06-30") => new()
    {
        Dataset = new(layer.Name, source),
        Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture),
        File = "datei.shp",
        Sha256 = "abc",
        Options = "",
        Mapping = "test",
        SourceCrs = Crs.Stored,
        Licence = new("© Jemand", "dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"),
        Disclosure = Disclosure.Internal,
        Evidence = EvidenceKind.Mev,
        Complete = true,
        AbsentTechnologies = "other:100",
    };

    internal static Geometry Shape(string wkt)
    {
        var geometry = new WKTReader().Read(wkt);
        geometry.SRID = Crs.Stored;
        return geometry;
    }

    internal static Edition Import(Breitband.Store.Store store, Edition draft, IReadOnlyList<Field> columns, params Row[] rows)
    {
        using var writer = store.Begin(draft, columns);
        foreach (var row in rows)
            writer.Write(row);
        return writer.Commit("{}");
    }

    static readonly IReadOnlyList<Field> SettlementColumns = Layer.Settlements.Fields;

    internal static Row Settlement(string key, string name, string wkt = "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 0)))") => new(Shape(wkt), [key, "12069017", name]);

    [Fact]
    public void An_edition_comes_back_as_it_went_in()
    {
        using var store = Open();
        var edition = Import(store, Draft(Layer.Settlements), SettlementColumns, Settlement("1", "Groß Kreutz (Havel)"), new Row(null, ["2", null, "Päwesin"]));
        var live = Assert.Single(store.LiveEditions(Layer.Settlements));
        Assert.Equal(edition with { ImportedAt = live.ImportedAt }, live);
        Assert.Equal((2, 0, true, "other:100", EvidenceKind.Mev, Disclosure.Internal), (live.RowCount, live.RejectedCount, live.Complete, live.AbsentTechnologies, live.Evidence, live.Disclosure));
        var rows = store.Read(live).ToList();
        Assert.Equal(["1", "12069017", "Groß Kreutz (Havel)"], rows[0].Values);
        Assert.Equal("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 0)))", rows[0].Geometry!.AsText());
        Assert.Equal(Crs.Stored, rows[0].Geometry!.SRID);
        Assert.Equal([null, null], [rows[1].Geometry, rows[1].Values[1]]);
        Assert.Equal(["Groß Kreutz (Havel)", "1"], store.Read(live, [SettlementColumns[2], SettlementColumns[0]]).First().Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cursor_gives_what_rows_as_objects_give(bool asTheyLie)
    {
        using var store = Open();
        IReadOnlyList<Field> columns = Layer.Population.Fields;
        var width = columns.Count;
        Row Cell(string key, string? ags, double? inhabitants, string? wkt) =>
            new(wkt is null ? null : Shape(wkt), [.. columns.Select(object? (c) => c.Name switch { "key" => key, "ags" => ags, "inhabitants" => inhabitants, _ => null })]);
        var edition = Import(store, Draft(Layer.Population), columns,
            Cell("Köthen", "12069017", 2.5, "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))"), Cell("b", null, null, "POINT (3 4)"), Cell("c", "", 0, "POLYGON EMPTY"),
            Cell("d", "12069018", 1, "POLYGON ((0 0, 100 0, 0 100, 0 0))"), Cell("e", "12069017", -1, null), Cell("f", "x", 7, "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 0)))"));
        using var cursor = store.Scan(edition, columns, asTheyLie);
        var corners = new double[8];
        foreach (var row in store.Read(edition, columns))
        {
            Assert.True(cursor.Next());
            for (var i = 0; i < width; i++)
            {
                Assert.Equal(row.Values[i] is "" ? null : row.Values[i] as string, cursor.Text(i));
                Assert.Equal(Encoding.UTF8.GetBytes(row.Values[i] as string ?? ""), cursor.Utf8(i));
                if (columns[i].Kind == FieldKind.Real)
                    Assert.Equal((double?)row.Values[i], cursor.Number(i));
            }
            Assert.Equal(Encoding.UTF8.GetBytes((string)row.Values[0]!), cursor.Utf8(0));
            Assert.Equal((null, null, 0), (cursor.Text(-1), cursor.Number(-1), cursor.Utf8(-1).Length));
            Assert.Equal(row.Geometry is { IsEmpty: false } shape ? shape.AsText() : null, cursor.Geometry?.AsText());
            Assert.Equal(row.Geometry is Point, cursor.Point(out var x, out var y));
            Assert.Equal(row.Geometry is Point p ? (p.X, p.Y) : (0, 0), row.Geometry is Point ? (x, y) : (0, 0));
            Assert.Equal(row.Geometry is Polygon { NumPoints: 5 }, cursor.Quadrilateral(corners));
            if (row.Geometry is Polygon { NumPoints: 5 })
                Assert.Equal([0, 0, 100, 0, 100, 100, 0, 100], corners);
        }
        Assert.False(cursor.Next());
        Assert.True(cursor.InOrder);
    }

    [Theory]
    [InlineData("POINT (340000.25 5790000.75)")]
    [InlineData("LINESTRING (0 0, 1 1, 2 0)")]
    [InlineData("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1))")]
    [InlineData("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1)), ((20 0, 21 0, 21 1, 20 0)))")]
    [InlineData("MULTIPOINT ((1 2), (3 4))")]
    [InlineData("MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))")]
    [InlineData("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))")]
    public void Every_kind_of_geometry_survives(string wkt)
    {
        using var store = Open();
        var edition = Import(store, Draft(Layer.Facilities), Layer.Facilities.Fields, new Row(Shape(wkt), ["1", null, null, "school", 3L]));
        Assert.Equal(wkt, store.Read(edition).Single().Geometry!.AsText());
    }

    [Fact]
    public void Every_kind_of_value_survives_in_a_measure()
    {
        using var store = Open();
        var values = Layer.Measures.Fields.Select(f => (object?)(f.Kind switch
        {
            FieldKind.Date => new DateOnly(2026, 2, 28),
            FieldKind.Flag => true,
            FieldKind.Real => 12.5,
            FieldKind.Integer => 7L,
            _ => f.Name == "key" ? "M1" : "Straße „Süd“",
        })).ToArray();
        Import(store, Draft(Layer.Measures), Layer.Measures.Fields, new Row(Shape("POLYGON ((0 0, 1 0, 1 1, 0 0))"), values));
        Assert.Equal(values, store.Measures().Single().Values);
    }

    [Fact]
    public void Rows_are_found_by_their_texts_whatever_stands_in_them()
    {
        using var store = Open();
        string[] names = ["O'Hara \\ \"Weg\"", "Dorf", "Dorf", "Straße"];
        var edition = Import(store, Draft(Layer.Settlements), Layer.Settlements.Fields, [.. names.Select((n, i) => Settlement($"{i}", n))]);
        var name = Layer.Settlements.Find("name")!;
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), store.Texts(edition, name).Order(StringComparer.Ordinal));
        Assert.Equal(["0", "1", "2"], store.Read(edition, name, ["Dorf", names[0], "dorf", "'"]).Select(r => r.Values[0]));
        Assert.Empty(store.Read(edition, name, []));
        Assert.Empty(store.Read(edition, Layer.Addresses.Find("street")!, ["Dorf"])); // a field of another layer
    }

    [Fact]
    public void A_new_edition_replaces_only_its_own_dataset()
    {
        using var store = Open();
        Import(store, Draft(Layer.Settlements, "a", "2024-01-01"), SettlementColumns, Settlement("1", "alt"));
        Import(store, Draft(Layer.Settlements, "b", "2024-01-01"), SettlementColumns, Settlement("2", "anderer"));
        Import(store, Draft(Layer.Settlements, "a", "2025-01-01"), SettlementColumns, Settlement("1", "neu"));
        Assert.Equal(["anderer", "neu"], store.LiveEditions(Layer.Settlements).SelectMany(store.Read).Select(r => r.Values[2]));
        Assert.Equal([false, true, true], store.Editions().Select(e => e.Live));
    }

    [Fact]
    public void Rolling_back_brings_the_earlier_edition_and_forth_the_later()
    {
        using var store = Open();
        var first = Import(store, Draft(Layer.Settlements), SettlementColumns, Settlement("1", "alt"));
        var second = Import(store, Draft(Layer.Settlements), SettlementColumns, Settlement("1", "neu"));
        store.Rollback(first.Dataset, first.Number);
        Assert.Equal("alt", store.LiveEditions(Layer.Settlements).SelectMany(store.Read).Single().Values[2]);
        store.Rollback(first.Dataset, second.Number);
        Assert.Equal("neu", store.LiveEditions(Layer.Settlements).SelectMany(store.Read).Single().Values[2]);
        Assert.Empty(store.Check());
    }

    [Fact]
    public void A_writer_that_is_not_committed_leaves_no_trace()
    {
        using var store = Open();
        using (var writer = store.Begin(Draft(Layer.Settlements), SettlementColumns))
        {
            writer.Write(Settlement("1", "halb"));
            writer.Reject(new("datei.shp", 2, "2", new("kaputt", "broken"), null));
        }
        Assert.Empty(store.Editions());
        Assert.Empty(store.Check());
        Assert.Equal(1, Import(store, Draft(Layer.Settlements), SettlementColumns, Settlement("1", "ganz")).Number);
    }

    [Fact]
    public void Rejected_rows_keep_file_number_reason_and_geometry()
    {
        using var store = Open();
        using var writer = store.Begin(Draft(Layer.Settlements), SettlementColumns);
        writer.Write(Settlement("1", "gut"));
        writer.Reject(new("datei.shp", 17, "x", new("leere Fläche", "empty area"), Shape("POINT (1 2)")));
        var edition = writer.Commit("{}");
        var rejected = Assert.Single(store.Rejected(edition));
        Assert.Equal(("datei.shp", 17, "x", "leere Fläche", "POINT (1 2)"), (rejected.File, rejected.Number, rejected.Key, rejected.Reason.De, rejected.Geometry!.AsText()));
        Assert.Equal(1, edition.RejectedCount);
    }

    [Fact]
    public void Measures_are_records_with_a_history_and_no_import_is_undone()
    {
        using var store = Open();
        Row Measure(string state) => new(null, [.. Layer.Measures.Fields.Select(f => (object?)(f.Name switch { "key" => "M1", "title" => "Ausbau", "state" => state, _ => null }))]);
        Import(store, Draft(Layer.Measures), Layer.Measures.Fields, Measure("planning"));
        Import(store, Draft(Layer.Measures), Layer.Measures.Fields, Measure("planning"));
        var last = Import(store, Draft(Layer.Measures) with { File = Path.Combine(Path.GetTempPath(), "lieferung", "datei.shp") }, Layer.Measures.Fields, Measure("construction"));
        Assert.Equal("construction", store.Measures().Single().Values[3]);
        Assert.Equal(["create", "change"], store.MeasureHistory("M1").Select(c => c.What));
        Assert.Equal("Import test, datei.shp", store.MeasureHistory("M1")[1].Who); // it is printed on sheets, where nobody's folders belong
        Assert.Equal(Outcome.InputRefused, Assert.Throws<BreitbandException>(() => store.Rollback(last.Dataset, 1)).Outcome);
    }

    static MeasureEdit Edit(int expected, string? state, string? wkt = null, string who = "Frau Muster") => new("M1", expected, state is null ? null
        : new(wkt is null ? null : Shape(wkt), [.. Layer.Measures.Fields.Select(f => (object?)(f.Name switch { "key" => "M1", "title" => "Ausbau", "state" => state, "cost" => 12.5, _ => null }))]), who);

    [Fact]
    public void A_change_of_a_measure_is_kept_with_who_and_what_until_it_is_deleted_and_made_again()
    {
        using var store = Open();
        Assert.Equal(1, store.ChangeMeasure(Edit(0, "planning", "POLYGON ((0 0, 1 0, 1 1, 0 0))")));
        Assert.Equal(2, store.ChangeMeasure(Edit(1, "construction", who: "Herr Beispiel")));
        Assert.Null(store.Measures().Single().Geometry);
        Assert.Equal(3, store.ChangeMeasure(Edit(2, null)));
        Assert.Empty(store.Measures());
        Assert.Equal(4, store.ChangeMeasure(Edit(3, "idea", "LINESTRING (0 0, 5 5)")));
        Assert.Equal("LINESTRING (0 0, 5 5)", store.Measures().Single().Geometry!.AsText());
        Assert.Equal([("create", "Frau Muster"), ("change", "Herr Beispiel"), ("delete", "Frau Muster"), ("create", "Frau Muster")], store.MeasureHistory("M1").Select(c => (c.What, c.Who)));
        Assert.Equal("construction", store.MeasureHistory("M1")[1].Values["state"]?.ToString());
        Assert.Equal(4, store.MeasureVersions()["M1"]);
        Assert.Empty(store.Check());
    }

    [Theory]
    [InlineData(0, "planning")]
    [InlineData(1, null)]
    [InlineData(3, "planning")]
    public void A_change_made_on_another_version_is_refused_and_changes_nothing(int seen, string? state)
    {
        using var store = Open();
        store.ChangeMeasure(Edit(0, "idea"));
        store.ChangeMeasure(Edit(1, "selection", who: "Herr Beispiel"));
        var refusal = Assert.Throws<BreitbandException>(() => store.ChangeMeasure(Edit(seen, state)));
        Assert.Equal(Outcome.InputRefused, refusal.Outcome);
        Assert.Contains("Herr Beispiel", refusal.Text.De, StringComparison.Ordinal);
        Assert.Contains("Version 2", refusal.Text.De, StringComparison.Ordinal);
        Assert.Equal("selection", store.Measures().Single().Values[3]);
        Assert.Equal(2, store.MeasureHistory("M1").Count);
    }

    [Fact]
    public void An_import_brings_a_deleted_measure_back_and_the_history_says_so()
    {
        using var store = Open();
        Import(store, Draft(Layer.Measures), Layer.Measures.Fields, Edit(0, "idea").Record!.Value);
        store.ChangeMeasure(Edit(1, null));
        Import(store, Draft(Layer.Measures), Layer.Measures.Fields, Edit(0, "idea").Record!.Value);
        Assert.Equal("idea", store.Measures().Single().Values[3]);
        Assert.Equal(["create", "delete", "create"], store.MeasureHistory("M1").Select(c => c.What));
    }

    [Fact]
    public void Every_change_is_written_down_with_who_made_it_and_goes_along_into_another_store()
    {
        using var store = Open();
        store.By = new("Frau Muster", "editor", "10.0.0.7");
        var first = Import(store, Draft(Layer.Settlements), SettlementColumns, Settlement("1", "alt"));
        using (var given = store.Begin(Draft(Layer.Settlements), SettlementColumns))
            given.Write(Settlement("1", "aufgegeben"));
        Import(store, Draft(Layer.Settlements), SettlementColumns, Settlement("1", "neu"));
        store.Rollback(first.Dataset, first.Number);
        store.ChangeMeasure(Edit(0, "planning", who: "Herr Beispiel"));
        Assert.Throws<BreitbandException>(() => store.ChangeMeasure(Edit(0, "idea")));
        store.SaveRun(new("run1", DateTime.UtcNow, "{}", "{}"), []);
        Import(store, Draft(Layer.Measures), Layer.Measures.Fields, Edit(0, "construction").Record!.Value);
        Assert.Equal(
        [
            ("Frau Muster", "import", "settlements:test 1, datei.shp"), ("Frau Muster", "import", "settlements:test 2, datei.shp"), ("Frau Muster", "edition.live", "settlements:test 1, datei.shp"),
            ("Herr Beispiel", "measure.create", "M1"), ("Frau Muster", "analyse", "run1"), ("Frau Muster", "measure.change", "M1"), ("Frau Muster", "import", "measures:test 3, datei.shp"),
        ], store.Audit().Reverse().Select(e => (e.Who, e.Action, e.Subject)));
        Assert.All(store.Audit(), e => Assert.Equal(("editor", "10.0.0.7"), (e.Role, e.Origin)));
        Assert.All(store.Audit(), e => Assert.InRange(e.At.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1)));
        Assert.Equal("import", Assert.Single(store.Audit(1)).Action);

        using var folder = new TemporaryFolder();
        using var copy = Breitband.Store.Store.Open(folder.File("kopie.gpkg"), OpenMode.Create);
        StoreCopy.Run(store, copy);
        Assert.Equal(store.Audit().Select(e => e with { At = default }), copy.Audit().Skip(1).Select(e => e with { At = default }));
        Assert.Equal(("copy", store.Location, Environment.UserName), (copy.Audit(1)[0].Action, copy.Audit(1)[0].Subject, copy.Audit(1)[0].Who));
        using var again = Breitband.Store.Store.Open(folder.File("nochmal.gpkg"), OpenMode.Create);
        StoreCopy.Run(copy, again);
        Assert.Equal(9, again.Audit().Count);
    }

    [Fact]
    public void Several_threads_read_one_store_at_once_and_each_gets_its_own_rows()
    {
        using var store = Open();
        string[] names = ["Groß Kreutz (Havel)", "Päwesin", "Seddiner See", "Wusterwitz"];
        var editions = names.Select(n => Import(store, Draft(Layer.Settlements, n[..4]), SettlementColumns, Settlement("1", n), Settlement("2", n))).ToArray();
        Parallel.For(0, 2_000, i => Assert.Equal([names[i % 4], names[i % 4]], store.Read(editions[i % 4]).Select(r => r.Values[2])));
    }

    [Fact]
    public void Results_are_replaced_and_runs_are_kept()
    {
        using var store = Open();
        Assert.Empty(store.ReadResult(Layer.GapAreas));
        Row Gap(string key) => new(Shape("POLYGON ((0 0, 1 0, 1 1, 0 0))"), [key, "12069017", null, false, "cells", 50.0, 3.0, 1.0, "r"]);
        store.SaveRun(new("run1", DateTime.UtcNow, "{}", "{1}"), [(Layer.GapAreas, [Gap("a"), Gap("b")])]);
        store.SaveRun(new("run2", DateTime.UtcNow, "{}", "{2}"), [(Layer.GapAreas, [Gap("c")])]);
        Assert.Equal(["c"], store.ReadResult(Layer.GapAreas).Select(r => r.Values[0]));
        Assert.Equal(["c"], store.ReadResult(Layer.GapAreas, new(0, 5, 0, 5)).Select(r => r.Values[0]));
        Assert.Empty(store.ReadResult(Layer.GapAreas, new(2e6, 3e6, 2e6, 3e6)));
        Assert.Equal([("run2", "{2}"), ("run1", "")], store.Runs().Select(r => (r.Id, r.Summary)));
        Assert.Empty(store.Check());
    }
}
