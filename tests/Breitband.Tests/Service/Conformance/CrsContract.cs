using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>OGC API Features Part 2 (18-058r1), Annex A, conformance class CRS.</summary>
public abstract partial class CrsContract(Served served)
{
    readonly Api api = new(served);

    /// <summary>What the tests' own transformation calls a system, and whether the authority puts north before east.</summary>
    static (int Epsg, bool NorthFirst) Known(string uri) => uri == Api.Crs84 ? (Crs.Geographic, false)
        : int.Parse(uri[(uri.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture) is var epsg ? (epsg, epsg == Crs.EqualArea) : default;

    static (double X, double Y) ToDegrees(string uri, double[] position) =>
        Known(uri) is (var epsg, var northFirst) ? northFirst ? Crs.Transform(epsg, Crs.Geographic)(position[1], position[0]) : Crs.Transform(epsg, Crs.Geographic)(position[0], position[1]) : default;

    /// <summary>The corners of a box of degrees, in another system: a little larger, because edges bend.</summary>
    static double[] BoxIn(string uri, double[] box)
    {
        var (epsg, northFirst) = Known(uri);
        var to = Crs.Transform(Crs.Geographic, epsg);
        var corners = new[] { to(box[0], box[1]), to(box[0], box[3]), to(box[2], box[1]), to(box[2], box[3]) };
        var margin = uri == Api.Crs84 ? 1e-6 : 5.0;
        double[] around = [corners.Min(c => c.X) - margin, corners.Min(c => c.Y) - margin, corners.Max(c => c.X) + margin, corners.Max(c => c.Y) + margin];
        return northFirst ? [around[1], around[0], around[3], around[2]] : around;
    }

    /// <summary>/conf/crs/crs-uri, /conf/crs/default-crs, /conf/crs/storageCrs</summary>
    [Fact]
    public async Task Systems_are_named_by_uri_the_default_and_the_stored_one_among_them()
    {
        var global = Api.Texts((await api.Json("/collections")).GetProperty("crs"));
        Assert.All(global, uri => Assert.Matches(CrsName(), uri));
        foreach (var collection in await api.Spatial())
            foreach (var described in new[] { collection, await api.Json($"/collections/{Api.Id(collection)}") })
            {
                var systems = await api.Systems(described);
                Assert.All(systems, uri => Assert.Matches(CrsName(), uri));
                Assert.Contains(Api.Crs84, systems);
                Assert.Contains(described.GetProperty("storageCrs").GetString()!, systems);
            }
    }

    /// <summary>/conf/crs/crs-parameter, /conf/crs/crs-parameter-default: items and single features, every system, named in the header.</summary>
    [Fact]
    public async Task Answers_come_in_every_system_and_say_which()
    {
        foreach (var collection in await api.Spatial())
        {
            var id = Api.Id(collection);
            var one = $"{Api.Items(id)}/{Uri.EscapeDataString((await api.Ids(id))[0])}";
            foreach (var path in new[] { Api.Items(id), one })
            {
                Assert.Equal($"<{Api.Crs84}>", (await api.Get(path)).Header("Content-Crs"));
                foreach (var uri in await api.Systems(collection))
                {
                    var got = await api.Get($"{path}?crs={Uri.EscapeDataString(uri)}");
                    Assert.Equal((200, $"<{uri}>", "application/geo+json"), (got.Status, got.Header("Content-Crs"), got.Content.ContentType!.MediaType));
                }
            }
        }
    }

    /// <summary>/conf/crs/crs-parameter-invalid, /conf/crs/bbox-crs-parameter-invalid</summary>
    [Theory]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/0")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32633")]
    [InlineData("http://www.opengis.net/def/crs/OGC/0/does_not_exist")]
    [InlineData("nix")]
    [InlineData("")]
    public async Task A_system_we_do_not_have_is_refused(string uri)
    {
        foreach (var collection in await api.Spatial())
        {
            var id = Api.Id(collection);
            Assert.Equal(400, (await api.Get($"{Api.Items(id)}?crs={Uri.EscapeDataString(uri)}")).Status);
            Assert.Equal(400, (await api.Get($"{Api.Items(id)}/{Uri.EscapeDataString((await api.Ids(id))[0])}?crs={Uri.EscapeDataString(uri)}")).Status);
            Assert.Equal(400, (await api.Get($"{Api.Items(id)}?bbox={Api.Comma(Api.Box(collection))}&bbox-crs={Uri.EscapeDataString(uri)}")).Status);
        }
    }

