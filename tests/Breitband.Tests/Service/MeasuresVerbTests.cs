namespace Breitband.Tests.Service;

public sealed class MeasuresVerbTests : IDisposable
{
    readonly Calls calls = new Calls().WithShippedData();

    public void Dispose() => calls.Dispose();

    [Fact]
    public void A_measure_is_made_changed_and_taken_out_and_its_history_tells_by_whom()
    {
        calls.Folder.Write("plan.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[12.55,52.12],[12.60,52.12],[12.60,52.15],[12.55,52.12]]]}}]}""");
        calls.Done("measures", "add", "M-40", "title=Glasfaser Fläming", "kind=gefördert", "Stand=Idee", "cost=1.250.000,00", "--area", calls.Folder.File("plan.geojson"), "--by", "Frau Muster");
        calls.Done("analyse");
        var listed = calls.Json("measures", "list")[0];
        Assert.Equal((1, "idea", 1250000), (listed.GetProperty("version").GetInt32(), listed.GetProperty("fields").GetProperty("state").GetString(), listed.GetProperty("fields").GetProperty("cost").GetDouble()));
        Assert.StartsWith("POLYGON ((33", listed.GetProperty("area").GetString(), StringComparison.Ordinal);
        Assert.Contains("bindet noch niemanden", calls.Done("measures", "list"), StringComparison.Ordinal);
        calls.Done("measures", "set", "M-40", "state=application_filed", "--version", "1", "--by", "Herr Beispiel");
        var (code, _, stale) = calls.Run("measures", "set", "M-40", "cost=5", "--version", "1");
        Assert.Equal(3, code);
        Assert.Contains("jetzt gilt Version 2. Zuletzt: Herr Beispiel", stale, StringComparison.Ordinal);
        calls.Done("measures", "delete", "M-40", "--by", "Frau Muster");
        var history = calls.Done("measures", "history", "M-40");
        foreach (var said in new[] { "Frau Muster: angelegt", "Herr Beispiel: geändert", "Stand: idea → application_filed", "Frau Muster: herausgenommen" })
            Assert.Contains(said, history, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_changed_the_store_is_shown_the_newest_first()
    {
        calls.Done("measures", "add", "M-40", "title=Glasfaser", "state=idea", "--by", "Frau Muster");
        calls.Done("analyse");
        var entries = calls.Json("audit").EnumerateArray().ToList();
        Assert.Equal(["analyse", "measure.create", "import"], entries.Select(e => e.GetProperty("action").GetString()).Take(3));
        Assert.Equal([Environment.UserName, "Frau Muster", Environment.UserName], entries.Select(e => e.GetProperty("who").GetString()).Take(3));
        Assert.Equal(2, calls.Done("audit", "--limit", "1").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("M-40", calls.Done("audit", "--lang", "en"), StringComparison.Ordinal);
        Assert.Equal(2, calls.Run("audit", "--limit", "viele").Code);
    }

    [Theory]
    [InlineData("[[12.50,52.10],[12.60,52.15],[12.60,52.10],[12.50,52.15],[12.50,52.10]]", "Objekt 2: ungültig (überschneidet sich selbst bei 332288 5777775); bitte neu zeichnen")]
    [InlineData("[[12.50,52.10],[12.60,52.10],[12.60,52.15],[12.50,52.10]],[[12.70,52.10],[12.71,52.10],[12.71,52.11],[12.70,52.10]]", "Objekt 2: ungültig (ein Loch liegt außerhalb der Fläche")]
    [InlineData("[[12.50,52.10],[12.60", "teile.geojson: ab Objekt 2: kein gültiges JSON oder abgeschnitten")]
    public void A_part_of_a_drawn_area_that_is_none_is_named_by_file_and_feature(string rings, string answer)
    {
        const string Square = """{"type":"Feature","properties":{"name":"Teil"},"geometry":{"type":"Polygon","coordinates":[[[12.52,52.09],[12.58,52.09],[12.58,52.16],[12.52,52.16],[12.52,52.09]]]}}""";
        calls.Folder.Write("teile.geojson", $$$"""{"type":"FeatureCollection","features":[{{{Square}}},{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[{{{rings}}}]}}]}""");
        var (ended, _, error) = calls.Run("measures", "add", "M-77", "title=x", "state=idea", "--area", calls.Folder.File("teile.geojson"));
        Assert.Equal(3, ended);
        Assert.Contains("teile.geojson", error, StringComparison.Ordinal);
        Assert.Contains(answer, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Meinten Sie set?", "measures", "sett", "M-1")]
    [InlineData(2, "Welche Maßnahme?", "measures", "add")]
    [InlineData(2, "Was soll sich ändern?", "measures", "set", "M-1")]
    [InlineData(2, "weder eine Datei noch WKT", "measures", "add", "M-1", "title=x", "state=idea", "--area", "POLYGON ((1 2")]
    [InlineData(3, "gibt es nicht", "measures", "add", "M-1", "title=x", "state=idea", "--area", "fehlt.geojson")]
    public void A_wrong_call_is_answered_with_what_was_meant(int code, string answer, params string[] args)
    {
        var (ended, _, error) = calls.Run(args);
        Assert.Equal(code, ended);
        Assert.Contains(answer, error, StringComparison.Ordinal);
    }
}
