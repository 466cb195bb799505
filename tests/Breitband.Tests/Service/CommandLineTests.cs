namespace Breitband.Tests.Service;

public sealed class CommandLineTests : IDisposable
{
    readonly Calls calls = new();

    public void Dispose() => calls.Dispose();

    [Theory]
    [InlineData("import")]
    [InlineData("editions")]
    [InlineData("rollback")]
    [InlineData("analyse")]
    [InlineData("stats")]
    [InlineData("explain")]
    [InlineData("measures")]
    [InlineData("probe")]
    [InlineData("print")]
    [InlineData("demo")]
    [InlineData("export")]
    [InlineData("check")]
    [InlineData("serve")]
    [InlineData("keys")]
    public void Help_teaches_by_example_in_both_languages(string verb)
    {
        Assert.Contains($"Beispiele:\n  breitband {verb}", calls.Done(verb, "--help"), StringComparison.Ordinal);
        Assert.Contains($"Examples:\n  breitband {verb}", calls.Done(verb, "--help", "--lang", "en"), StringComparison.Ordinal);
        Assert.Contains($"  {verb} ", calls.Done("--help"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Meinten Sie import?", "imprt", "x.shp")]
    [InlineData("Meinten Sie --edition", "import", "x.shp", "--editon", "2025-01-01")]
    [InlineData("Es fehlt: DATEI...", "import")]
    [InlineData("Meinten Sie GIG-2021", "analyse", "--profile", "GIG-2012")]
    [InlineData("„xlsy“", "stats", "--format", "xlsy")]
    [InlineData("kein Datum", "analyse", "--as-of", "gestern")]
    [InlineData("kein Koordinatensystem", "import", "x.shp", "--crs", "UTM")]
    [InlineData("Did you mean stats?", "stat", "--lang", "en")]
    public void A_wrong_call_is_answered_with_what_was_meant(string answer, params string[] args)
    {
        calls.WithShippedData();
        calls.Done("analyse");
        var (code, text, error) = calls.Run(args);
        Assert.Equal((2, ""), (code, text));
        Assert.Contains(answer, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_input_is_refused_and_nothing_is_written()
    {
        calls.Folder.Write("leer.csv", "");
        calls.Folder.Write("fremd.csv", "a;b\n1;2\n");
        foreach (var (file, answer) in new[] { ("fehlt.shp", "fehlt.shp"), (".", "Ordner"), ("leer.csv", "leer.csv"), ("fremd.csv", "fremd.csv") })
        {
            var (code, _, error) = calls.Run("import", calls.Folder.File(file));
            Assert.Equal(3, code);
            Assert.Contains(answer, error, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(calls.Store));
    }

    [Fact]
    public void An_undated_file_asks_for_its_date() =>
        Assert.Contains("--edition", calls.Run("import", Calls.Data("vg250/vg250_gemeinden_pm.geojson")).Error, StringComparison.Ordinal);

    [Fact]
    public void The_same_file_twice_changes_nothing_and_a_dry_run_neither()
    {
        calls.WithShippedData();
        Assert.False(calls.Json("import", Calls.Data("vg250/vg250_gemeinden_pm.geojson"), "--edition", "2016-01-01").GetProperty("changed").GetBoolean());
        var said = calls.Done("import", Calls.Data("vg250/vg250_gemeinden_pm.geojson"), "--edition", "2017-01-01", "--dry-run");
        Assert.Matches(@"erste Zeilen +Kennung: 12069\d{3} .*Name: ", said);
        Assert.Equal(4, calls.Json("editions").GetArrayLength());
    }

    [Fact]
    public void Rolling_back_and_forth_is_said()
    {
        calls.WithShippedData();
        calls.Done("import", Calls.Data("vg250/vg250_gemeinden_pm.geojson"), "--edition", "2017-01-01");
        Assert.Contains("vom 01.01.2016", calls.Done("rollback", "municipalities:vg250"), StringComparison.Ordinal);
        Assert.Contains("vom 01.01.2017", calls.Done("rollback", "municipalities:vg250", "2017-01-01"), StringComparison.Ordinal);
        Assert.Contains("Meinten Sie municipalities:vg250", calls.Run("rollback", "municipalities:vg25").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_analysis_stats_says_what_to_do_first()
    {
        calls.WithShippedData();
        var (code, _, error) = calls.Run("stats");
        Assert.Equal(3, code);
        Assert.Contains("breitband analyse", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_that_overlap_are_refused_by_name()
    {
        calls.WithShippedData();
        Directory.CreateDirectory(calls.Folder.File("regeln"));
        var text = File.ReadAllText(Calls.Data("profiles.json")).Replace("\"valid_to\": \"2025-01-12\"", "\"valid_to\": \"2025-06-30\"", StringComparison.Ordinal);
        calls.Folder.Write("regeln/profiles.json", text);
        var (code, _, error) = calls.Run("analyse", "--data", calls.Folder.File("regeln"));
        Assert.Equal(3, code);
        Assert.Contains("„GIG-2.0-2024“ und „GIG-2.0-2025“ gelten gleichzeitig", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_repeated_by_its_id()
    {
        calls.WithShippedData();
        var run = calls.Json("analyse", "--as-of", "2026-01-01").GetProperty("run").GetString()!;
        Assert.Equal(run, calls.Json("analyse", "--run", run).GetProperty("run").GetString());
    }

    [Fact]
    public void Statistics_have_the_documented_shape()
    {
        calls.WithShippedData();
        calls.Done("analyse");
        var stats = calls.Json("stats", "--by", "settlement");
        Assert.Equal(["run", "profile", "basis", "editions", "rows", "mobile_date", "previous"], stats.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["dataset", "date", "file"], stats.GetProperty("editions")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(["total", "served", "unclear", "planned", "unserved"], stats.GetProperty("rows")[0].GetProperty("households").EnumerateObject().Select(p => p.Name));
        Assert.StartsWith("\ufeffEbene;Schlüssel;Name;Amt;Einwohner;Haushalte;Haushalte versorgt", calls.Done("stats", "--format", "csv"), StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFlevel,key,Name,Amt,inhabitants,households", calls.Done("stats", "--format", "csv", "--lang", "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_what_is_missing_and_that_all_is_well()
    {
        calls.Run("import", Calls.Data("gemeinden/gemeinden_pm.csv"));
        Assert.Equal(1, calls.Run("check").Code);
        calls.WithShippedData();
        Assert.Contains("Alles in Ordnung", calls.Done("check"), StringComparison.Ordinal);
    }
}
