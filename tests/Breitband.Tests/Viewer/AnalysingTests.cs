using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Viewer;

/// <summary>What is computed and kept from the window is what everybody's map is painted from.</summary>
public sealed class AnalysingTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    [Fact]
    public async Task The_threshold_and_basis_of_the_bar_are_computed_and_kept()
    {
        var notes = new List<string>();
        Desk.Noted += (text, _) => notes.Add(text);
        await Open("editor");
        Desk.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        await Desk.Analyse();
        Assert.Equal("NGA-2015", (await Served.Json("/results", "editor")).GetProperty("profile").GetString());
        Assert.Contains("Neu gerechnet und abgelegt", Assert.Single(notes), StringComparison.Ordinal);
        Assert.Equal("NGA-2015", Desk.Profile!.Code);
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task Who_may_only_read_is_told_so_and_nothing_is_kept()
    {
        var before = (await Served.Json("/results", "editor")).GetProperty("run").GetString();
        await Open("reader");
        await Desk.Analyse();
        Assert.Single(Faults);
        Assert.Equal(before, (await Served.Json("/results", "editor")).GetProperty("run").GetString());
    }
}