    /// <summary>/conf/crs/crs-parameter-transform: turned back, the positions are those of the default system, within a decimetre.</summary>
    [Fact]
    public async Task Geometries_are_transformed()
    {
        foreach (var collection in await api.Spatial())
        {
            var id = Api.Id(collection);
            var expected = (await api.Features(id)).ToDictionary(Api.Id, f => Api.Positions(f.GetProperty("geometry")).ToList());
            foreach (var uri in await api.Systems(collection))
                foreach (var feature in await api.Features(id, $"&crs={Uri.EscapeDataString(uri)}"))
                {
                    var positions = Api.Positions(feature.GetProperty("geometry")).ToList();
                    Assert.Equal(expected[Api.Id(feature)].Count, positions.Count);
                    foreach (var (there, here) in positions.Zip(expected[Api.Id(feature)]))
                    {
                        var (x, y) = ToDegrees(uri, there);
                        Assert.Equal((here[0], here[1]), (x, y), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1.5e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6);
                    }
                }
        }
    }

    /// <summary>/conf/crs/bbox-crs-parameter: a box in any system finds what lies in it; around everything it finds everything.</summary>
    [Fact]
    public async Task A_box_may_be_in_any_system()
    {
        foreach (var collection in await api.Spatial())
        {
            var id = Api.Id(collection);
            var all = await api.Ids(id);
            foreach (var uri in await api.Systems(collection))
            {
                var query = $"&bbox-crs={Uri.EscapeDataString(uri)}&crs={Uri.EscapeDataString(uri)}";
                var box = BoxIn(uri, Api.Box(collection));
                Assert.Equal(all, await api.Ids(id, $"{query}&bbox={Api.Comma(box)}"));
                double[] quarter = [box[0], box[1], box[0] + 0.4 * (box[2] - box[0]), box[1] + 0.4 * (box[3] - box[1])]; // not the middle: what has one place lies there
                var found = await api.Features(id, $"{query}&bbox={Api.Comma(quarter)}");
                foreach (var feature in found.Where(f => f.GetProperty("geometry").ValueKind != JsonValueKind.Null))
                {
                    var positions = Api.Positions(feature.GetProperty("geometry")).ToList();
                    Assert.True(positions.Min(p => p[0]) <= quarter[2] && positions.Min(p => p[1]) <= quarter[3], $"{id} {uri}: {Api.Id(feature)} lies outside the box");
                }
                Assert.Superset((await api.Features(id, query)).Where(f => Api.Positions(f.GetProperty("geometry")).Any(p => p[0] <= quarter[2] && p[1] <= quarter[3])).Select(Api.Id).ToHashSet(), found.Select(Api.Id).ToHashSet());
            }
        }
    }

    /// <summary>/conf/crs/bbox-crs-parameter-default</summary>
    [Fact]
    public async Task A_box_is_in_longitude_and_latitude_unless_said_otherwise()
    {
        foreach (var collection in await api.Spatial())
        {
            var box = Api.Box(collection);
            var half = $"&bbox={Api.Comma(box[0], box[1], (box[0] + box[2]) / 2, box[3])}";
            Assert.Equal(await api.Ids(Api.Id(collection), half), await api.Ids(Api.Id(collection), $"{half}&bbox-crs={Api.Crs84}"));
        }
    }

    [GeneratedRegex(@"^http://www\.opengis\.net/def/crs/(OGC|EPSG)/[0-9.]+/[A-Za-z0-9]+$")]
    private static partial Regex CrsName();
}
