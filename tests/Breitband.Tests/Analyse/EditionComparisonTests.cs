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
}
