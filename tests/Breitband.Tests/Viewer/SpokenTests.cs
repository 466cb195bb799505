using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The language is one for the whole window, so these tests run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneLanguage
{
    public const string Name = "one language";
}

/// <summary>The window in English.</summary>
[Collection(OneLanguage.Name)]
public sealed class SpokenTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    static async Task InEnglish(Func<Task> test)
    {
        Tongue.Current.Language = Language.En;
        try
        {
            await test();
        }
        finally
        {
            Tongue.Current.Language = Language.De;
        }
    }

    [Fact]
    public Task The_service_is_asked_in_English_and_answers_so() => InEnglish(async () =>
    {
        await Open();
        await Desk.Explain("h05");
        Assert.Contains("households", Desk.Selected!.Sentence + string.Concat(Desk.Selected.Steps.Select(s => s.Text)), StringComparison.Ordinal);
        Assert.Equal("connected", Desk.LinkText);
        Assert.Contains("live editions", Desk.Editions[0].Label, StringComparison.Ordinal);
        await Desk.Explain("Nirgendwo 99");
        Assert.DoesNotContain("gibt es", Assert.Single(Faults), StringComparison.Ordinal);
    });

    [Fact]
    public async Task Another_language_keeps_what_was_chosen_and_ticked()
    {
        await Open("editor");
        var (one, basis) = (Desk.Measures[0].Key, Desk.Basis!);
        Assert.Contains(Desk.Profiles, p => p.Label.StartsWith("10/1,7 ", StringComparison.Ordinal));
        await Answered(() => Desk.Measures[0].Counts = false);
        await InEnglish(async () =>
        {
            await Desk.Speak();
            Assert.False(Desk.Measures.Single(m => m.Key == one).Counts);
            Assert.Equal(basis.Code, Desk.Basis!.Code);
            Assert.NotEqual(basis.Label, Desk.Basis.Label);
            Assert.Contains(Desk.Basis, Desk.Bases);
            Assert.Contains(Desk.Profiles, p => p.Label.StartsWith("10/1.7 ", StringComparison.Ordinal));
            Assert.Contains(Desk.Profile, Desk.Profiles);
            Assert.Equal("live editions", Desk.Editions[0].Label);
        });
        Assert.Empty(Faults);
    }

    [Fact]
    public Task Layers_and_their_legend_follow_the_language_at_once() => InEnglish(() =>
    {
        var told = new List<string?>();
        var names = Desk.Layers.Single(l => l.Groups.Contains("name"));
        names.PropertyChanged += (_, e) => told.Add(e.PropertyName);
        foreach (var layer in Desk.Layers)
            layer.Spoken();
        Assert.Equal("Names", names.Label);
        Assert.Equal(["Label", "Legend"], told);
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_measures_form_is_English() => InEnglish(async () =>
    {
        await Open("editor");
        var editor = await MeasureEditor.Of(Desk.Project!.Service, "M1");
        Assert.Equal("Measure M1", editor.Heading);
        Assert.Equal("Title", editor.Fields[0].Label);
        Assert.All(editor.Kinds, k => Assert.NotEqual("", k.Label));
    });

    [Fact]
    public async Task An_open_form_keeps_what_was_chosen_and_typed_and_writes_it_as_the_language_does()
    {
        await Open("editor");
        var editor = MeasureEditor.New(Desk.Project!.Service);
        var (cost, built) = (editor.Fields.Single(f => f.Name == "cost"), editor.Fields.Single(f => f.Name == "commissioning"));
        editor.Kind = editor.Kinds[1];
        editor.State = editor.States[1];
        (cost.Text, built.Text) = ("950.000,50", "30.6.2027");
        var (kind, state) = (editor.Kind.Code, editor.State.Code);
        Assert.False(await editor.Save(null));
        Assert.Equal("Kennung: fehlt.\nTitel: fehlt.", editor.Fault);
        await InEnglish(() =>
        {
            editor.Spoken();
            Assert.Equal((kind, state), (editor.Kind!.Code, editor.State!.Code));
            Assert.Contains(editor.Kind, editor.Kinds);
            Assert.Contains(editor.State, editor.States);
            Assert.Equal(("950,000.50", "2027-06-30"), (cost.Text, built.Text));
            Assert.Equal("Id: is missing.\nTitle: is missing.", editor.Fault);
            return Task.CompletedTask;
        });
    }
}
