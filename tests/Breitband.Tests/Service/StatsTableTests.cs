using System.Text.Json;
using Breitband.Analyse;
using Breitband.Service.Text;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Service;

/// <summary>The columns of a table besides the result's own.</summary>
public sealed class StatsTableTests
{
    static readonly GapResult Result = GapEngine.Run(Village.County with { Facilities = [Village.Facilities[0] with { Kind = "Gewerbegebiet" }] }, Village.Options());

    static readonly AreaResult[] Rows = [.. Result.Rows.Where(r => r.Level is AreaLevel.County or AreaLevel.Municipality)];

    static Comparison Change(DateOnly before) => new(Stamp(before), Stamp(new(2025, 6, 30)), Comparison.BreakBetween(before, new(2025, 6, 30), EvidenceKind.Atlas),
        [.. Rows.Select(r => new ChangeRow(r.Level, r.Key, r.Name, new(r.Households.Total, 0, 0, 0), new(0, 0, 0, r.Households.Total), 0, r.Households.Total))], []);

    static EditionStamp Stamp(DateOnly date) => Result.Editions[0] with { Date = date };

    static Dictionary<string, object?[]> Table(StatsFacts facts)
    {
        var (columns, cells) = StatsTable.Of(Result, Rows, facts, Language.De);
        return columns.Select((c, i) => (c.Heading, Values: cells.Select(r => r[i]).ToArray())).ToDictionary(c => c.Heading, c => c.Values);
    }

    static StatsFacts Facts(Comparison? change = null) => new(Rows.Where(r => r.Level == AreaLevel.Municipality).ToDictionary(r => r.Key, _ => new MunicipalFacts(null, null, 500)), null, change, new("Es gibt keinen.", "There is none."));

    [Fact]
    public void Inhabitants_of_the_county_are_those_of_its_municipalities_unless_one_is_unknown()
    {
        Assert.Equal([1000L, 500L, 500L], Table(Facts())["Einwohner"]);
        var unknown = Facts();
        ((Dictionary<string, MunicipalFacts>)unknown.Municipalities)[Rows[^1].Key] = new(null, null, null);
        Assert.Equal([null, 500L, null], Table(unknown)["Einwohner"]);
    }

    [Fact]
    public void Business_parks_are_so_many_of_so_many()
    {
        var table = Table(Facts());
        Assert.Equal([1.0, 0.0, 1.0], table["Gewerbegebiet: von"]);
        Assert.Equal(Split.Count(Rows[0].Facilities["Gewerbegebiet"].Served), table["Gewerbegebiet: versorgt"][0]);
    }

    [Fact]
    public void What_was_gained_and_lost_stands_beside_the_figures_and_the_break_of_method_in_every_row()
    {
        var table = Table(Facts(Change(new(2021, 6, 30))));
        Assert.Equal([100.0, 100.0, 100.0], table["versorgt im Vorstand (% HH)"]);
        Assert.Equal([-100.0, -100.0, -100.0], table["Veränderung versorgt (Prozentpunkte)"]);
        Assert.Equal(Rows.Select(r => (object)Split.Count(r.Households.Total)), table["verloren (HH)"]);
        Assert.All(table["Hinweis zum Vergleich"], note => Assert.Contains("adressgenau", (string)note!, StringComparison.Ordinal));
        Assert.DoesNotContain("Hinweis zum Vergleich", Table(Facts(Change(new(2024, 6, 30)))).Keys);
    }

    [Fact]
    public void An_edition_later_than_the_live_one_is_not_called_the_one_before()
    {
        var ahead = new Comparison(Stamp(new(2025, 6, 30)), Stamp(new(2027, 6, 30)), null, Change(new(2021, 6, 30)).Rows, []);
        var table = Table(Facts(ahead));
        Assert.DoesNotContain("Vorstand vom", table.Keys);
        Assert.Equal(new DateOnly(2027, 6, 30), table["späterer Stand vom"][0]);
        Assert.Equal([0.0, 0.0, 0.0], table["versorgt im späteren Stand (% HH)"]);
    }

    [Fact]
    public void Inhabitants_of_former_municipalities_are_not_added_to_those_of_today()
    {
        const string Michendorf = "12069397", Langerwisch = "12069332";
        long? Counted(long? today)
        {
            var store = new MemoryStore();
            foreach (var (ags, inhabitants) in new[] { (Michendorf, today), (Langerwisch, 1500L) })
                store.Add(Village.Edition with { Dataset = new("municipalities", ags), Sha256 = ags }, [Layer.Municipalities.Find("ags")!, Layer.Municipalities.Find("inhabitants")!], [new Row(null, [ags, inhabitants])]);
            return Facts() with { Municipalities = MunicipalFacts.Of(store) } is var facts ? facts.Inhabitants(Rows[0]) : null;
        }

        Assert.Equal(12000, Counted(12000));
        Assert.Equal(1500, Counted(null));
    }

