using Breitband.Store;
using Breitband.Tests.Analyse;

namespace Breitband.Tests.Service.Http;

/// <summary>
/// A confidential consultation is live and a confidential state of the cells was before the public one, while the last analysis stands on the
/// atlas alone: nothing of either may reach whoever may not know of it.
/// </summary>
public sealed class ServedWithSecrets : Served
{
    public static readonly DateOnly SecretDate = new(2024, 3, 1);

    public int SecretNumber { get; private set; }

    protected override Action<Breitband.Store.Store> More => store =>
    {
        var cells = store.LiveEditions(Layer.CoverageCells).Single();
        using (var writer = store.Begin(cells with { Date = SecretDate, Sha256 = "vertraulich", Disclosure = Disclosure.Confidential }, Layer.CoverageCells.Fields))
        {
            foreach (var row in store.Read(cells).ToList())
                writer.Write(row);
            SecretNumber = writer.Commit("{}").Number;
        }
        store.Rollback(cells.Dataset, cells.Number);
        using (var writer = store.Begin(Village.Edition with { Dataset = new("coverage_addresses", "geheimnetz"), Evidence = EvidenceKind.Mev, Disclosure = Disclosure.Confidential }, Layer.CoverageAddresses.Fields))
        {
            writer.Write(new(Point(Village.X0 + 20, Village.Y0 + 70), [.. Layer.CoverageAddresses.Fields.Select(f => f.Name switch { "key" => "G1", "down" => 1000d, "up" => 500d, _ => (object?)null })]));
            writer.Commit("{}");
        }
        using (var writer = store.Begin(Village.Edition with { Dataset = new("measures", "amtsintern"), Disclosure = Disclosure.Internal, Licence = new("© Amtsintern", "", "") }, Layer.Measures.Fields))
            writer.Commit("{}");
    };
}

public sealed class DisclosureTests(ServedWithSecrets served) : IClassFixture<ServedWithSecrets>
{
    async Task<string> Statuses(string path, string json)
    {
        var statuses = new List<int>();
        foreach (var key in new[] { null, "reader", "editor", "admin" })
            statuses.Add((await served.Send(HttpMethod.Post, path, json, key)).Status);
        return string.Join(' ', statuses);
    }

    [Fact]
    public async Task What_if_asks_for_the_class_of_the_basis_it_is_asked_about_and_not_of_the_last_run()
    {
        Assert.Equal("200 200 200 200", await Statuses("/whatif", """{"basis":"atlas"}"""));
        Assert.Equal("401 403 403 200", await Statuses("/whatif", """{"basis":"mev"}"""));
        Assert.Equal("401 403 403 200", await Statuses("/whatif", """{"basis":"best"}"""));
    }

    [Fact]
    public async Task An_analysis_that_is_refused_has_kept_nothing()
    {
        var before = (await served.Json("/stats?facts=no")).GetProperty("run").GetString();
        var got = await served.Send(HttpMethod.Post, "/analyse", """{"basis":"mev"}""", "editor");
        Assert.Equal(403, got.Status);
        Assert.Equal(before, (await served.Json("/stats?facts=no")).GetProperty("run").GetString());
        using var store = Breitband.Store.Store.Open(served.Location, OpenMode.Read);
        Assert.Single(store.Runs());
    }

    [Fact]
    public async Task An_edition_a_reader_may_not_know_of_is_answered_like_one_that_never_was()
    {
        foreach (var key in new[] { null, "reader", "editor" })
        {
            var never = await served.Get("/comparison?with=999", key);
            var secret = await served.Get($"/comparison?with={served.SecretNumber}", key);
            Assert.Equal((400, 400), (never.Status, secret.Status));
            Assert.Equal(never.Text.Replace("999", "N", StringComparison.Ordinal), secret.Text.Replace($"{served.SecretNumber}", "N", StringComparison.Ordinal));
            Assert.DoesNotContain("2024", never.Text, StringComparison.Ordinal);
        }
        Assert.Contains("2024", (await served.Get("/comparison?with=999", "admin")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await served.Get($"/comparison?with={served.SecretNumber}", "admin")).Status);
        var compared = await served.Send(HttpMethod.Post, "/analyse", $$"""{"basis":"atlas","compare":"{{served.SecretNumber}}"}""", "editor");
        Assert.Equal(400, compared.Status);
        Assert.DoesNotContain("2024", compared.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_name_no_earlier_edition_the_reader_may_not_know_of_and_no_change_since_it()
    {
        foreach (var key in new[] { null, "reader", "editor" })
        {
            var got = await served.Get("/stats", key);
            Assert.True(got.Json.GetProperty("previous").TryGetProperty("why", out _), got.Text);
            Assert.All(got.Json.GetProperty("rows").EnumerateArray(), r => Assert.False(r.TryGetProperty("change", out _)));
            Assert.DoesNotContain("01.03.2024", (await served.Get("/stats?f=csv", key)).Text, StringComparison.Ordinal);
        }
        Assert.Equal("2024-03-01", (await served.Json("/stats", "admin")).GetProperty("previous").GetProperty("date").GetString());
        Assert.True((await served.Json("/stats", "admin")).GetProperty("rows")[0].TryGetProperty("change", out _));
    }

    [Fact]
    public async Task The_measures_name_only_editions_the_reader_may_know_of_and_have_the_class_of_what_is_shown()
    {
        var collection = await served.Json("/collections/measures");
        Assert.Equal("öffentlich", collection.GetProperty("disclosure").GetString());
        Assert.DoesNotContain("amtsintern", collection.GetRawText() + (await served.Json("/")).GetRawText() + (await served.Get("/collections/measures?f=html")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("measures:amtsintern", (await served.Json("/collections/measures", "reader")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_for_everybody_names_no_closed_source() =>
        Assert.DoesNotContain("geheimnetz", (await served.Get("/print/overview?f=svg&page=2")).Text, StringComparison.OrdinalIgnoreCase);
}
