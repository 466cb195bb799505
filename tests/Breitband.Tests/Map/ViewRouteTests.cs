using System.Text.Json;
using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using Breitband.Tests.Tiles;

namespace Breitband.Tests.Map;

/// <summary>The village after a later edition in which no cell has anything; an operator's confidential answers have two editions too.</summary>
public sealed class VillageOfTwoEditions : Served
{
    protected override Action<Breitband.Store.Store>? More => static store =>
    {
        var cells = store.LiveEditions(Layer.CoverageCells).Single();
        using (var writer = store.Begin(cells with { Date = new(2026, 1, 1), Sha256 = "leer" }, Layer.CoverageCells.Fields))
        {
            foreach (var row in store.Read(cells).ToList())
                writer.Write(row with { Values = [.. row.Values.Select(v => v is double ? 0.0 : v)] });
            writer.Commit("{}");
        }
        for (var i = 0; i < 2; i++)
            Import(store, Layer.CoverageAddresses, "mev", Disclosure.Confidential, new Row(Point(Village.X0 + 40, Village.Y0 + 80), [.. Layer.CoverageAddresses.Fields.Select(f => f.Name == "key" ? (object?)$"K{i}" : null)]));
    };
}

public sealed class ViewRouteTests(VillageOfTwoEditions served) : IClassFixture<VillageOfTwoEditions>
{
    async Task<int> Earlier(string dataset, string? key = null) => (await served.Json("/editions", key)).EnumerateArray()
        .First(e => !e.GetProperty("live").GetBoolean() && e.GetProperty("dataset").GetString()!.StartsWith(dataset, StringComparison.Ordinal)).GetProperty("number").GetInt32();

    static List<(string Key, string Households)> Figures(JsonElement answer) => [.. answer.GetProperty("rows").EnumerateArray()
        .Where(r => r.GetProperty("level").GetString() is "county" or "municipality").Select(r => (r.GetProperty("key").GetString()!, JsonSerializer.Serialize(r.GetProperty("households"))))];

