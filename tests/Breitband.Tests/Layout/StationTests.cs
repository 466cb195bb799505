using System.Text.RegularExpressions;

namespace Breitband.Tests.Layout;

/// <summary>The house rules of docs/architecture.md, enforced on the sources.</summary>
public partial class StationTests
{
    static readonly string[] Stations = ["Import", "Analyse", "Tiles", "Print", "Export", "Demo"];

    static readonly string Root = Repository.Root;

    static IEnumerable<(string File, string Text)> Sources(string folder, string pattern = "*.cs") =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Select(f => (f[(Root.Length + 1)..], File.ReadAllText(f)));

    [Fact]
    public void Stations_never_refer_to_each_other()
    {
        var faults = from station in Stations
                     where Directory.Exists(Path.Combine(Root, "src/Breitband", station))
                     from source in Sources($"src/Breitband/{station}")
                     from other in Stations
                     where other != station && Regex.IsMatch(source.Text, $@"\bBreitband\.{other}\b")
                     select $"{source.File} refers to {other}";
        Assert.Empty(faults);
    }

    [Fact]
    public void The_domain_and_the_store_know_no_station()
    {
        var root = Sources("src/Breitband").Where(s => s.File.Count(c => c == '/') == 2).Concat(Sources("src/Breitband/Store"));
        Assert.Empty(from source in root
                     from other in Stations
                     where Regex.IsMatch(source.Text, $@"\bBreitband\.{other}\b")
                     select $"{source.File} refers to {other}");
    }

    [Fact]
    public void The_library_knows_neither_console_nor_window() =>
        Assert.Empty(Sources("src/Breitband").Where(s => ConsoleOrWindow().IsMatch(s.Text)).Select(s => s.File));

    [Fact]
    public void Nobody_refers_to_what_stands_on_top_of_him()
    {
        Assert.Empty(Sources("src/Breitband").Where(s => Regex.IsMatch(s.Text, @"\bBreitband\.(Service|Viewer)\b")).Select(s => s.File));
        Assert.Empty(Sources("src/Breitband.Service").Where(s => s.Text.Contains("Breitband.Viewer", StringComparison.Ordinal)).Select(s => s.File));
        Assert.Empty(Sources("src/Breitband.Viewer").Where(s => Regex.IsMatch(s.Text, @"\b(Avalonia|Mapsui|Breitband\.Viewer\.Desktop)\b")).Select(s => s.File));
        Assert.DoesNotContain("Breitband.Viewer.Desktop", File.ReadAllText(Path.Combine(Root, "Breitband.sln")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_window_calls_Mapsui_in_one_file_only() =>
        Assert.Equal(["src/Breitband.Viewer.Desktop/Map/MapAdapter.cs"], Sources("src/Breitband.Viewer.Desktop").Select(s => (s.File, Text: Code(s.Text))).Concat(Sources("src/Breitband.Viewer.Desktop", "*.axaml"))
            .Where(s => Regex.IsMatch(s.Text, @"\b(Mapsui|BruTile)\b")).Select(s => s.File));

    [Fact]
    public void Only_the_window_is_built_with_the_packages_of_a_window() =>
        Assert.Equal(["src/Breitband.Viewer.Desktop/Breitband.Viewer.Desktop.csproj"], Sources("src", "*.csproj").Concat(Sources("tests", "*.csproj")).Concat(Sources("src", "*.props"))
            .Where(s => Regex.IsMatch(s.Text, @"<(PackageReference|Using)[^>]*""(Avalonia|Mapsui|BruTile)")).Select(s => s.File));

    [Fact]
    public void Projects_refer_downwards_only()
    {
        string[] order = ["Breitband", "Breitband.Service", "Breitband.Viewer", "Breitband.Viewer.Desktop"];
        Assert.Empty(from project in Sources("src", "*.csproj")
                     let own = Array.IndexOf(order, Path.GetFileNameWithoutExtension(project.File))
                     from Match reference in Regex.Matches(project.Text, @"<ProjectReference Include=""[^""]*?([^/""\\]+)\.csproj""")
                     where own < 0 || Array.IndexOf(order, reference.Groups[1].Value) is var other && (other < 0 || other >= own)
                     select $"{project.File} refers to {reference.Groups[1].Value}");
    }

    /// <summary>Without what people read: comments and texts may name a package.</summary>
    static string Code(string text) => Regex.Replace(Regex.Replace(text, @"//[^\n]*", ""), @"""(\\.|[^""\\\n])*""", "");

    [Fact]
    public void Coordinate_reference_systems_are_numbered_only_where_they_are_defined_or_recognised() =>
        Assert.Empty(Sources("src").Where(s => !Path.GetFileName(s.File).StartsWith("Crs", StringComparison.Ordinal) && BareCrs().IsMatch(s.Text)).Select(s => s.File));

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(Sources("src").Concat(Sources("tests")).Where(s => s.Text.Count(c => c == '\n') > 400).Select(s => s.File));

    [GeneratedRegex(@"\bConsole\.|\b(Avalonia|Mapsui)\.|Microsoft\.AspNetCore")]
    private static partial Regex ConsoleOrWindow();

    /// <summary>An EPSG code as a number in code; texts and comments may name one.</summary>
    [GeneratedRegex(@"^(?!\s*//)[^""\n]*[^""\w:]\b(25832|25833|3035|4326|4258|3857|31467|31468|2398|2399|5650|4647)\b[^""\n]*$", RegexOptions.Multiline)]
    private static partial Regex BareCrs();
}
