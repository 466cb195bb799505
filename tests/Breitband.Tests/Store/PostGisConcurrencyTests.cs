using Breitband.Store;
using Breitband.Tests.Service;
using Npgsql;

namespace Breitband.Tests.Store;

public sealed class PostGisConcurrencyTests(PostGisServer server)
{
    readonly string database = server.NewDatabase();

    PostGisStore Open() => PostGisStore.Open(database, OpenMode.Create);

    static Row[] Settlements(string name, int count) => [.. Enumerable.Range(0, count).Select(i => StoreContract.Settlement($"{i}", name))];

    static EditionWriter Begin(PostGisStore store, string source, string name, int count)
    {
        var writer = store.Begin(StoreContract.Draft(Layer.Settlements, source), Layer.Settlements.Fields);
        foreach (var row in Settlements(name, count))
            writer.Write(row);
        return writer;
    }

    static IEnumerable<string> Names(PostGisStore store) => store.LiveEditions(Layer.Settlements).SelectMany(store.Read).Select(r => (string)r.Values[2]!).Distinct();

    /// <summary>Until somebody waits for a lock of ours.</summary>
    async Task SomebodyWaits(int howMany = 1)
    {
        using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var command = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
        while ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! < howMany)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Two_imports_of_one_dataset_come_one_after_the_other()
    {
        using var store = Open();
        Task<Edition> second;
        using (var first = Begin(store, "a", "erster", 3))
        {
            second = Task.Run(() =>
            {
                using var other = Open();
                using var writer = Begin(other, "a", "zweiter", 4);
                return writer.Commit("{}");
            });
            await SomebodyWaits();
            Assert.False(second.IsCompleted);
            first.Commit("{}");
        }
        Assert.Equal((2, 4), ((await second).Number, (await second).RowCount));
        Assert.Equal(["zweiter"], Names(store));
        Assert.Equal([false, true], store.Editions().Select(e => e.Live));
        Assert.Empty(store.Check());
    }

    /// <summary>Both have asked whether the file is there already before either has it.</summary>
    [Fact]
    public async Task One_file_imported_twice_at_once_is_one_edition()
    {
        using (Open())
        {
        }
        using var hold = new NpgsqlConnection(database);
        await hold.OpenAsync(TestContext.Current.CancellationToken);
        using (var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('breitband/12069/municipalities:vg250', 0))", hold))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var imports = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Calls.RunAsTyped(["import", Calls.Data("vg250/vg250_gemeinden_pm.geojson"), "--edition", "2016-01-01", "--json", "--store", database]))).ToList();
        await SomebodyWaits(2);
        await hold.CloseAsync();
        var ended = await Task.WhenAll(imports);
        Assert.All(ended, e => Assert.True(e.Code == 0, e.Error));
        Assert.Equal([false, true], ended.Select(e => System.Text.Json.JsonDocument.Parse(e.Out).RootElement.GetProperty("changed").GetBoolean()).Order());
        using var store = Open();
        Assert.Equal(1, Assert.Single(store.Editions()).Number);
    }

    [Fact]
    public void Imports_of_different_datasets_run_side_by_side()
    {
        using Breitband.Store.PostGisStore one = Open(), other = Open();
        using var first = Begin(one, "a", "von a", 3);
        using (var second = Begin(other, "b", "von b", 2))
            Assert.Equal(2, second.Commit("{}").Number);
        Assert.Equal(["von b"], Names(one)); // the first is still open and seen by nobody
        Assert.Equal(1, first.Commit("{}").Number);
        Assert.Equal(["von a", "von b"], Names(other));
    }

    [Fact]
    public async Task Readers_see_whole_editions_while_imports_go_on()
    {
        using var store = Open();
        StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, Settlements("0", 500));
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            using var own = Open();
            var seen = 0;
            for (; seen == 0 || !done.IsCancellationRequested; seen++)
            {
                var live = Assert.Single(own.LiveEditions(Layer.Settlements));
                var rows = own.Read(live).ToList();
                Assert.Equal(live.RowCount, rows.Count);
                Assert.Equal($"{live.Number - 1}", Assert.Single(rows.Select(r => (string)r.Values[2]!).Distinct()));
            }
            return seen;
        }, TestContext.Current.CancellationToken);
        for (var i = 1; i <= 6; i++)
            StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, Settlements($"{i}", 500 + i));
        await done.CancelAsync();
        Assert.True(await reader > 0);
    }

    [Fact]
    public void A_long_reading_neither_blocks_an_import_nor_is_disturbed_by_it()
    {
        using var store = Open();
        var first = StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, Settlements("alt", 5000));
        using var rows = store.Read(first).GetEnumerator();
        Assert.True(rows.MoveNext());
        StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, Settlements("neu", 10));
        var count = 1;
        for (; rows.MoveNext(); count++)
            Assert.Equal("alt", rows.Current.Values[2]);
        Assert.Equal(5000, count);
        Assert.Equal(["neu"], Names(store));
    }

    [Fact]
    public async Task Of_two_changes_made_on_one_version_of_a_measure_one_is_refused()
    {
        using var store = Open();
        MeasureEdit Edit(string who, int seen) => new("M1", seen, new(null, [.. Layer.Measures.Fields.Select(f => (object?)(f.Name switch { "key" => "M1", "state" => "idea", "title" => who, _ => null }))]), who);
        store.ChangeMeasure(Edit("Anfang", 0));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            using var own = Open();
            try
            {
                return own.ChangeMeasure(Edit($"Person {i}", 1));
            }
            catch (BreitbandException e) when (e.Outcome == Outcome.InputRefused)
            {
                return -1;
            }
        })));
        Assert.Equal([-1, -1, -1, 2], outcomes.Order());
        Assert.Equal(2, store.MeasureHistory("M1").Count);
        Assert.Equal(store.MeasureHistory("M1")[1].Who, store.Measures().Single().Values[1]);
    }

    [Fact]
    public async Task Of_programs_that_begin_at_the_same_moment_one_makes_the_store_and_all_use_it()
    {
        var counties = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            using var store = PostGisStore.Open(database, OpenMode.Create, $"1206{i}");
            StoreContract.Import(store, StoreContract.Draft(Layer.Settlements), Layer.Settlements.Fields, Settlements(store.County, i + 1));
            return store.County;
        })));
        Assert.Equal(["12060", "12061", "12062", "12063"], counties);
        for (var i = 0; i < 4; i++)
        {
            using var store = PostGisStore.Open(database, OpenMode.Read, $"1206{i}");
            Assert.Equal((1, i + 1), (store.Editions().Single().Number, store.Editions().Single().RowCount));
            Assert.Equal([store.County], Names(store));
        }
        Assert.Contains("--county", Assert.Throws<BreitbandException>(() => PostGisStore.Open(database, OpenMode.Read)).Text.De, StringComparison.Ordinal);
    }
}