    /// <summary>Shares of the municipalities on a view's tile around the village.</summary>
    async Task<Dictionary<string, double>> Shares(string tilejson, string layer = "municipalities", string? key = null, string field = "share", int zoom = 9)
    {
        var template = (await served.Json(tilejson, key)).GetProperty("tiles")[0].GetString()!;
        var (x, y) = Crs.Transform(Crs.Stored, Crs.WebMercator)(Village.X0 + 200, Village.Y0 + 100);
        var world = TileAddress.World(x, y);
        var tile = new TileAddress(zoom, (int)(world.X * (1 << zoom)), (int)(world.Y * (1 << zoom)));
        using var request = new HttpRequestMessage(HttpMethod.Get, template.Replace("{z}", $"{zoom}", StringComparison.Ordinal).Replace("{x}", $"{tile.X}", StringComparison.Ordinal).Replace("{y}", $"{tile.Y}", StringComparison.Ordinal));
        request.Headers.AcceptEncoding.Add(new("gzip"));
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        using var response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return VillagePyramid.Features(bytes, tile, layer).GroupBy(f => (string)f.Attributes["key"])
            .ToDictionary(g => g.Key, g => Convert.ToDouble(g.First().Attributes.GetOptionalValue(field) ?? -1, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_place_is_explained_by_an_earlier_edition_and_only_by_one_the_reader_may_know_of()
    {
        var earlier = await Earlier("coverage_cells");
        var (now, then) = (await served.Json($"/explain?place={Village.Adorf}&basis=atlas", "admin"), await served.Json($"/explain?place={Village.Adorf}&basis=atlas&with={earlier}", "admin"));
        Assert.NotEqual(now.GetProperty("run").GetString(), then.GetProperty("run").GetString());
        Assert.True(then.GetProperty("households").GetProperty("unserved").GetDouble() < now.GetProperty("households").GetProperty("unserved").GetDouble());
        Assert.Equal("404", await served.Statuses($"/explain?place=h05&with={await Earlier("coverage_addresses", "admin")}", "reader"));
        Assert.Equal(400, (await served.Get("/explain?place=h05&profile=gibtsnicht", "admin")).Status);
    }

    [Fact]
    public async Task Another_rule_has_figures_and_tiles_of_its_own_and_the_last_analysis_keeps_its_own()
    {
        var view = await served.Json("/views?profile=NGA-2015&basis=atlas");
        var whatIf = (await served.Send(HttpMethod.Post, "/whatif", """{"profile":"NGA-2015","basis":"atlas"}""", "admin")).Json;
        Assert.Equal(Figures(whatIf), Figures(view));
        Assert.Equal(Lifts(whatIf), Lifts(await served.Json("/views?profile=NGA-2015&basis=atlas", "admin")));
        static IEnumerable<(string?, double)> Lifts(System.Text.Json.JsonElement answer) => answer.GetProperty("measures").EnumerateArray().Select(m => (m.GetProperty("key").GetString(), m.GetProperty("households").GetDouble()));
        Assert.Equal(("NGA-2015", false), (view.GetProperty("profile").GetString(), view.GetProperty("last").GetBoolean()));
        var address = view.GetProperty("tilejson").GetString()!;
        Assert.Contains($"/views/{view.GetProperty("run").GetString()}/", address, StringComparison.Ordinal);
        Assert.Contains(address[..^"tilejson".Length], (await served.Json(address)).GetProperty("tiles")[0].GetString(), StringComparison.Ordinal);
        var shares = await Shares(address);
        foreach (var row in view.GetProperty("rows").EnumerateArray().Where(r => shares.ContainsKey(r.GetProperty("key").GetString()!)))
        {
            var h = row.GetProperty("households");
            double Of(string part) => h.GetProperty(part).GetDouble();
            Assert.Equal(Of("total") > 0 ? 100 * (Of("unclear") + Of("unserved")) / Of("total") : -1, shares[row.GetProperty("key").GetString()!], 0.06);
        }
        Assert.NotEmpty(shares);
        await served.Json("/tilejson");
        await served.Site.Pyramids.Made(Disclosure.Public);
        Assert.NotEqual((await served.Json("/tilejson")).GetProperty("tiles")[0].GetString(), (await served.Json(address)).GetProperty("tiles")[0].GetString());
    }

    [Fact]
    public async Task An_earlier_edition_shows_the_figures_the_comparison_states_for_it()
    {
        var number = await Earlier("coverage_cells");
        var view = await served.Json($"/views?with={number}");
        var before = (await served.Json($"/comparison?with={number}")).GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("key").GetString()!, r => JsonSerializer.Serialize(r.GetProperty("before")));
        Assert.All(Figures(view), f => Assert.Equal(before[f.Key], f.Households));
        var today = await served.Json("/views");
        Assert.True(today.GetProperty("last").GetBoolean());
        Assert.EndsWith("/tilejson", today.GetProperty("tilejson").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/views/", today.GetProperty("tilejson").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(Figures(today), Figures(view));
        Assert.NotEqual(await Shares(view.GetProperty("tilejson").GetString()!, "settlements"), await Shares("/tilejson", "settlements"));
    }

    [Fact]
    public async Task What_only_some_may_see_is_not_computed_for_others_nor_on_their_tiles()
    {
        var secret = await Earlier("coverage_addresses", "admin");
        Assert.Equal("404 404 200", await served.Statuses($"/views?with={secret}", null, "reader", "admin"));
        // The figures of the county may always be told; single places that stand on confidential answers may not.
        var (open, closed) = (await served.Json("/views?basis=best&profile=NGA-2015"), await served.Json("/views?basis=best&profile=NGA-2015", "admin"));
        Assert.Equal(Figures(open), Figures(closed));
        Assert.NotNull(open.GetProperty("withheld").GetString());
        Assert.False(open.TryGetProperty("measures", out _)); // what a measure lifts tells of places
        Assert.True(closed.TryGetProperty("measures", out _));
        Assert.Null(closed.GetProperty("withheld").GetString());
        Assert.Empty(await Shares(open.GetProperty("tilejson").GetString()!, "settlements"));
        Assert.NotEmpty(await Shares(closed.GetProperty("tilejson").GetString()!, "settlements", "admin"));
        Assert.NotEmpty(await Shares(open.GetProperty("tilejson").GetString()!));
        // A run is no key to a pyramid made for somebody else.
        var only = await served.Json("/views?basis=mev", "admin");
        Assert.Equal("410 410 200", await served.Statuses(only.GetProperty("tilejson").GetString()!, null, "reader", "admin"));
    }

    [Fact]
    public async Task Two_editions_have_tiles_of_what_changed_with_the_figures_of_their_comparison()
    {
        var earlier = await Earlier("coverage_cells");
        var compared = await served.Json($"/comparison?with={earlier}&map=true", "admin");
        var rows = compared.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("level").GetString() == "municipality").ToList();
        var shown = await Shares(compared.GetProperty("tilejson").GetString()!, "municipality_changes", "admin", "points");
        double Percent(JsonElement row, string at) => 100 * row.GetProperty(at).GetProperty("served").GetDouble() / row.GetProperty(at).GetProperty("total").GetDouble();
        foreach (var row in rows.Where(r => r.GetProperty("after").GetProperty("total").GetDouble() > 0))
            Assert.InRange(Percent(row, "after") - Percent(row, "before") - shown[row.GetProperty("key").GetString()!], 0, 0.1001);
        Assert.Contains(shown.Values, v => v < -10);
        Assert.NotEmpty(await Shares(compared.GetProperty("tilejson").GetString()!, "settlement_changes", "admin", "points"));
        Assert.NotEmpty(await Shares(compared.GetProperty("tilejson").GetString()!, "changes", "admin", "households", 13));
        var style = await served.Json(compared.GetProperty("style").GetString()!, "admin");
        var groups = style.GetProperty("metadata").GetProperty("breitband:legend").EnumerateArray().ToDictionary(g => g.GetProperty("id").GetString()!);
        Assert.Equal([.. Legend.Default.ChangeClasses.Select(c => c.Symbol.Fill), Legend.Default.NoHouseholds.Fill], groups["change-share"].GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("fill").GetString()));
        Assert.DoesNotContain("municipality-share", groups.Keys);
        // Named by both editions, whichever of them is asked for.
        Assert.Null(compared.GetProperty("method_break").GetString());
        Assert.False((await served.Json($"/comparison?with={earlier}")).TryGetProperty("tilejson", out _));
    }

    [Fact]
    public async Task Changes_of_single_places_are_on_the_tiles_only_of_those_who_may_see_them_and_what_is_no_pair_is_refused()
    {
        var (cells, secret) = (await Earlier("coverage_cells"), await Earlier("coverage_addresses", "admin"));
        var (open, closed) = (await served.Json($"/comparison?with={cells}&basis=best&map=true"), await served.Json($"/comparison?with={cells}&basis=best&map=true", "admin"));
        Assert.NotNull(open.GetProperty("withheld").GetString());
        Assert.NotEmpty(await Shares(open.GetProperty("tilejson").GetString()!, "municipality_changes", field: "points"));
        Assert.Empty(await Shares(open.GetProperty("tilejson").GetString()!, "settlement_changes", field: "points"));
        Assert.Empty(await Shares(open.GetProperty("tilejson").GetString()!, "changes", field: "households", zoom: 13));
        Assert.NotEmpty(await Shares(closed.GetProperty("tilejson").GetString()!, "settlement_changes", "admin", "points"));
        Assert.Equal("410", await served.Statuses(closed.GetProperty("tilejson").GetString()!, "reader"));
        var refused = await served.Get($"/comparison?with={cells}&to={secret}&map=true", "admin");
        Assert.Equal(422, refused.Status);
        Assert.Contains("verschiedene Datensätze", refused.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await served.Get($"/comparison?with={cells}&to={secret}")).Status); // to others it does not exist
        Assert.Contains("selbst der geltende", (await served.Get($"/comparison?with={cells}&to={cells}&map=true")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/comparison?with=1&map=vielleicht", 400, "map")]
    [InlineData("/views?profile=NGA-1915", 400, "NGA-2015")]
    [InlineData("/views?basis=atlantis", 400, "atlas")]
    [InlineData("/views?with=minus", 400, "with")]
    [InlineData("/views?with=999", 404, "Datenstand")]
    [InlineData("/views?with=1", 400, "Versorgung")]
    [InlineData("/views/000000000000/tilejson", 410, "/views")]
    [InlineData("/views/..%2F..%2Fetc/tilejson", 410, "/views")]
    [InlineData("/views/000000000000/tiles/WebMercatorQuad/3/0/0", 410, "/views")]
    [InlineData("/map/style.json?view=000000000000", 410, "/views")]
    public async Task What_does_not_exist_is_refused_with_what_was_meant(string path, int status, string word)
    {
        var got = await served.Get(path);
        Assert.Equal(status, got.Status);
        Assert.Contains(word, got.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_style_of_a_view_takes_results_from_its_tiles_and_everything_else_from_the_maps()
    {
        var view = await served.Json("/views?profile=GIG-2021&basis=atlas");
        var style = await served.Json(view.GetProperty("style").GetString()!);
        Assert.Equal(view.GetProperty("tilejson").GetString(), style.GetProperty("sources").GetProperty("ansicht").GetProperty("url").GetString());
        var sources = style.GetProperty("layers").EnumerateArray().Where(l => l.TryGetProperty("source-layer", out _))
            .Select(l => (Layer: l.GetProperty("source-layer").GetString()!, Source: l.GetProperty("source").GetString())).Distinct().ToDictionary(l => l.Layer, l => l.Source);
        Assert.Equal(("ansicht", "ansicht", "breitband", "breitband"), (sources["gaps"], sources["municipalities"], sources["measures"], sources["addresses"]));
    }

    [Fact]
    public async Task Only_so_many_views_are_kept_and_the_oldest_go()
    {
        var first = (await served.Json("/views?profile=ZIEL-2030&basis=mev")).GetProperty("tilejson").GetString()!;
        Assert.Equal(200, (await served.Get(first)).Status);
        foreach (var profile in Profiles.Load(Installation.Profiles).All.Where(p => p.Key != "ZIEL-2030").Take(8))
            await served.Json($"/views?profile={profile.Key}&basis=mev");
        Assert.Equal(410, (await served.Get(first)).Status);
        foreach (var basis in new[] { "atlas", "best" })
            foreach (var profile in Profiles.Load(Installation.Profiles).All)
                await served.Json($"/views?profile={profile.Key}&basis={basis}");
        Assert.InRange(Directory.GetFiles(served.Site.Pyramids.ViewsFolder).Length, 1, 24);
        Assert.Equal(200, (await served.Get((await served.Json("/views?profile=ZIEL-2030&basis=mev")).GetProperty("tilejson").GetString()!)).Status);
    }
}
