using System.Text.Json;
using Breitband.Print;

namespace Breitband.Tests.Print;

/// <summary>The public test tiles of the format (@mapbox/mvt-fixtures), where npm brought them: every valid one is read whole, every fatal one refused.</summary>
public sealed class VectorTileTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "src/Breitband.Service/web/node_modules/@mapbox/mvt-fixtures/fixtures");

    static IEnumerable<(string Name, JsonElement Info, string Folder)> Fixtures() => Environment.GetEnvironmentVariable("CI") == "true" || Directory.Exists(Folder)
        ? Directory.GetDirectories(Folder).Order(StringComparer.Ordinal).Where(f => File.Exists(Path.Combine(f, "tile.mvt")))
            .Select(f => (Path.GetFileName(f), JsonDocument.Parse(File.ReadAllText(Path.Combine(f, "info.json"))).RootElement, f))
        : [];

    /// <summary>A tile with all its values and geometries as the fixtures write them.</summary>
    static List<(string Layer, int Extent, string Tags, int Parts)> All(byte[] bytes)
    {
        var all = new List<(string, int, string, int)>();
        foreach (var layer in VectorTile.Read(bytes).Layers)
            foreach (var feature in layer.Features)
            {
                var geometry = new VectorGeometry(feature);
                var (corners, parts) = (new List<(int X, int Y)>(), 0);
                while (geometry.Next(corners))
                    parts += feature.Shape == VectorShape.Point ? corners.Count : 1;
                all.Add((layer.Name, layer.Extent, string.Join(',', layer.Values(feature).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => FormattableString.Invariant($"{v.Key}={v.Value}"))), parts));
            }
        return all;
    }

    static List<(string Layer, int Extent, string Tags)> Expected(JsonElement tile)
    {
        var all = new List<(string, int, string)>();
        foreach (var layer in tile.TryGetProperty("layers", out var layers) ? layers.EnumerateArray().ToArray() : [])
        {
            var keys = layer.TryGetProperty("keys", out var k) ? k.EnumerateArray().Select(e => e.GetString()!).ToList() : [];
            object Value(JsonElement value) => value.EnumerateObject().First() is { Value: var v } property ? v.ValueKind switch
            {
                JsonValueKind.String => v.GetString()!,
                JsonValueKind.True or JsonValueKind.False => v.GetBoolean(),
                _ => property.Name == "float_value" ? (object)v.GetSingle() : v.GetDouble(),
            } : "";
            var values = layer.TryGetProperty("values", out var all_) ? all_.EnumerateArray().Select(Value).ToList() : [];
            foreach (var feature in layer.TryGetProperty("features", out var features) ? features.EnumerateArray().ToArray() : [])
            {
                var tags = feature.TryGetProperty("tags", out var t) ? t.EnumerateArray().Select(e => e.GetInt32()).ToArray() : [];
                all.Add((layer.GetProperty("name").GetString()!, layer.TryGetProperty("extent", out var extent) ? extent.GetInt32() : 4096,
                    string.Join(',', tags.Chunk(2).Select(p => (Key: keys[p[0]], Value: values[p[1]])).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => FormattableString.Invariant($"{v.Key}={v.Value}")))));
            }
        }
        return all;
    }

    [Fact]
    public void Every_valid_tile_is_read_with_every_value()
    {
        // 057 names more points than it holds, to see who sets memory aside for them: here it is refused at its end.
        foreach (var (name, info, folder) in Fixtures().Where(f => f.Name != "057" && f.Info.GetProperty("validity").GetProperty("v2").GetBoolean()))
        {
            var read = All(File.ReadAllBytes(Path.Combine(folder, "tile.mvt")));
            var expected = Expected(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "tile.json"))).RootElement);
            Assert.True(expected.SequenceEqual(read.Select(r => (r.Layer, r.Extent, r.Tags))), $"{name} {info.GetProperty("description")}: {string.Join(' ', read)} is not {string.Join(' ', expected)}");
        }
    }

    [Fact]
    public void Every_fatally_wrong_tile_is_refused()
    {
        foreach (var (name, info, folder) in Fixtures().Where(f => !f.Info.GetProperty("validity").GetProperty("v2").GetBoolean() && f.Info.GetProperty("validity").TryGetProperty("error", out var e) && e.GetString() == "fatal"))
        {
            var fault = Record.Exception(() => All(File.ReadAllBytes(Path.Combine(folder, "tile.mvt"))));
            Assert.True(fault is BreitbandException or InvalidDataException, $"{name} {info.GetProperty("description")}: {fault}");
        }
    }

    [Fact]
    public void Points_lines_and_rings_have_the_parts_they_were_written_with()
    {
        foreach (var (fixture, parts) in new[] { ("017", 1), ("018", 1), ("019", 1), ("020", 2), ("021", 2), ("022", 3) })
            if (Directory.Exists(Path.Combine(Folder, fixture)))
                Assert.Equal(parts, All(File.ReadAllBytes(Path.Combine(Folder, fixture, "tile.mvt"))).Sum(f => f.Parts));
    }

    /// <summary>One layer „a“, version 2, one point at 5, 7.</summary>
    static readonly byte[] Small = [0x1a, 0x13, 0x0a, 1, (byte)'a', 0x78, 2, 0x28, 0x80, 0x20, 0x12, 9, 0x18, 1, 0x22, 3, 9, 10, 14, 0x12, 0];

    [Fact]
    public void Cut_off_anywhere_a_tile_is_read_or_refused_but_never_worse()
    {
        Assert.Equal(1, All(Small)[0].Parts);
        for (var length = 0; length < Small.Length; length++)
            for (var flip = 0; flip < 256; flip += 51)
            {
                byte[] broken = [.. Small[..length], (byte)flip];
                Assert.True(Record.Exception(() => All(broken)) is null or BreitbandException or InvalidDataException, Convert.ToHexString(broken));
            }
    }

    [Fact]
    public void A_packed_tile_cut_off_anywhere_or_longer_than_it_says_is_refused_as_damaged()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Small);
        var whole = packed.ToArray();
        Assert.Equal(All(Small)[0].Parts, All(whole)[0].Parts);
        for (var length = 2; length < whole.Length; length++)
            Assert.Contains("beschädigt", Assert.Throws<BreitbandException>(() => VectorTile.Read(whole.AsMemory(0, length))).Text.De, StringComparison.Ordinal);
        whole[^4]--;
        Assert.Contains("beschädigt", Assert.Throws<BreitbandException>(() => VectorTile.Read(whole)).Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_unpacks_to_gigabytes_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 80; i++)
                gzip.Write(new byte[1 << 20]);
        Assert.Contains("64 MB", Assert.Throws<BreitbandException>(() => VectorTile.Read(packed.ToArray())).Text.De, StringComparison.Ordinal);
    }
}
