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
        Assert.Equal(Compare("2025-06-30").Rows, stored!.Comparison!.Rows);
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
        Assert.Equal(forth.Rows, back.Rows);
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
