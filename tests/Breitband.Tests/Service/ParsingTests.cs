namespace Breitband.Tests.Service;

/// <summary>What the words of a call mean, in whatever order they come.</summary>
public sealed class ParsingTests : IDisposable
{
    readonly Calls calls = new();

    public void Dispose() => calls.Dispose();

    [Theory]
    [InlineData("„import“ ist weder eine Adresse", "explain", "import")]
    [InlineData("„stats“ gibt es nicht im Speicher", "export", "stats", "--out", "a.csv")]
    [InlineData("Den Datensatz „check“", "rollback", "check")]
    [InlineData("Die Aufgreifschwelle „probe“", "analyse", "--profile", "probe")]
    public void The_name_of_a_verb_may_stand_for_something_else(string answer, params string[] args)
    {
        calls.WithShippedData();
        calls.Done("analyse");
        var (code, text, error) = calls.Run(args);
        Assert.Equal((2, ""), (code, text));
        Assert.Contains(answer, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Breitband kennt", new[] { "--store", "kreis.gpkg", "statz" }, "„statz“ kennt Breitband nicht. Meinten Sie stats?")]
    [InlineData("English", new[] { "--lang", "en", "statz" }, "Breitband does not know \"statz\". Did you mean stats?")]
    [InlineData("English, joined", new[] { "statz", "--lang=en" }, "Did you mean stats?")]
    [InlineData("option before any verb", new[] { "--jsn" }, "Die Option --jsn gibt es nicht. Meinten Sie --json?")]
    [InlineData("one dash", new[] { "stats", "-by", "county" }, "Meinten Sie --by?")]
    [InlineData("no value", new[] { "stats", "--by" }, "--by braucht einen Wert (county|amt|municipality|settlement|outside|all|cluster).")]
    [InlineData("no value, English", new[] { "--lang", "en", "import", "a.csv", "--edition" }, "--edition needs a value (YYYY-MM-DD).")]
    [InlineData("global without value", new[] { "--store" }, "--store braucht einen Wert (SPEICHER).")]
    [InlineData("twice", new[] { "stats", "--by", "amt", "--by", "county" }, "--by steht mehrmals da.")]
    [InlineData("other language", new[] { "stats", "--lang", "fr" }, "--lang: „fr“ ist kein gültiger Wert (de|en).")]
    [InlineData("nothing to export", new[] { "export", "--out", "a.csv" }, "Es fehlt: EBENE.")]
    [InlineData("too much", new[] { "stats", "county" }, "„county“ ist zu viel.")]
    [InlineData("help of nothing", new[] { "imprt", "--help" }, "Meinten Sie import?")]
    public void A_mistake_is_named_with_the_way_out(string why, string[] args, string answer)
    {
        var (code, text, error) = Calls.RunAsTyped(args);
        Assert.True((code, text) == (2, ""), why);
        Assert.Contains(answer, error, StringComparison.Ordinal);
        Assert.Contains("breitband", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Der Weg: importieren → analysieren")]
    [InlineData("Der Weg: importieren → analysieren", "--quiet")]
    [InlineData("The way: import → analyse", "--lang", "en")]
    [InlineData("The way: import → analyse", "--help", "--lang=en")]
    [InlineData("Beispiele:\n  breitband stats", "help", "stats")]
    [InlineData("Examples:\n  breitband stats", "--lang", "en", "stats", "-h")]
    [InlineData("breitband 0.", "--version")]
    public void Who_asks_for_the_way_is_shown_it(string answer, params string[] args)
    {
        var (code, text, error) = Calls.RunAsTyped(args);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(answer, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_of_every_verb_is_explained_in_both_languages()
    {
        foreach (var verb in new[] { "import", "editions", "rollback", "analyse", "stats", "explain", "probe", "print", "export", "check" })
        {
            var german = calls.Done(verb, "--help").Split('\n').Where(l => l.StartsWith("  --", StringComparison.Ordinal)).ToList();
            var english = calls.Done(verb, "--help", "--lang", "en").Split('\n').Where(l => l.StartsWith("  --", StringComparison.Ordinal)).ToList();
            Assert.Equal(german.Select(l => l.Split(' ')[2]), english.Select(l => l.Split(' ')[2]));
            Assert.All(german.Zip(english), pair => Assert.NotEqual(pair.First, pair.Second));
            Assert.True(calls.Done(verb, "--help").Split('\n').Count(l => l.StartsWith($"  breitband {verb}", StringComparison.Ordinal)) >= 3);
        }
    }
}
