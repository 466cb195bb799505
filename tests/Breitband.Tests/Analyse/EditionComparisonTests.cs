using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

public sealed class EditionComparisonTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Breitband.Store.Store store;

    public EditionComparisonTests()
    {
        store = Breitband.Store.Store.Open(folder.File("dorf.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(store);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    /// <summary>The village's atlas as of another day: some cells say something else, one is missing.</summary>
    Edition Atlas(string date, Func<string, string?> kindOf, string source = "dorf", bool complete = false)
    {
        using var writer = store.Begin(Village.Edition with { Dataset = new(Layer.CoverageCells.Name, source), Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), Complete = complete }, Layer.CoverageCells.Fields);
        foreach (var c in Village.Cells)
            if (kindOf(c.Key) is { } kind)
            {
                var shares = Village.Kinds[kind].ToDictionary(k => Layer.ShareField(k.Technology, k.Class), k => (object?)k.Percent);
                writer.Write(new(Village.Turned(c.X, c.Y), [.. Layer.CoverageCells.Fields.Select(f => f.Name == "key" ? c.Key : shares.GetValueOrDefault(f.Name))]));
            }
        return writer.Commit("{}");
    }

    string? Now(string key) => key switch { "A2" => "Glasfaser", "A3" => "VDSL", "C1" => null, _ => Village.Cells.First(c => c.Key == key).Kind };

    Comparison Compare(string with) => EditionComparison.Run(store, Village.Options(), EditionComparison.Find(store, with));

    static IEnumerable<(AreaLevel, string, Split, Split, long, long, long, string)> Figures(Comparison c) =>
        c.Rows.Select(r => (r.Level, r.Key, r.Before, r.After, r.Gained, r.Lost, r.Changed, string.Join(' ', r.SharesBefore.OrderBy(s => s.Key, StringComparer.Ordinal))));

    [Fact]
    public void A_stored_comparison_keeps_what_changed_where()
    {
        Atlas("2025-12-31", Now);
        var computed = GapEngine.RunAndSave(store, Village.Options(), EditionComparison.Find(store, "2025-06-30")).Comparison!;
        var stored = StoredResult.Read(store, Village.Options())!.Comparison!;
        Assert.NotEmpty(stored.Areas);
        Assert.Equal(computed.Areas.Select(a => (a.Key, a.Ags, a.Kind, a.Households)).Order(), stored.Areas.Select(a => (a.Key, a.Ags, a.Kind, a.Households)).Order());
        Assert.All(computed.Areas.OrderBy(a => a.Key).Zip(stored.Areas.OrderBy(a => a.Key)), p => Assert.Equal(p.First.ServedBefore, p.Second.ServedBefore));
    }

    [Fact]
    public void Gained_and_lost_add_up_to_the_change_of_each_municipality()
    {
        Atlas("2025-12-31", Now);
        var comparison = Compare("2025-06-30");
        var full = GapEngine.Run(store, Village.Options());
        foreach (var row in comparison.Rows)
        {
            Assert.Equal(row.After.Served - row.Before.Served, row.Gained - row.Lost);
            Assert.Equal(full.Rows.First(r => r.Level == row.Level && r.Key == row.Key).Households, row.After);
        }
        var county = comparison.Rows[0];
        Assert.Equal(county.Gained, comparison.Rows.Where(r => r.Level == AreaLevel.Municipality).Sum(r => r.Gained));
        Assert.True(county.Gained > 0 && county.Lost > 0);
    }

    /// <summary>By hand: A2 turns P2's six households from planned and unserved to served, A3 takes a quarter of P3's four away, C1 leaves the farm's two unclear.</summary>
    [Fact]
    public void Changed_are_the_households_that_moved_between_any_two_parts()
    {
        Atlas("2025-12-31", Now);
        var comparison = Compare("2025-06-30");
        (double, double, double) Moved(AreaLevel level, string key) => comparison.Row(level, key) is { } r ? (Math.Round(Split.Count(r.Gained), 6), Math.Round(Split.Count(r.Lost), 6), Math.Round(Split.Count(r.Changed), 6)) : default;

        Assert.Equal((6, 1, 9), Moved(AreaLevel.Municipality, Village.Adorf));
        Assert.Equal((0, 0, 0), Moved(AreaLevel.Municipality, Village.Bdorf));
        Assert.Equal((6, 1, 9), Moved(AreaLevel.Amt, "5999"));
        Assert.Equal((6, 1, 7), Moved(AreaLevel.Settlement, "S1"));
        Assert.Equal((0, 0, 2), Moved(AreaLevel.Outside, Village.Adorf));
        Assert.All(comparison.Sums, r => Assert.True(r.Level <= AreaLevel.Municipality));
    }

    [Fact]
    public void Class_shares_stand_at_both_dates()
    {
        var first = GapEngine.Run(store, Village.Options()).Rows;
        Atlas("2025-12-31", Now);
        foreach (var row in Compare("2025-06-30").Rows)
            Assert.Equal(first.Single(r => r.Level == row.Level && r.Key == row.Key).Shares, row.SharesBefore);
    }

    [Fact]
    public void The_break_of_mid_2022_stands_in_the_tables_the_layer_and_the_qgis_style()
    {
        var first = store.LiveEditions(Layer.CoverageCells).Single();
        Atlas("2021-12-31", Now);
        store.Rollback(first.Dataset, first.Number);
        var comparison = Compare("2021-12-31");
        Assert.Contains("adressgenau", Breitband.Service.Text.ComparisonText.Of(comparison, Language.De), StringComparison.Ordinal);
        Assert.Contains("by address", System.Text.Json.JsonDocument.Parse(Breitband.Service.Text.ResultJson.Comparison(comparison, Language.En)).RootElement.GetProperty("method_break").GetString(), StringComparison.Ordinal);
        GapEngine.RunAndSave(store, Village.Options(), comparison.Before.Number is var number ? EditionComparison.Find(store, $"{number}") : null);
        var at = Layer.Changes.Fields.ToList().FindIndex(f => f.Name == "method_break");
        Assert.All(store.ReadResult(Layer.Changes), row => Assert.Contains("adressgenau", (string)row.Values[at]!, StringComparison.Ordinal));
        Assert.NotEmpty(store.ReadResult(Layer.Changes));
        Assert.Contains("<mapTip>[% coalesce(\"method_break\", '') %]</mapTip>", Breitband.Store.QgisStyle.Qml(Layer.Changes, Shape.Polygon), StringComparison.Ordinal);
        Assert.Contains("Mitte 2022", Abstract("changes"), StringComparison.Ordinal);
        Assert.DoesNotContain("Mitte 2022", Abstract("gaps"), StringComparison.Ordinal);
    }

    /// <summary>What QGIS shows as the layer's abstract.</summary>
    string Abstract(string table)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("dorf.gpkg")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT description FROM gpkg_contents WHERE table_name = '{table}'";
        return (string)command.ExecuteScalar()!;
    }

    [Fact]
    public void The_coverage_is_held_against_what_it_replaced_or_the_reason_is_said()
    {
        Assert.Equal((null, "Es gibt keinen früheren Stand der Versorgung."), EditionComparison.WithPrevious(store, Village.Options()) is var (none, why) ? (none, why.De) : default);
        Atlas("2025-12-31", Now);
        Atlas("2026-06-30", k => Village.Cells.First(c => c.Key == k).Kind);
        var newest = EditionComparison.WithPrevious(store, Village.Options()).Comparison!;
        Assert.Equal((new DateOnly(2025, 12, 31), new DateOnly(2026, 6, 30)), (newest.Before.Date, newest.After.Date));
        Assert.Contains("keinen früheren", EditionComparison.WithPrevious(store, Village.Options(Basis.Mev)).Why.De, StringComparison.Ordinal);
        Atlas("2026-12-31", Now, complete: true);
        Assert.Contains("Nur einer der beiden Stände ist vollständig", EditionComparison.WithPrevious(store, Village.Options()).Why.De, StringComparison.Ordinal);
    }

    Edition Offers(Layer layer, string date, params (string Key, NetTopologySuite.Geometries.Geometry Place, double Down)[] offers)
    {
        using var writer = store.Begin(Village.Edition with { Dataset = new(layer.Name, "netz"), Sha256 = date, Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), Complete = true, Evidence = EvidenceKind.Mev }, layer.Fields);
        foreach (var (key, place, down) in offers)
            writer.Write(new(place, [.. layer.Fields.Select(f => f.Name switch { "key" or "address_key" => key, "down" => down, "up" => down / 2, "provider" => "Netz AG", _ => (object?)null })]));
        return writer.Commit("{}");
    }

    [Fact]
    public void Areas_have_a_change_layer_too()
    {
        Offers(Layer.CoverageAreas, "2025-03-31", ("ost", Village.Rectangle(600, 100, 700, 200), 50), ("west", Village.Rectangle(0, 50, 100, 100), 1000));
        Offers(Layer.CoverageAreas, "2025-09-30", ("ost", Village.Rectangle(600, 100, 700, 200), 1000), ("hof", Village.Rectangle(-300, 400, -200, 500), 1000));
        var kinds = EditionComparison.Run(store, Village.Options(Basis.Best), EditionComparison.Find(store, "2025-03-31")).Areas.ToDictionary(a => a.Key, a => a.Kind);
        Assert.Equal((ChangeKind.Gained, ChangeKind.Gone, ChangeKind.New, 3), (kinds["ost"], kinds["west"], kinds["hof"], kinds.Count));
    }

    [Fact]
    public void An_address_list_has_a_change_layer_of_its_houses()
    {
        (string, NetTopologySuite.Geometries.Geometry, double) House(string key, double down) => Village.Addresses.First(a => a.Key == key) is var a ? (key, Village.At(a.X - Village.X0, a.Y - Village.Y0), down) : default;

        Offers(Layer.CoverageAddresses, "2025-03-31", House("h05", 50), House("h06", 1000), House("h07", 1000));
        Offers(Layer.CoverageAddresses, "2025-09-30", House("h05", 1000), House("h06", 50), House("h11", 1000));
        var areas = EditionComparison.Run(store, Village.Options(Basis.Best, MeasureChoice.None), EditionComparison.Find(store, "2025-03-31")).Areas;
        var kinds = areas.ToDictionary(a => a.Key, a => a.Kind);
        Assert.Equal((ChangeKind.Gained, ChangeKind.Lost, ChangeKind.Gone, ChangeKind.New, 4), (kinds["h05"], kinds["h06"], kinds["h07"], kinds["h11"], kinds.Count));
        Assert.All(areas, a => Assert.True(a.Geometry is NetTopologySuite.Geometries.Polygon && a.Ags == Village.Adorf));
        Assert.Equal((2, 2), (areas.Single(a => a.Key == "h05").Households, areas.Single(a => a.Key == "h05").HouseholdsChange));
    }

    [Fact]
    public void Lists_that_are_the_demand_themselves_and_name_other_houses_are_refused()
    {
        using var bare = Breitband.Store.Store.Open(folder.File("liste.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(bare, without: Layer.Addresses);
        foreach (var (date, x) in new[] { ("2025-03-31", 20.0), ("2025-09-30", 60.0) })
        {
            using var writer = bare.Begin(Village.Edition with { Dataset = new(Layer.CoverageAddresses.Name, "netz"), Sha256 = date, Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), Evidence = EvidenceKind.Mev }, Layer.CoverageAddresses.Fields);
            writer.Write(new(Village.At(x, 70), [.. Layer.CoverageAddresses.Fields.Select(f => f.Name switch { "key" or "address_key" => "k", "down" => 1000.0, _ => (object?)null })]));
            writer.Commit("{}");
        }
        var refusal = Assert.Throws<BreitbandException>(() => EditionComparison.Run(bare, Village.Options(Basis.Mev), EditionComparison.Find(bare, "2025-03-31")));
        Assert.Equal(Outcome.InputRefused, refusal.Outcome);
        Assert.Contains("die beiden Listen nennen andere", refusal.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void The_change_layer_names_what_became_of_each_cell()
    {
        Atlas("2025-12-31", Now);
        var kinds = Compare("2025-06-30").Areas.ToDictionary(a => a.Key, a => a.Kind);
        Assert.Equal((ChangeKind.Gained, ChangeKind.Lost, ChangeKind.Gone, 3), (kinds["A2"], kinds["A3"], kinds["C1"], kinds.Count));
        GapEngine.RunAndSave(store, Village.Options(), EditionComparison.Find(store, "2025-06-30"));
        Assert.Equal(3, store.ReadResult(Layer.Changes).Count());
        Assert.Equal(new DateOnly(2025, 12, 31), store.ReadResult(Layer.Changes).First().Values[10]);
        var stored = StoredResult.Read(store, Village.Options());
        Assert.Equal(Figures(Compare("2025-06-30")), Figures(stored!.Comparison!));
        GapEngine.RunAndSave(store, Village.Options());
        Assert.Empty(store.ReadResult(Layer.Changes));
    }

    [Fact]
    public void What_came_in_time_is_gained_whichever_edition_is_live()
    {
        var later = Atlas("2025-12-31", Now);
        var forth = Compare("2025-06-30");
        store.Rollback(later.Dataset, forth.Before.Number);
        var back = Compare("2025-12-31");
        Assert.Equal(Figures(forth), Figures(back));
        Assert.Equal((forth.Before.Date, forth.After.Date), (back.Before.Date, back.After.Date));
    }

    [Theory]
    [InlineData("2021-12-31", true)]
    [InlineData("2022-06-30", false)]
    public void The_break_of_mid_2022_is_named_across_it(string date, bool broken)
    {
        var first = store.LiveEditions(Layer.CoverageCells).Single();
        Atlas(date, Now);
        store.Rollback(first.Dataset, first.Number);
        Assert.Equal(broken, Compare(date).Break is { } named && named.De.Contains("Mitte 2022", StringComparison.Ordinal));
        Assert.Null(Comparison.BreakBetween(new(2021, 1, 1), new(2025, 1, 1), EvidenceKind.Mev));
    }

    [Theory]
    [InlineData("settlements", "Verglichen wird die Versorgung")]
    [InlineData("live", "selbst der geltende Stand")]
    [InlineData("other grid", "verschiedene Raster")]
    [InlineData("complete", "Nur einer der beiden Stände ist vollständig")]
    [InlineData("basis", "keinen Anteil an den Zahlen")]
    public void What_is_not_comparable_is_refused_with_the_reason(string what, string reason)
    {
        var first = store.LiveEditions(Layer.CoverageCells).Single();
        if (what == "other grid")
            store.Rollback(first.Dataset, Atlas("2025-12-31", k => k == "A1" ? Now(k) : null).Number);
        if (what is "complete" or "basis")
            Atlas("2025-12-31", Now, complete: what == "complete");
        var edition = what switch { "settlements" => store.LiveEditions(Layer.Settlements).Single().Number, "live" => store.LiveEditions(Layer.CoverageCells).Single().Number, _ => first.Number };
        if (what == "other grid")
            edition = Atlas("2024-12-31", k => k == "A2" ? "VDSL" : null).Number - 1;
        var refusal = Assert.Throws<BreitbandException>(() => EditionComparison.Run(store, Village.Options(what == "basis" ? Basis.Mev : Basis.Atlas), EditionComparison.Find(store, $"{edition}")));
        Assert.Equal(Outcome.InputRefused, refusal.Outcome);
        Assert.Contains(reason, refusal.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edition_that_is_not_there_is_answered_with_those_that_are()
    {
        Atlas("2025-12-31", Now);
        Assert.Contains("30.06.2025", Assert.Throws<BreitbandException>(() => Compare("2020-01-01")).Text.De, StringComparison.Ordinal);
    }

    /// <summary>Real rows of the shipped table: two of the villages that became part of Michendorf (12069397).</summary>
    const string Michendorf = "12069397", Langerwisch = "12069332", Wilhelmshorst = "12069672";

    /// <summary>A county of one municipality with 1,000 households and its published shares under the keys of the day.</summary>
    Comparison OfShares((string Ags, double Fibre)[] before, (string Ags, double Fibre)[] after)
    {
        using var county = Breitband.Store.Store.Open(folder.File($"{before.Length}-{before[^1].Fibre}.gpkg"), Breitband.Store.OpenMode.Create);
        void Write(Layer layer, string date, IEnumerable<(NetTopologySuite.Geometries.Geometry?, Dictionary<string, object?>)> rows)
        {
            using var writer = county.Begin(Village.Edition with { Dataset = new(layer.Name, "amt"), Sha256 = date, Date = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture) }, layer.Fields);
            foreach (var (shape, values) in rows)
                writer.Write(new(shape, [.. layer.Fields.Select(f => values.GetValueOrDefault(f.Name))]));
            writer.Commit("{}");
        }

        Write(Layer.Municipalities, "2024-12-31", [(Village.Rectangle(0, 0, 1000, 1000), new() { ["key"] = Michendorf, ["ags"] = Michendorf, ["name"] = "Michendorf", ["households"] = 1000L })]);
        foreach (var (date, shares) in new[] { ("2018-12-31", before), ("2021-06-30", after) })
            Write(Layer.CoverageMunicipalities, date, shares.Select(s => ((NetTopologySuite.Geometries.Geometry?)null, new Dictionary<string, object?>
            {
                ["key"] = s.Ags,
                ["name"] = s.Ags,
                [Layer.ShareField(Technology.FtthB, 1000)] = s.Fibre,
                [Layer.ShareField(Technology.All, 200)] = 100.0,
            })));
        return EditionComparison.Run(county, Village.Options(), EditionComparison.Find(county, "2018-12-31"));
    }

    [Fact]
    public void An_edition_under_a_former_key_is_compared_as_the_municipality_of_today()
    {
        var comparison = OfShares([(Langerwisch, 20)], [(Michendorf, 60)]);
        var row = Assert.Single(comparison.Rows, r => r.Level == AreaLevel.Municipality);
        Assert.Equal((Michendorf, 200, 600, 400, 0), (row.Key, Split.Count(row.Before.Served), Split.Count(row.After.Served), Split.Count(row.Gained), Split.Count(row.Lost)));
        Assert.Equal((Michendorf, ChangeKind.Gained, 0.2, 0.6), Assert.Single(comparison.Areas) is var a ? (a.Key, a.Kind, Math.Round(a.ServedBefore!.Value, 9), Math.Round(a.ServedAfter!.Value, 9)) : default);
        Assert.StartsWith("Stand 31.12.2018: Michendorf:", Assert.Single(comparison.Notes).De, StringComparison.Ordinal);
    }

    [Fact]
    public void Joined_municipalities_are_compared_where_they_agree_and_unknown_shares_are_named()
    {
        Assert.Equal(0.2, OfShares([(Langerwisch, 20), (Wilhelmshorst, 20)], [(Michendorf, 60)]).Areas[0].ServedBefore!.Value, 9);
        var comparison = OfShares([(Langerwisch, 20), (Wilhelmshorst, 80)], [(Michendorf, 60)]);
        Assert.Equal(0, comparison.Rows[0].Before.Served);
        Assert.Contains("nicht jeder Zuwachs ein Ausbau", Assert.Single(comparison.Notes).De, StringComparison.Ordinal);
    }
}
