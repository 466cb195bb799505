using System.Text.Json;

namespace Breitband.Tests.Service;

/// <summary>The shipped real data, imported and analysed through the command line, give the published figures back.</summary>
public sealed class RealInputTests : IDisposable
{
    readonly Calls calls = new Calls().WithShippedData();

    public void Dispose() => calls.Dispose();

    static double Share(JsonElement row, string field) => row.GetProperty("shares").GetProperty(field).GetDouble();

    [Fact]
    public void The_county_has_the_published_shares()
    {
        calls.Done("analyse", "--basis", "atlas");
        var county = calls.Json("stats", "--by", "county").GetProperty("rows")[0];
        Assert.Equal([94.34, 93.01, 82.62, 59.40, 31.67, 29.73], new[] { 30, 50, 100, 200, 400, 1000 }.Select(c => Math.Round(Share(county, $"all_{c}"), 2)));
        Assert.Equal(110478, county.GetProperty("households").GetProperty("total").GetDouble());
    }

    [Fact]
    public void Each_municipality_has_its_published_shares_and_the_probe_says_so()
    {
        calls.Done("analyse");
        var rows = calls.Json("stats").GetProperty("rows");
        Assert.Equal(38, rows.GetArrayLength());
        Assert.Equal(94.14, Share(rows[0], "all_30"), 2);
        var probe = calls.Json("probe");
        Assert.True(probe.GetProperty("largest_municipal").GetDouble() <= 0.005);
        Assert.True(probe.GetProperty("largest_county").GetDouble() <= 0.01);
        Assert.Equal(39 * 38, probe.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void The_300_150_split_is_bracketed_and_adds_up()
    {
        calls.Done("analyse");
        var households = calls.Json("stats", "--by", "county").GetProperty("rows")[0].GetProperty("households");
        decimal Part(string name) => households.GetProperty(name).GetDecimal();
        Assert.Equal(Part("total"), Part("served") + Part("unclear") + Part("planned") + Part("unserved"));
        // By hand from the 38 rows: served = max(fibre 400, cable 1000, all 400 − cable 400); unserved = 1 − min(all 200, fibre 200 + cable 200).
        var (served, unserved) = ByHand();
        Assert.Equal(served, (double)Part("served"), 3);
        Assert.Equal(unserved, (double)Part("unserved"), 3);
    }

    static (double Served, double Unserved) ByHand()
    {
        var lines = File.ReadAllLines(Calls.Data("breitbandatlas/breitbandatlas_pm_2021.csv")).Select(l => l.Split(',')).ToList();
        var households = File.ReadAllLines(Calls.Data("gemeinden/household_size_pm.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => double.Parse(c[^1], System.Globalization.CultureInfo.InvariantCulture));
        var (served, unserved) = (0.0, 0.0);
        foreach (var row in lines.Skip(1).Where(r => households.ContainsKey(r[0])))
        {
            double S(string column) => double.Parse(row[Array.IndexOf(lines[0], column)], System.Globalization.CultureInfo.InvariantCulture) / 100;
            var gap = 1 - Math.Min(S("hh_leitung_200"), S("hh_ftthb_200") + S("hh_catv_200"));
            unserved += households[row[0]] * gap;
            served += households[row[0]] * Math.Min(1 - gap, Math.Max(Math.Max(S("hh_ftthb_400"), S("hh_catv_1000")), S("hh_leitung_400") - S("hh_catv_400")));
        }
        return (served, unserved);
    }

    [Fact]
    public void The_municipalities_have_the_area_of_the_source()
    {
        using var store = Breitband.Store.Store.Open(calls.Store, Breitband.Store.OpenMode.Read);
        var shapes = store.LiveEditions(Layer.Municipalities).SelectMany(store.Read).Select(r => r.Geometry).OfType<NetTopologySuite.Geometries.Geometry>().ToList();
        Assert.Equal(2592.45, shapes.Sum(g => g.Area) / 1e6, 2); // in the plane of UTM 33, as the source states it
        Assert.Equal(2592.92, shapes.Sum(Crs.AreaOf) / 1e6, 2); // on the ground, equal-area; GDAL gives the same two
    }

    [Fact]
    public void Every_profile_can_be_analysed_and_a_stricter_one_never_serves_more()
    {
        double Served(string profile)
        {
            calls.Done("analyse", "--profile", profile);
            return calls.Json("stats", "--by", "county").GetProperty("rows")[0].GetProperty("households").GetProperty("served").GetDouble();
        }

        var all = Profiles.Load(Installation.Profiles).All.ToDictionary(p => p.Key, p => Served(p.Key));
        Assert.Equal(94.34, 100 * all["NGA-2015"] / 110478, 2);
        Assert.True(all["NGA-2015"] >= all["GIG-2021"] && all["GIG-2021"] >= all["GIG-2.0-2023"] && all["GIG-2.0-2024"] >= all["ZIEL-2030"]);
    }

    [Fact]
    public void The_store_is_read_by_GDAL_without_a_warning()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        calls.Done("analyse");
        var answer = Foreign.Run("ogrinfo", "-ro", "-al", "-so", calls.Store);
        Assert.DoesNotContain("arning", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ERROR", answer, StringComparison.Ordinal);
        Assert.Contains("Layer name: municipalities_vg250_e1", answer, StringComparison.Ordinal);
    }
}
