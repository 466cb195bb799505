using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>A measure is made, changed and deleted; nobody overwrites what he has not seen.</summary>
public sealed class MeasureEditorTests(Served served) : IClassFixture<Served>, IDisposable
{
    readonly ServiceClient service = new(new Uri(served.Root), "editor");

    public void Dispose() => service.Dispose();

    static FormField Field(MeasureEditor editor, string name) => editor.Fields.Single(f => f.Name == name);

    /// <summary>A measure of a hectare.</summary>
    async Task Store(string key, string title)
    {
        var fresh = MeasureEditor.New(service);
        fresh.Key = key;
        Field(fresh, "title").Text = title;
        Assert.True(await fresh.Save(Village.Rectangle(0, 0, 100, 100)), fresh.Fault);
    }

    [Fact]
    public async Task A_drawn_area_becomes_a_measure_and_goes_again()
    {
        var editor = MeasureEditor.New(service);
        editor.Key = "N1";
        Field(editor, "title").Text = "Neu gezeichnet";
        Assert.True(await editor.Save(Village.Rectangle(0, 0, 100, 100)), editor.Fault);
        var saved = await MeasureEditor.Of(service, "N1");
        Assert.Equal("Neu gezeichnet", Field(saved, "title").Text);
        Assert.Equal(10_000, Crs.Transform(saved.Shape!, Crs.WebMercator, Crs.Stored).Area, 0);
        Assert.True(await saved.Delete(), saved.Fault);
        await Assert.ThrowsAsync<BreitbandException>(() => MeasureEditor.Of(service, "N1"));
    }

    [Fact]
    public async Task What_a_colleague_changed_meanwhile_is_shown_before_it_is_overwritten()
    {
        var (mine, theirs) = (await MeasureEditor.Of(service, "M2"), await MeasureEditor.Of(service, "M2"));
        Field(theirs, "title").Text = "vom Kollegen";
        Assert.True(await theirs.Save(null), theirs.Fault);
        Field(mine, "title").Text = "von mir";
        Assert.False(await mine.Save(null));
        Assert.True(mine.InConflict);
        Assert.Matches(@"^Emil Editor hat diese Maßnahme am \d\d\.\d\d\.\d{4} um \d\d:\d\d Uhr geändert\.", mine.Meanwhile);
        Assert.Equal([new Difference("Titel", "vom Kollegen", "von mir")], mine.Differences);
        Assert.Equal("vom Kollegen", Field(await MeasureEditor.Of(service, "M2"), "title").Text);
        Assert.True(await mine.Insist(null), mine.Fault);
        Assert.False(mine.InConflict);
        Assert.Equal("von mir", Field(await MeasureEditor.Of(service, "M2"), "title").Text);
    }

    [Fact]
    public async Task A_title_saved_over_a_colleagues_area_leaves_the_area_and_says_that_it_is_another()
    {
        var (mine, theirs) = (await MeasureEditor.Of(service, "M4"), await MeasureEditor.Of(service, "M4"));
        Assert.True(await theirs.Save(Village.Rectangle(0, 0, 200, 100)), theirs.Fault);
        Field(mine, "title").Text = "nur der Titel";
        Assert.False(await mine.Save(null));
        var area = Assert.Single(mine.Differences, d => d.Field == "Gebiet");
        Assert.Equal(("2,0 ha, anders begrenzt", "unverändert"), (area.Theirs, area.Ours));
        Assert.True(await mine.Insist(null), mine.Fault);
        var stored = await MeasureEditor.Of(service, "M4");
        Assert.Equal("nur der Titel", Field(stored, "title").Text);
        Assert.Equal(20_000, Crs.Transform(stored.Shape!, Crs.WebMercator, Crs.Stored).Area, 0);
    }

    [Fact]
    public async Task Two_areas_of_one_measure_are_told_apart_before_one_replaces_the_other()
    {
        var (mine, theirs) = (await MeasureEditor.Of(service, "M5"), await MeasureEditor.Of(service, "M5"));
        Assert.True(await theirs.Save(Village.Rectangle(0, 0, 200, 100)), theirs.Fault);
        Assert.False(await mine.Save(Village.Rectangle(0, 0, 100, 300)));
        Assert.Contains(mine.Differences, d => d is { Field: "Gebiet", Theirs: "2,0 ha, anders begrenzt", Ours: "3,0 ha, anders begrenzt" });
    }

