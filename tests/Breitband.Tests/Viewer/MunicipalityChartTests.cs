using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Municipalities as stacked bars, linked with table and map.</summary>
public sealed class MunicipalityChartTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    async Task<MunicipalityChart> Chart()
    {
        await Open();
        return new MunicipalityChart(Desk);
    }

    [Fact]
    public async Task The_parts_of_a_bar_follow_each_other_and_add_up_to_its_households()
    {
        var chart = await Chart();
        Assert.Equal(Desk.Municipalities.Max(m => m.Figures.Total), chart.End);
        foreach (var bar in chart.Bars)
        {
            Assert.Equal(Legend.Default.Split.Select(s => s.Label.De), bar.Parts.Select(p => p.Label));
            Assert.Equal(bar.Row.Figures.Total / chart.End, bar.Parts[^1].From + bar.Parts[^1].Length, 9);
            Assert.All(bar.Parts.Zip(bar.Parts.Skip(1)), p => Assert.Equal(p.First.From + p.First.Length, p.Second.From, 9));
        }
    }

    [Fact]
    public async Task As_shares_every_bar_has_the_whole_length()
    {
        var chart = await Chart();
        chart.AsShares = true;
        Assert.Equal(100, chart.End);
        Assert.All(chart.Bars, b => Assert.Equal(1, b.Parts.Sum(p => p.Length), 9));
        Assert.All(chart.Bars, b => Assert.Contains("%", b.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bars_are_ordered_with_the_table()
    {
        var chart = await Chart();
        foreach (var (order, figure) in new (RowOrder, Func<Parts, double>)[] { (RowOrder.Unserved, p => p.Unserved), (RowOrder.Served, p => p.Served), (RowOrder.Total, p => p.Total) })
        {
            chart.Order = order;
            Assert.Equal(Desk.Municipalities, chart.Bars.Select(b => b.Row));
            Assert.True(figure(chart.Bars[0].Row.Figures) >= figure(chart.Bars[1].Row.Figures));
        }
        chart.Order = RowOrder.Name;
        Assert.Equal(["Adorf", "Bdorf"], chart.Bars.Select(b => b.Row.Name));
    }

    [Fact]
    public async Task The_chart_names_the_order_that_was_chosen_in_the_table()
    {
        var (chart, told) = (await Chart(), new List<string?>());
        chart.PropertyChanged += (_, e) => told.Add(e.PropertyName);
        Desk.SortOrTurn(RowOrder.Open);
        Assert.Equal(RowOrder.Open, chart.Order);
        Assert.Contains("Order", told);
        chart.Turn();
        Assert.True(Desk.Turned);
        Assert.True(chart.Bars[0].Row.Figures.Open <= chart.Bars[1].Row.Figures.Open);
        chart.Order = RowOrder.Open; // the same chosen anew falls again
        Assert.False(chart.Turned);
    }

    [Fact]
    public async Task A_bar_and_a_line_of_the_table_are_picked_together()
    {
        var chart = await Chart();
        var told = new List<string?>();
        chart.PropertyChanged += (_, e) => told.Add(e.PropertyName);
        chart.Picked = chart.Bars[1];
        Assert.Equal("Bdorf", Desk.Municipality!.Name);
        Desk.Pick(Desk.Municipalities[0]);
        Assert.Equal("Adorf", chart.Picked!.Row.Name);
        Assert.Equal(["Picked", "Picked"], told);
    }

    [Fact]
    public async Task A_measure_left_out_moves_the_bars()
    {
        var chart = await Chart();
        double Planned() => chart.Bars.Sum(b => b.Row.Figures.Planned);
        var (planned, told) = (Planned(), false);
        chart.PropertyChanged += (_, e) => told |= e.PropertyName is "";
        await Answered(() => Desk.Measures.Single(m => m.Key == "M1").Counts = false);
        Assert.True(Planned() < planned);
        Assert.True(told);
    }
}
