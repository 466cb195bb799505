using System.Globalization;
using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Service.Http;

/// <summary>GDAL and QGIS read every collection, in all, in a box and by an attribute, and count what the store holds.</summary>
public abstract partial class ForeignClientContract(Served served)
{
    /// <summary>A box across the village, in metres of the stored system, and a little askew in degrees.</summary>
    static readonly Envelope Box = Degrees(new(340000, 340200, 5790000, 5790200));

    static Envelope Degrees(Envelope box)
    {
        var to = Crs.Transform(Crs.Stored, Crs.Geographic);
        var (west, east) = (to(box.MinX, box.MinY), to(box.MaxX, box.MaxY));
        return new(west.X, east.X, west.Y, east.Y);
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>What a client must find in a collection.</summary>
    /// <param name="Inside">Features that meet the box; <paramref name="Near"/>: whose own box does.</param>
    /// <param name="Filter">A condition with a value that occurs, and how often.</param>
    sealed record Expected(string Id, int Count, int Inside, int Near, string Filter, int Filtered);

    async Task<IReadOnlyList<Expected>> FromTheStore()
    {
        var ids = (await served.Json("/collections")).GetProperty("collections").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).ToList();
        using var store = Breitband.Store.Store.Open(served.Location, Breitband.Store.OpenMode.Read);
        var box = new GeometryFactory().ToGeometry(Box);
        return [.. ids.Select(id =>
        {
            var layer = Layer.Get(id);
            var rows = (layer == Layer.Measures ? store.Measures() : Layer.Results.Contains(layer) ? store.ReadResult(layer)
                : store.LiveEditions(layer).Where(e => e.Disclosure == Disclosure.Public).SelectMany(store.Read)).ToList();
            var places = rows.Select(r => r.Geometry).OfType<Geometry>().Select(g => Crs.Transform(g, Crs.Stored, Crs.Geographic)).ToList();
            // A layer without a text, or without rows, is asked for what it does not hold.
            var texts = layer.Fields.Select((f, i) => (f.Name, f.Kind, At: i)).Where(f => f.Kind == FieldKind.Text).ToList();
            var field = texts.Find(f => rows.Any(r => r.Values[f.At] is not null)) is { Name: not null } found ? found : texts[0];
            var value = rows.Select(r => r.Values[field.At] as string).FirstOrDefault(v => v is not null) ?? "nichts";
            return new Expected(id, rows.Count, places.Count(g => g.Intersects(box)), places.Count(g => g.EnvelopeInternal.Intersects(Box)), $"{field.Name} = '{value}'", rows.Count(r => value.Equals(r.Values[field.At])));
        })];
    }

    [Fact]
    public async Task Gdal_counts_what_the_store_holds()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        var expected = await FromTheStore();
        Dictionary<string, int> Counts(params string[] options)
        {
            var said = Foreign.Run("ogrinfo", ["-so", "-al", .. options, $"OAPIF:{served.Root}/"]);
            Assert.DoesNotMatch("Warning|ERROR", said);
            return LayerCount().Matches(said).ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
        }
        var (all, inside) = (Counts(), Counts("-spat", Text(Box.MinX), Text(Box.MinY), Text(Box.MaxX), Text(Box.MaxY)));
        foreach (var e in expected)
        {
            Assert.Equal((e.Id, e.Count), (e.Id, all[e.Id]));
            Assert.Equal((e.Id, e.Inside), (e.Id, inside[e.Id]));
            if (e.Count == 0)
                continue; // GDAL knows the fields of a collection from its features
            var said = Foreign.Run("ogrinfo", "-so", "-where", e.Filter, $"OAPIF:{served.Root}/", e.Id);
            Assert.True(said.Contains($"Feature Count: {e.Filtered}\n", StringComparison.Ordinal), $"{e}: {said}");
        }
        Assert.Equal(all.Count, expected.Count);
    }

    [Fact]
    public void Gdal_pages()
    {
        Assert.SkipUnless(Foreign.Has("ogrinfo"), "GDAL is not installed: apt-get install gdal-bin");
        Assert.Contains("Feature Count: 16\n", Foreign.Run("ogrinfo", "-so", "-oo", "PAGE_SIZE=3", "-sql", "SELECT * FROM coverage_cells", $"OAPIF:{served.Root}/"), StringComparison.Ordinal);
    }

    /// <summary>
    /// Debian's QGIS, headless. Its packages are too large to install for every run, so unlike the other clients it may be missing in CI;
    /// <c>apt-get install python3-qgis</c> brings it.
    /// </summary>
    [Fact]
    public async Task Qgis_opens_every_collection_pages_through_it_and_counts_what_the_store_holds()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/qgis/core/__init__.py"), "QGIS is not installed: apt-get install python3-qgis");
        var expected = await FromTheStore();
        var script = Path.Combine(Repository.Root, "tests/Breitband.Tests/Service/Http/qgis_oapif.py");
        var box = string.Join(',', new[] { Box.MinX, Box.MinY, Box.MaxX, Box.MaxY }.Select(Text));
        var said = Foreign.Run("/usr/bin/python3", [script, served.Root, .. expected.Select(e => $"{e.Id}|{box}|{e.Filter}")]);
        var counts = said.Split('\n').Select(l => l.Split('|')).Where(l => l.Length == 5).ToDictionary(l => l[0], l => l.Skip(1).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray());
        foreach (var e in expected)
        {
            Assert.True(counts.TryGetValue(e.Id, out var c), $"{e.Id} is missing: {said}");
            Assert.Equal((e.Id, e.Count, e.Count, e.Filtered), (e.Id, c[0], c[1], c[3]));
            Assert.InRange(c[2], e.Inside, e.Near);
        }
    }

    [GeneratedRegex(@"Layer name: (\S+)\n[\s\S]*?Feature Count: (\d+)\n")]
    private static partial Regex LayerCount();
}

public sealed class ForeignClientTests(Served served) : ForeignClientContract(served), IClassFixture<Served>;

public sealed class ForeignClientsOnPostGisTests(ServedFromPostGis served) : ForeignClientContract(served), IClassFixture<ServedFromPostGis>;
