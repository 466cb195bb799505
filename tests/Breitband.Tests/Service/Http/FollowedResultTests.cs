using Breitband.Analyse;

namespace Breitband.Tests.Service.Http;

/// <summary>The running service computes what a change touches, and answers as if it had computed everything.</summary>
public sealed class FollowedResultTests(Served served) : IClassFixture<Served>
{
    const string New = """{"key":"T-1","fields":{"title":"Adorf Süd","kind":"funded","state":"idea","disclosure":"öffentlich"},"area":"POLYGON((340000 5790000,340100 5790000,340100 5790100,340000 5790000))"}""";

    [Fact]
    public async Task A_changed_measure_is_followed_without_reading_or_computing_the_county_again()
    {
        var results = served.Site.Results;
        Assert.Equal(201, (await served.Send(HttpMethod.Post, "/measures", New, "editor")).Status);
        await results.Last();
        var (before, _) = await results.Asked();
        Assert.Equal(before.Municipalities.Count, results.Recomputed);

        Assert.Equal(200, (await served.Send(HttpMethod.Patch, "/measures/T-1", """{"fields":{"state":"application_filed"}}""", "editor", ("If-Match", "\"1\""))).Status);
        var followed = await results.Last();
        Assert.Equal(1, results.Recomputed);
        Assert.Same(before.Addresses, (await results.Asked()).County.Addresses);

        var full = served.Site.Access.Read(store => GapEngine.Run(store, Breitband.Service.LastRun.Options(store, served.Site.Profiles())));
        Assert.Equal(full.Run, followed.Run);
        Assert.Equal(full.Rows.Select(r => (r.Level, r.Key, r.Households, r.Addresses, r.Businesses)), followed.Rows.Select(r => (r.Level, r.Key, r.Households, r.Addresses, r.Businesses)));
        Assert.Equal(full.Measures.Select(m => (m.Key, m.State.Code, m.Faults, m.Reach)), followed.Measures.Select(m => (m.Key, m.State.Code, m.Faults, m.Reach)));
        Assert.Equal(full.GapAreas.Select(g => (g.Key, g.Households)), followed.GapAreas.Select(g => (g.Key, g.Households)));
    }

    [Fact]
    public async Task A_choice_of_measures_follows_the_register()
    {
        var asked = await served.Site.Results.WhatIf(o => o);
        var version = (await served.Get("/measures/M2")).Header("ETag")!;
        Assert.Equal(200, (await served.Send(HttpMethod.Patch, "/measures/M2", """{"fields":{"title":"anders"}}""", "editor", ("If-Match", version))).Status);
        var followed = await served.Site.Results.WhatIf(o => o);
        Assert.Equal("anders", followed.Measures.Single(m => m.Key == "M2").Title);
        Assert.Same(asked.County.Addresses, followed.County.Addresses);
    }
}
