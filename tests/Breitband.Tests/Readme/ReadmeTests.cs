using System.Text.RegularExpressions;
using Breitband.Tests.Service;

namespace Breitband.Tests.Readme;

/// <summary>What the README says is true.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    readonly Calls calls = new();

    public void Dispose() => calls.Dispose();

    [Fact]
    public void Its_commands_run_in_the_order_given()
    {
        var commands = Command().Matches(Text).Select(m => m.Groups[1].Value).ToList();
        Assert.True(commands.Count > 6);
        foreach (var command in commands)
        {
            string[] words = [.. Word().Matches(command).Select(w => w.Value.Trim('"')).Select(Placed)];
            calls.Done(words[0] == "demo" ? ["demo", "--out", calls.Folder.File("breitband-demo")] : words);
        }
    }

    /// <summary>Shipped files lie in the repository, what is written goes to the test's own folder.</summary>
    string Placed(string word) => word.StartsWith("data/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, word)
        : word.StartsWith("breitband-demo/", StringComparison.Ordinal) ? calls.Folder.File(word) : Path.HasExtension(word) && !word.Contains(' ', StringComparison.Ordinal) ? calls.Folder.File(word) : word;

    [Fact]
    public void Its_glossary_names_every_type_of_the_domain()
    {
        var glossary = Text[Text.IndexOf("## Words", StringComparison.Ordinal)..];
        string[] tools = ["Phrase", "Language", "Outcome", "BreitbandException", "Suggest", "Formats", "Rounding", "Installation"];
        var missing = typeof(Ags).Assembly.GetExportedTypes().Where(t => t.Namespace == "Breitband" && !t.IsNested).Select(t => t.Name)
            .Where(n => !tools.Contains(n) && !Stem(n).Any(s => glossary.Contains(s, StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    /// <summary>A type is named by itself or by the noun it belongs to: Technologies by Technology, EditionStamp by Edition.</summary>
    static IEnumerable<string> Stem(string name) => [name, Noun().Match(name).Value, name.Replace("ies", "y", StringComparison.Ordinal), name.TrimEnd('s'),
        .. name is "AreaLevel" or "AreaResult" or "EditionStamp" or "MeasureChange" or "RejectedRow" or "UnclearCounts" or "FieldKind" or "Shape" or "Bases" or "MeasureResult" ? ["Words"] : Array.Empty<string>(),
        .. name is "Colour" or "Hatch" or "Symbol" or "ShareClass" or "MeasureGroup" or "LegendChecks" ? ["Legend"] : Array.Empty<string>()];

    [Fact]
    public void Every_verb_is_in_its_table()
    {
        foreach (var verb in VerbName().Matches(calls.Done("--help")).Select(m => m.Groups[1].Value))
            Assert.Matches($@"\| .*`{verb}\b", Text);
    }

    [GeneratedRegex(@"^dotnet run --project src/Breitband\.Service -- (.+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex Noun();

    [GeneratedRegex(@"^  ([a-z]+)  ", RegexOptions.Multiline)]
    private static partial Regex VerbName();
}