    [Fact]
    public void For_machines_too()
    {
        using var told = JsonDocument.Parse(ResultJson.Stats(Result, Rows, Facts(Change(new(2021, 6, 30))), Language.En));
        Assert.Contains("by address", told.RootElement.GetProperty("previous").GetProperty("method_break").GetString(), StringComparison.Ordinal);
        var county = told.RootElement.GetProperty("rows")[0];
        Assert.Equal(1000, county.GetProperty("inhabitants").GetInt64());
        Assert.Equal((double)Split.Count(Rows[0].Households.Total), county.GetProperty("change").GetProperty("lost").GetDouble());

        using var alone = JsonDocument.Parse(ResultJson.Stats(Result, Rows, Facts(), Language.En));
        Assert.Equal("There is none.", alone.RootElement.GetProperty("previous").GetProperty("why").GetString());
        Assert.False(alone.RootElement.GetProperty("rows")[0].TryGetProperty("change", out _));
    }

    [Fact]
    public void Spots_stand_in_households_percent_and_addresses_and_add_up_to_what_is_not_served()
    {
        var table = Table(Facts());
        string[] kinds = ["weiße Flecken, unter 30 Mbit/s", "hellgraue Flecken, 30 bis unter 100 Mbit/s", "dunkelgraue Flecken, ab 100 Mbit/s bis zur Schwelle", "Flecken ohne bekannte Geschwindigkeit"];
        double Sum(string unit, int row) => kinds.Sum(k => (double)(table[$"{k} ({unit})"][row] ?? 0.0));
        for (var row = 0; row < Rows.Length; row++)
        {
            Assert.Equal(Split.Count(Rows[row].Households.Total - Rows[row].Households.Served), Sum("HH", row), 6);
            Assert.Equal(100 - Rows[row].Households.Percent(Rows[row].Households.Served)!.Value, Sum("% HH", row), 6);
            Assert.Equal(Split.Count(Rows[row].Addresses.Total - Rows[row].Addresses.Served), Sum("Adressen", row), 6);
        }
    }

    [Fact]
    public void Class_shares_stand_beside_those_of_the_edition_before()
    {
        var change = Change(new(2021, 6, 30));
        var table = Table(Facts(change with { Rows = [.. change.Rows.Select(r => r with { Changed = 3 * Split.One, SharesBefore = new Dictionary<string, double> { ["all_200"] = 12.5 } })] }));
        Assert.Equal([12.5, 12.5, 12.5], table["alle Techniken ≥ 200 Mbit/s (% HH), 30.06.2021"]);
        Assert.Equal([3.0, 3.0, 3.0], table["verändert (HH)"]);
        Assert.Contains("alle Techniken ≥ 200 Mbit/s (% HH)", table.Keys);
    }

    [Fact]
    public void Money_and_the_amt_stand_in_tables_and_for_machines_only_where_they_are_known()
    {
        Assert.DoesNotContain(Table(Facts()).Keys, k => k.Contains("Förderung", StringComparison.Ordinal));
        var paid = Result with { Measures = [Result.Measures[0] with { Detail = Result.Measures[0].Detail! with { Funding = new(10000, 6000, 4000) } }, .. Result.Measures.Skip(1)] };
        var facts = Facts();
        ((Dictionary<string, MunicipalFacts>)facts.Municipalities)[Village.Adorf] = new("5999", "Amt Testland", 500);
        var (columns, cells) = StatsTable.Of(paid, Rows, facts, Language.De);
        var at = columns.ToList().FindIndex(c => c.Heading == "Förderung bewilligt, Bund und Land (Euro)");
        Assert.Equal([16000.0, 16000.0, null], cells.Select(r => r[at]));
        var told = JsonDocument.Parse(ResultJson.Stats(paid, Rows, facts, Language.De)).RootElement.GetProperty("rows");
        Assert.Equal(("5999", "Amt Testland"), (told[1].GetProperty("amt").GetProperty("key").GetString(), told[1].GetProperty("amt").GetProperty("name").GetString()));
        Assert.Equal((16000, 4000), (told[1].GetProperty("funding").GetProperty("granted").GetDouble(), told[1].GetProperty("funding").GetProperty("own").GetDouble()));
        Assert.False(told[2].TryGetProperty("funding", out _) || told[2].TryGetProperty("amt", out _));
        foreach (var (field, share) in Rows[0].Shares)
            Assert.Equal(Split.Count(Rows[0].Households.Total) * share / 100, told[0].GetProperty("class_households").GetProperty(field).GetDouble(), 3);
    }

    [Fact]
    public void Without_mobile_coverage_and_an_earlier_edition_their_columns_are_left_out()
    {
        var table = Table(Facts());
        Assert.DoesNotContain(table.Keys, k => k.Contains("5G", StringComparison.Ordinal) || k.Contains("Vorstand", StringComparison.Ordinal));
    }
}
