using Breitband.Store;

namespace Breitband.Tests.Store;

/// <summary>A county that began with a file goes on in PostGIS, and back: with all it had, or not at all.</summary>
public sealed class PostGisCopyTests(PostGisServer server) : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string database = server.NewDatabase();

    public void Dispose() => folder.Dispose();

    PostGisStore Shared() => PostGisStore.Open(database, OpenMode.Create);

    Breitband.Store.Store File(string name = "kreis.gpkg") => Breitband.Store.Store.Open(folder.File(name), OpenMode.Create);

    static Row Measure(string state) => new(StoreContract.Shape("POLYGON ((0 0, 1 0, 1 1, 0 0))"),
        [.. Layer.Measures.Fields.Select(f => (object?)(f.Name switch { "key" => "M1", "title" => "Ausbau", "state" => state, "cost" => 12.5, _ => null }))]);

    static void Import(Breitband.Store.Store store, string source, string name)
    {
        using var writer = store.Begin(StoreContract.Draft(Layer.Settlements, source), Layer.Settlements.Fields);
        writer.Write(StoreContract.Settlement("1", name));
        writer.Write(new(null, ["2", null, $"{name} ohne Ort"]));
        writer.Reject(new("datei.shp", 17, "x", new($"leere Fläche in {name}", "empty area"), StoreContract.Shape("POINT (1 2)")));
        writer.Reject(new("datei.shp", 18, null, new("keine Kennung", "no key"), null));
        writer.Commit($$"""{"report":"{{name}}"}""");
    }

    /// <summary>Two datasets, one with an earlier edition, a register with its history, runs and results.</summary>
    static void Fill(Breitband.Store.Store store)
    {
        store.By = new("Frau Muster", "editor", "10.0.0.7");
        Import(store, "a", "alt");
        Import(store, "a", "neu");
        Import(store, "b", "anderer");
        store.Rollback(new(Layer.Settlements.Name, "a"), 1);
        store.ChangeMeasure(new("M1", 0, Measure("planning"), "Herr Beispiel"));
        store.ChangeMeasure(new("M1", 1, Measure("construction"), "Frau Muster"));
        foreach (var run in (string[])["lauf1", "lauf2"])
            store.SaveRun(new(run, new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), """{"Editions":[1,3]}""", $$"""{"answer":"{{run}}"}"""),
                [(Layer.GapAreas, [new(StoreContract.Shape("POLYGON ((0 0, 1 0, 1 1, 0 0))"), [run, "12069017", null, false, "cells", 50.0, 3.0, 1.0, "r"])])]);
    }

    static string Text(Row row) => $"{row.Geometry?.AsText()} {string.Join('|', row.Values)}";

    /// <summary>All there is in a store. Times are kept to what both stores keep of them.</summary>
    static List<string> Content(Breitband.Store.Store store) =>
    [
        .. store.Editions().SelectMany(e => (string[])
        [
            $"{e with { ImportedAt = default }} {e.ImportedAt.ToUniversalTime():s} {string.Join(',', store.Columns(e).Select(c => c.Name))} {store.Report(e)}",
            .. store.Read(e).Select(Text), .. store.Rejected(e).Select(r => $"{r.File} {r.Number} {r.Key} {r.Reason} {r.Geometry?.AsText()}"),
        ]),
        .. store.Measures().Select(Text),
        .. store.MeasureHistory(null).Select(c => $"{c.At.ToUniversalTime():s} {c.Who} {c.What} {c.Key} {c.Geometry?.AsText()} {string.Join('|', c.Values.Where(v => v.Value is not null).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"))}"),
        .. store.Runs().Select(r => $"{r.Id} {r.At.ToUniversalTime():s} {r.Parameters} {r.Summary}"),
        .. store.ReadResult(Layer.GapAreas).Select(Text),
    ];

    static IEnumerable<string> Audit(Breitband.Store.Store store) => store.Audit().Select(e => $"{e.At.ToUniversalTime():s} {e.Who} {e.Role} {e.Origin} {e.Action} {e.Subject}");

    [Fact]
    public void Everything_moves_from_a_file_into_PostGIS_and_back_and_the_county_goes_on_there()
    {
        using var file = File();
        Fill(file);
        using var shared = Shared();
        Assert.Equal(new(3, 6, 6, 1, 2, 2), StoreCopy.Run(file, shared));
        Assert.Equal(Content(file), Content(shared));
        Assert.Equal(Audit(file), Audit(shared).Skip(1));
        Assert.Contains("""{"answer":"lauf2"}""", Content(shared).Single(l => l.StartsWith("lauf2 2026", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(shared.Check());
        using (var back = File("zurueck.gpkg"))
        {
            StoreCopy.Run(shared, back);
            Assert.Equal(Content(file), Content(back));
        }

        Import(shared, "a", "danach");
        Assert.Equal((4, true), (shared.Editions()[^1].Number, shared.Editions()[^1].Live));
        shared.Rollback(new(Layer.Settlements.Name, "a"), 2);
        Assert.Equal(["neu", "neu ohne Ort", "anderer", "anderer ohne Ort"], shared.LiveEditions(Layer.Settlements).SelectMany(shared.Read).Select(r => r.Values[2]));
        Assert.Equal(3, shared.ChangeMeasure(new("M1", 2, Measure("done"), "Frau Muster")));
        Assert.Empty(shared.Check());
    }

    [Fact]
    public void A_copy_interrupted_midway_leaves_the_target_empty_and_is_made_again()
    {
        using var file = File();
        Fill(file);
        using var shared = Shared();
        var datasets = 0;
        Assert.Throws<OperationCanceledException>(() => StoreCopy.Run(file, shared, (_, rows) =>
        {
            if (rows == 0 && ++datasets == 3)
                throw new OperationCanceledException();
        }));
        Assert.Empty(Content(shared));
        Assert.Empty(shared.Audit());
        Assert.Empty(shared.Check());
        StoreCopy.Run(file, shared);
        Assert.Equal(Content(file), Content(shared));
    }

    [Theory]
    [InlineData("edition")]
    [InlineData("measure")]
    [InlineData("run")]
    public void A_target_that_holds_something_is_refused_and_stays_as_it_is(string something)
    {
        using var file = File();
        Fill(file);
        using var shared = Shared();
        _ = something switch
        {
            "edition" => StoreContract.Import(shared, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, StoreContract.Settlement("9", "eigenes")).Number,
            "measure" => shared.ChangeMeasure(new("M1", 0, Measure("idea"), "Frau Muster")),
            _ => Run(shared),
        };
        var before = Content(shared);
        Assert.Equal(Outcome.InputRefused, Assert.Throws<BreitbandException>(() => StoreCopy.Run(file, shared)).Outcome);
        Assert.Equal(before, Content(shared));
    }

    static int Run(Breitband.Store.Store store)
    {
        store.SaveRun(new("lauf", new(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), "{}", "{}"), []);
        return 1;
    }

    [Fact]
    public void A_copy_is_of_one_moment_whatever_others_change_meanwhile()
    {
        using var shared = Shared();
        Fill(shared);
        var then = Content(shared);
        using var file = File();
        var changed = false;
        StoreCopy.Run(shared, file, (_, _) =>
        {
            if (changed)
                return;
            changed = true;
            using var other = Shared();
            Import(other, "b", "dazwischen");
            other.Rollback(new(Layer.Settlements.Name, "a"), 2);
            other.ChangeMeasure(new("M1", 2, Measure("done"), "Herr Beispiel"));
            Run(other);
        });
        Assert.True(changed);
        Assert.NotEqual(then, Content(shared));
        Assert.Equal(then, Content(file));
        Import(shared, "c", "danach"); // and no connection stayed in the past
        Assert.Equal(5, shared.Editions().Count);
    }

    [Fact]
    public void Who_sees_a_part_only_copies_nothing()
    {
        using (var shared = Shared())
            Fill(shared);
        foreach (var role in (string[])["breitband_reader", "breitband_internal"])
            using (var reader = PostGisStore.Open(server.NewUser(database, role), OpenMode.Read))
            using (var file = File($"{role}.gpkg"))
            {
                Assert.Contains("vertraulich", Assert.Throws<BreitbandException>(() => StoreCopy.Run(reader, file)).Text.De, StringComparison.Ordinal);
                Assert.Empty(Content(file));
            }
        using var full = PostGisStore.Open(server.NewUser(database, "breitband_confidential"), OpenMode.Read);
        using var whole = File("alles.gpkg");
        StoreCopy.Run(full, whole);
        Assert.Equal(Content(full), Content(whole));
    }
}
