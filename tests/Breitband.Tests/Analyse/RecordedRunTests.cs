using Breitband.Analyse;

namespace Breitband.Tests.Analyse;

public sealed class RecordedRunTests : IDisposable
{
    readonly MemoryStore store = new();

    public RecordedRunTests() => VillageInStore.Write(store, 1);

    public void Dispose() => store.Dispose();

    static AnalysisOptions Options => Village.Options() with { Profile = Profiles.Load(Installation.Profiles).Default };

    IReadOnlyList<int> Live() => [.. store.Editions().Where(e => e.Live).Select(e => e.Number)];

    [Fact]
    public void A_run_is_recorded_with_the_editions_it_was_computed_from_whatever_is_imported_meanwhile()
    {
        var seen = Live();
        store.Meanwhile = () => VillageInStore.Write(store, 2);
        var result = GapEngine.RunAndSave(store, Options);
        Assert.NotEqual(seen, Live());
        Assert.Equal(seen, store.Runs()[0].EditionNumbers());
        Assert.Subset(seen.ToHashSet(), result.Editions.Select(e => e.Number).ToHashSet());
        Assert.Equal(result.Run, GapEngine.Run(store, GapEngine.Recorded(store, Profiles.Load(Installation.Profiles), null)).Run);
    }

    [Fact]
    public void A_comparison_is_with_the_editions_the_run_was_computed_from()
    {
        Edition Atlas() => store.LiveEditions(Layer.CoverageCells).Single();

        var earlier = Atlas();
        VillageInStore.Write(store, 2);
        var seen = Atlas();
        store.Meanwhile = () => VillageInStore.Write(store, 3);
        var result = GapEngine.RunAndSave(store, Options, earlier);
        Assert.NotEqual(seen.Number, Atlas().Number);
        Assert.Equal((earlier.Number, seen.Number), (result.Comparison!.Before.Number, result.Comparison.After.Number));
        Assert.Contains(seen.Number, store.Runs()[0].EditionNumbers());
    }
}
