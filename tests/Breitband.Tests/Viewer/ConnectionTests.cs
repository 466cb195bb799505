using Breitband.Tests.Service.Http;
using Breitband.Viewer;
using Microsoft.AspNetCore.Http;

namespace Breitband.Tests.Viewer;

/// <summary>A service that is away, comes back, takes the key no more, or has others' changes in it.</summary>
public sealed class ConnectionTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    [Fact]
    public async Task A_service_away_at_the_start_is_tried_until_it_answers()
    {
        Line.Cut = true;
        var opening = Open();
        await Time.Until(() => Line.Asked.Count >= 3);
        Assert.Contains("antwortet nicht", Desk.Waiting, StringComparison.Ordinal);
        Assert.Null(Desk.Project);
        Line.Cut = false;
        await Time.Until(() => opening.IsCompleted);
        await opening;
        Assert.Equal("", Desk.Waiting);
        Assert.Equal(2, Desk.Municipalities.Count);
    }

    [Fact]
    public async Task A_service_whose_map_is_still_being_made_is_waited_for()
    {
        Line.Before = async context =>
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsJsonAsync(new { detail = "Die Kacheln der Karte werden gerade gebaut." }, Cancel);
        };
        var opening = Open();
        await Time.Until(() => Line.Asked.Count >= 2);
        Assert.StartsWith("Die Kacheln der Karte werden gerade gebaut.\nEs wird weiter versucht", Desk.Waiting, StringComparison.Ordinal);
        Line.Before = null;
        await Time.Until(() => opening.IsCompleted);
        await opening;
        Assert.Equal(2, Desk.Municipalities.Count);
    }

    [Fact]
    public async Task Figures_that_are_not_read_are_no_noughts()
    {
        var held = Line.Hold("/results");
        var opening = Open();
        await Time.Until(() => HasAsked("/results"));
        Assert.Equal(("–", "–"), (Desk.Before, Desk.After));
        held.SetResult();
        await opening;
        Assert.NotEqual("–", Desk.Before);
        Assert.NotEqual("–", Desk.After);
    }

    [Fact]
    public async Task Trying_to_open_can_be_stopped_even_while_the_service_is_silent()
    {
        var held = Line.Hold("/tilejson");
        var opening = Open();
        await Time.Until(() => HasAsked("/tilejson"));
        Assert.True(Desk.Work.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Null(Desk.Project);
        held.SetResult();
    }

    [Fact]
    public async Task Who_stops_the_reading_of_results_is_told_what_is_missing_and_can_have_it_read()
    {
        Remedy? remedy = null;
        Desk.Faulted += (_, way) => remedy = way;
        var held = Line.Hold("/collections/measures");
        var opening = Open();
        await Time.Until(() => HasAsked("/collections/measures") && Desk.Project is not null && Desk.Work.Running);
        Assert.True(Desk.Work.Cancel());
        await opening;
        held.SetResult();
        Assert.Contains("fehlen", Assert.Single(Faults), StringComparison.Ordinal);
        remedy!.Run();
        await Time.Until(() => Desk.Measures.Count == 5);
        Assert.NotEmpty(Desk.Editions);
    }

    [Fact]
    public async Task When_the_service_is_back_what_was_tried_is_asked_again()
    {
        await Open();
        var lifting = Desk.Measures.Single(m => m.Key == "M1");
        Line.Cut = true;
        await Time.Until(() => Desk.Link == Link.Away);
        Assert.False(Desk.Connected);
        lifting.Counts = false;
        await Time.Until(() => Faults.Count > 0);
        Assert.Equal("", Desk.Change);
        Line.Cut = false;
        await Time.Until(() => Desk.Connected && Desk.Change.StartsWith('+'));
        Assert.False(Desk.Measures.Single(m => m.Key == "M1").Counts);
    }

    [Fact]
    public async Task A_fault_of_the_line_comes_with_a_way_to_try_again()
    {
        await Open();
        Remedy? remedy = null;
        Desk.Faulted += (_, way) => remedy = way;
        Line.Cut = true;
        await Desk.Explain("h05");
        Line.Cut = false;
        Assert.NotNull(remedy);
        remedy.Run();
        await Time.Until(() => Desk.Selected is not null);
    }

    [Fact]
    public async Task A_key_that_is_taken_no_more_is_told_from_a_service_that_is_away()
    {
        await Open("editor");
        var asked = false;
        Remedy? remedy = null;
        Desk.KeyWanted += () => asked = true;
        Desk.Faulted += (_, way) => remedy = way;
        Line.Before = async context =>
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsJsonAsync(new { detail = "Dieser Schlüssel gilt nicht." }, Cancel);
        };
        await Time.Until(() => Desk.Link == Link.Refused);
        Assert.Contains("Zugangsschlüssel", Desk.LinkText, StringComparison.Ordinal);
        await Desk.Explain("h05");
        remedy!.Run();
        Assert.True(asked);
    }

    [Fact]
    public async Task Anything_clicked_while_results_are_read_leaves_the_lists_to_be_filled()
    {
        var held = Line.Hold("/collections/measures");
        var opening = Open();
        await Time.Until(() => HasAsked("/collections/measures"));
        await Desk.Explain("h05");
        held.SetResult();
        await opening;
        Assert.Equal(2, Desk.Municipalities.Count);
        Assert.Equal(5, Desk.Measures.Count);
        Assert.NotEmpty(Desk.Editions);
    }

    [Fact]
    public async Task A_click_does_not_touch_a_running_import()
    {
        await Open("editor");
        var held = Line.Hold("/imports/1");
        using var folder = new TemporaryFolder();
        var model = Desk.Importing();
        var looking = model.Look([folder.Write("orte.txt", "Sehr geehrte Damen und Herren,")]);
        await Time.Until(() => HasAsked("/imports/"));
        Assert.Same(model, Desk.Importing());
        await Desk.Explain("h05");
        Assert.NotNull(Desk.Selected);
        Assert.True(model.Running);
        held.SetResult();
        await Time.Until(() => looking.IsCompleted);
        Assert.DoesNotContain(Line.Asked, a => a.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.NotEqual("abgebrochen", Assert.Single(model.Files).State);
    }

    [Fact]
    public async Task The_next_project_shows_nothing_of_the_one_before()
    {
        await Open();
        await Desk.Explain("h05");
        Line.Before = context =>
        {
            if (context.Request.Path == "/results")
                context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await Open();
        Assert.Null(Desk.Selected);
        Assert.Empty(Desk.Municipalities);
        Assert.Empty(Desk.Rejected);
        Assert.Single(Faults);
    }

    [Fact]
    public async Task The_first_question_is_asked_in_advance_when_the_map_stands()
    {
        await Open();
        Time.Pass(TimeSpan.FromSeconds(1.5));
        Desk.Moved();
        Time.Pass(TimeSpan.FromSeconds(1));
        Assert.False(HasAsked("POST /whatif"));
        await Time.Until(() => HasAsked("POST /whatif"));
    }
}