    [Fact]
    public async Task What_a_colleague_changed_is_not_deleted_unseen_and_insisting_deletes_it()
    {
        await Store("N2", "bald gelöscht");
        var (mine, theirs) = (await MeasureEditor.Of(service, "N2"), await MeasureEditor.Of(service, "N2"));
        Field(theirs, "title").Text = "doch gebraucht";
        Assert.True(await theirs.Save(null), theirs.Fault);
        Assert.False(await mine.Delete());
        Assert.Contains(mine.Differences, d => d.Theirs == "doch gebraucht");
        Assert.Equal("Trotzdem löschen", mine.Insistence);
        Assert.True(await mine.Insist(null), mine.Fault);
        Assert.Contains("gelöscht", mine.Outcome, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BreitbandException>(() => MeasureEditor.Of(service, "N2"));
    }

    [Fact]
    public async Task Only_states_a_measure_may_be_in_next_are_offered()
    {
        var editor = await MeasureEditor.Of(service, "M1"); // under construction
        Assert.Contains(editor.States, s => s.Code == "construction");
        Assert.DoesNotContain(editor.States, s => s.Code == "idea");
    }

    [Fact]
    public async Task A_wrong_value_is_refused_once_by_the_forms_name_and_nothing_is_saved()
    {
        var editor = await MeasureEditor.Of(service, "M3");
        Field(editor, "commissioning").Text = "irgendwann";
        Assert.False(await editor.Save(null));
        Assert.Equal("Inbetriebnahme: „irgendwann“ ist kein gültiger Wert (JJJJ-MM-TT oder TT.MM.JJJJ).", editor.Fault);
        Assert.True(Field(editor, "commissioning").Wrong);
        Assert.NotEqual("irgendwann", Field(await MeasureEditor.Of(service, "M3"), "commissioning").Text);
    }

    [Fact]
    public async Task What_the_service_refuses_is_said_once_and_without_the_command_lines_words()
    {
        var editor = MeasureEditor.New(service);
        editor.Key = "N 3";
        Field(editor, "title").Text = "mit Leerzeichen";
        editor.State = editor.States[^1];
        Assert.False(await editor.Save(Village.Rectangle(0, 0, 100, 100)));
        Assert.DoesNotContain("=…", editor.Fault, StringComparison.Ordinal);
        Assert.Equal(editor.Fault.Split('\n').Distinct().Count(), editor.Fault.Split('\n').Length);
    }

    [Fact]
    public async Task Numbers_and_days_are_shown_and_read_as_Germans_write_them()
    {
        var editor = MeasureEditor.New(service);
        editor.Key = "N4";
        (Field(editor, "title").Text, Field(editor, "cost").Text, Field(editor, "commissioning").Text) = ("Beträge", "1.250.000,50 €", "30.6.2027");
        Assert.True(await editor.Save(Village.Rectangle(0, 0, 100, 100)), editor.Fault);
        var stored = await MeasureEditor.Of(service, "N4");
        Assert.Equal(("1.250.000,50", "30.06.2027"), (Field(stored, "cost").Text, Field(stored, "commissioning").Text));
        Field(stored, "cost").Text = "950.000";
        Assert.True(await stored.Save(null), stored.Fault);
        var again = await MeasureEditor.Of(service, "N4");
        Assert.Equal("950.000", Field(again, "cost").Text);
        Assert.True(await again.Delete(), again.Fault);
    }

    [Fact]
    public async Task Saving_what_was_not_changed_writes_no_version()
    {
        var editor = await MeasureEditor.Of(service, "M3");
        var before = (await service.Get("/measures/M3", TestContext.Current.CancellationToken))["version"]?.ToString();
        Assert.True(await editor.Save(null), editor.Fault);
        Assert.True(editor.Unchanged);
        Assert.Contains("nichts", editor.Outcome, StringComparison.Ordinal);
        Assert.Equal(before, (await service.Get("/measures/M3", TestContext.Current.CancellationToken))["version"]?.ToString());
    }

    [Fact]
    public async Task What_somebody_else_has_deleted_is_said_to_be_gone()
    {
        await Store("N5", "nicht lange");
        var mine = await MeasureEditor.Of(service, "N5");
        Assert.True(await (await MeasureEditor.Of(service, "N5")).Delete());
        Field(mine, "title").Text = "zu spät";
        Assert.False(await mine.Save(null));
        Assert.Contains("gibt es nicht mehr", mine.Fault, StringComparison.Ordinal);
        Assert.Equal("zu spät", Field(mine, "title").Text);
    }

    [Fact]
    public async Task What_somebody_else_has_deleted_is_told_with_who_and_when_and_can_be_saved_as_a_new_measure()
    {
        var fresh = MeasureEditor.New(service);
        fresh.Key = "N6";
        (Field(fresh, "title").Text, Field(fresh, "cost").Text) = ("bald weg", "1.000,50");
        fresh.State = fresh.States.Single(s => s.Code == "decision_final");
        Assert.True(await fresh.Save(Village.Rectangle(0, 0, 100, 100)), fresh.Fault);
        await service.Patch("/measures/N6", 1, new System.Text.Json.Nodes.JsonObject { ["fields"] = new System.Text.Json.Nodes.JsonObject { ["disclosure"] = "öffentlich" } });
        var mine = await MeasureEditor.Of(service, "N6");
        Assert.True(await (await MeasureEditor.Of(service, "N6")).Delete());
        Field(mine, "title").Text = "doch gebraucht";
        Assert.False(await mine.Save(null));
        Assert.True(mine.IsGone);
        Assert.Matches(@"Emil Editor hat sie am \d\d\.\d\d\.\d{4} um \d\d:\d\d Uhr gelöscht\.", mine.Fault);
        Assert.True(await mine.Renew(null), mine.Fault);
        Assert.False(mine.IsGone);
        var again = await MeasureEditor.Of(service, "N6");
        Assert.Equal(("doch gebraucht", "1.000,50", "decision_final"), (Field(again, "title").Text, Field(again, "cost").Text, again.State!.Code));
        Assert.Equal(10_000, Crs.Transform(again.Shape!, Crs.WebMercator, Crs.Stored).Area, 0);
        Assert.Equal("öffentlich", (string?)(await service.Get("/measures/N6", TestContext.Current.CancellationToken))["fields"]!["disclosure"]); // what the form does not show is kept
        Assert.True(await again.Delete(), again.Fault);
    }

    [Fact]
    public async Task Deleting_what_is_deleted_already_says_so()
    {
        await Store("N7", "zweimal gelöscht");
        var (mine, theirs) = (await MeasureEditor.Of(service, "N7"), await MeasureEditor.Of(service, "N7"));
        Assert.True(await theirs.Delete());
        Assert.False(await mine.Delete());
        Assert.Contains("Zu löschen war nichts mehr", mine.Fault, StringComparison.Ordinal);
        Assert.False(mine.IsGone);
        var refused = await Assert.ThrowsAsync<BreitbandException>(() => MeasureEditor.Of(service, "N7"));
        Assert.Matches(@"N7 gibt es nicht mehr: Emil Editor hat sie am .+ gelöscht\.", refused.Text.De);
    }
}
