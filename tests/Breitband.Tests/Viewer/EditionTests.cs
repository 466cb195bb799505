using Breitband.Tests.Map;

namespace Breitband.Tests.Viewer;

/// <summary>An earlier edition on the map itself, or beside it.</summary>
public sealed class EditionTests(VillageOfTwoEditions served) : DeskTest(served), IClassFixture<VillageOfTwoEditions>
{
    async Task Repainted(Action what)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Desk.Repainted += () => come.TrySetResult();
        what();
        await come.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public async Task An_earlier_edition_is_looked_back_at_without_trying_measures()
    {
        await Open("admin");
        var (live, tiles) = (Uncovered(), Desk.Tiles);
        await Desk.Explain("h05");
        Desk.Edition = Desk.Editions.Single(e => e.Label.EndsWith("dorf", StringComparison.Ordinal));
        await Time.Until(() => Desk.Tiles != tiles && Math.Abs(Uncovered() - live) > 1);
        Assert.False(Desk.CanTry);
        Assert.Equal("", Desk.Change);
        Assert.True(HasAsked($"with={Desk.Edition.Number}"));
        Desk.Edition = Desk.Editions[0];
        await Time.Until(() => Math.Abs(Uncovered() - live) < 1e-6);
        Assert.True(Desk.CanTry);

        double Uncovered() => Desk.Parts[2] + Desk.Parts[3];
    }

    [Fact]
    public async Task The_other_side_begins_with_the_latest_earlier_edition_and_is_computed_when_it_is_seen()
    {
        await Open("admin");
        Assert.Equal(Desk.Profile, Desk.Other.Profile);
        Assert.NotNull(Desk.Other.Edition!.Number);
        Assert.Null(Desk.Other.Tiles);
        Assert.False(HasAsked("/views"));
        await Repainted(() => Desk.Other.On = true);
        Assert.NotNull(Desk.Other.Tiles);
        var first = Desk.Other.Tiles;
        await Repainted(() => Desk.Other.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015"));
        Assert.NotSame(first, Desk.Other.Tiles);
        Assert.NotEqual("NGA-2015", Desk.Profile!.Code); // the left side stays
    }
}
