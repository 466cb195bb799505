using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>What the pointer is over, and what a tick changes nearby.</summary>
public sealed class PlacesTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    async Task<Pointed> Under(NetTopologySuite.Geometries.Geometry shape, bool nearby)
    {
        await Time.Until(() => Desk.PointedAt(shape.InteriorPoint.Coordinate, nearby) is not null);
        return Desk.PointedAt(shape.InteriorPoint.Coordinate, nearby)!;
    }

    async Task<Pointed> Settlement()
    {
        await Open("editor");
        Pointed? found = null;
        await Time.Until(() => (found = Desk.Neighbours("").Where(n => n.Area > 0).Select(n => Desk.PointedAt(n.InteriorPoint.Coordinate, nearby: true)).FirstOrDefault(p => p is not null && Desk.Municipalities.All(m => m.Name != p.Name))) is not null);
        return found!;
    }

    [Fact]
    public async Task Far_out_it_is_the_municipality_with_its_open_households()
    {
        await Open("editor");
        var row = Desk.Municipalities[0];
        Desk.Pick(row);
        var there = await Under(Desk.MunicipalityShape!, nearby: false);
        Assert.Equal(row.Name, there.Name);
        Assert.StartsWith(row.Open + " von ", there.Text, StringComparison.Ordinal);
        Assert.Equal(row.Parts, there.Parts);
        Assert.Null(Desk.PointedAt(new(0, 0), nearby: false));
    }

    [Fact]
    public async Task Nearby_it_is_the_settlement_and_a_tick_changes_its_figures_and_what_is_drawn_over_it()
    {
        var there = await Settlement();
        Assert.Empty(Desk.DifferingNearby);
        await Answered(() => Desk.Count(false));
        var changed = Desk.DifferingNearby.ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, c => Assert.True(c.Now.Open > c.Was.Open && c.Now.Planned < c.Was.Planned));
        await Answered(() => Desk.Count(true));
        Assert.Empty(Desk.DifferingNearby);
        Assert.Equal(there.Parts, Desk.PointedAt(there.Shape.InteriorPoint.Coordinate, nearby: true)!.Parts);
    }

    [Fact]
    public async Task A_place_elsewhere_lets_go_of_the_picked_municipality_and_one_in_it_does_not()
    {
        await Open("editor");
        await Desk.Explain("h05");
        var home = Desk.Municipalities.Single(m => m.Key == Desk.Selected!.Ags);
        Desk.Pick(home);
        await Desk.Explain("h05");
        Assert.Equal(home, Desk.Municipality);
        Desk.Pick(Desk.Municipalities.First(m => m != home));
        await Desk.Explain("h05");
        Assert.Null(Desk.Municipality);
    }

    [Fact]
    public void Whole_parts_add_up_to_the_whole_total()
    {
        var parts = new Parts(5808.6, 100.2, 25.9, 108.0, 5574.5);
        Assert.Equal(5809, parts.Whole.Sum());
        Assert.Equal(parts.Whole[2] + parts.Whole[3], parts.WholeOpen);
    }
}
