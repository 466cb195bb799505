using Breitband.Tests.Map;
using Breitband.Viewer;
using Breitband.Viewer.Map;

namespace Breitband.Tests.Viewer;

/// <summary>The sheet of the change between two editions.</summary>
public sealed class PrintedChangeTests(VillageAcrossTheBreak served) : DeskTest(served), IClassFixture<VillageAcrossTheBreak>
{
    async Task<PrintModel> Shown()
    {
        var model = Desk.Printing(MapPose.Showing(Desk.Project!.Bounds, 900, 700, 0));
        await Time.Until(() => !model.Busy);
        return model;
    }

    EditionChoice Of(string day) => Desk.Editions.Single(e => e.Label.StartsWith(day, StringComparison.Ordinal));

    string Printed => Line.Asked.Last(a => a.Contains("/print/", StringComparison.Ordinal));

    [Fact]
    public async Task While_two_editions_are_compared_theirs_is_the_first_sheet()
    {
        await Open();
        Assert.Equal("/print/view", (await Shown()).Kind.Route);
        (Desk.Other.Edition, Desk.Other.On) = (Of("31.12.2021"), true);
        var model = await Shown();
        Assert.Equal(("/print/change", ""), (model.Kind.Route, model.Fault));
        Assert.Contains($"basis={Desk.Basis!.Code}&with={Of("31.12.2021").Number}&paper", Printed, StringComparison.Ordinal);
        model.Kind.Choices[2].Chosen = model.Kind.Choices[2].Options[1];
        await Time.Until(() => !model.Busy);
        Assert.Contains("bbox=", Printed, StringComparison.Ordinal);
        Assert.Equal((2, ""), (model.Pages, model.Fault));
    }

    [Fact]
    public async Task Two_earlier_editions_are_named_both_and_one_on_both_sides_is_refused_with_the_reason()
    {
        await Open();
        var (first, live) = (Of("31.12.2021"), Desk.Tiles);
        var second = Desk.Editions.First(e => e.Number is not null && e != first);
        Desk.Edition = second;
        await Time.Until(() => Desk.Tiles != live && !Desk.Work.Running);
        (Desk.Other.Edition, Desk.Other.On) = (first, true);
        var model = await Shown();
        Assert.Contains($"with={first.Number}&to={second.Number}", Printed, StringComparison.Ordinal);
        Assert.Equal("", model.Fault);
        model.Kind.Choices[0].Chosen = model.Kind.Choices[0].Options.Single(o => o.Code == $"with={second.Number}");
        await Time.Until(() => !model.Busy);
        Assert.NotEqual("", model.Fault);
    }

    [Fact]
    public async Task Another_threshold_on_the_right_is_not_the_sheets_and_the_card_says_so()
    {
        await Open();
        Desk.Other.On = true;
        Desk.Other.Profile = Desk.Profiles.Single(p => p.Code == "NGA-2015");
        var model = await Shown();
        Assert.DoesNotContain("NGA-2015", Printed, StringComparison.Ordinal);
        Assert.Contains("links vom Trenner", model.Kind.Note, StringComparison.Ordinal);
    }
}
