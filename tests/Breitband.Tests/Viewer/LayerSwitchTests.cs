using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Groups of the map that are switched and faded.</summary>
public sealed class LayerSwitchTests
{
    readonly IReadOnlyList<LayerSwitch> all = LayerSwitch.All(Legend.Default);

    [Fact]
    public void Every_group_belongs_to_one_switch_and_all_begin_in_sight()
    {
        var groups = all.SelectMany(l => l.Groups).ToList();
        Assert.Equal(groups.Count, groups.Distinct().Count());
        Assert.All(all, l => Assert.True(l.Visible && l.Opacity == 1));
    }

    [Fact]
    public void A_switch_explains_what_it_shows_with_the_legends_own_symbols()
    {
        Assert.Equal(Legend.Default.Measures.Select(m => m.Symbol.Label.De), all.Single(l => l.Groups.Contains("measure")).Legend.Select(f => f.Label));
        Assert.Equal([.. Legend.Default.Shares.Select(s => s.Symbol), Legend.Default.NoHouseholds, Legend.Default.MostlyUnclear.Symbol], all.Single(l => l.Groups.Contains("gap")).Legend.Select(f => f.Symbol));
    }

    [Fact]
    public void A_change_is_told_and_the_same_value_is_none()
    {
        var (one, told) = (all[0], new List<string?>());
        one.PropertyChanged += (_, e) => told.Add(e.PropertyName);
        one.Visible = true;
        one.Visible = false;
        one.Opacity = 0.5;
        Assert.Equal(["Visible", "Opacity"], told);
    }
}
