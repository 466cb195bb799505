using System.IO.Compression;
using System.Text.Json.Nodes;
using Breitband.Print;
using Breitband.Service.Routes;
using Breitband.Tiles;

namespace Breitband.Service.Maps;

/// <summary>The map's tiles as plain files, which any web server can offer: a file per tile, TileJSON, a style, and the hatches the style asks for.</summary>
static class StaticMap
{
    /// <param name="url">Where readers will reach the folder.</param>
    /// <returns>Tiles written.</returns>
    /// <exception cref="BreitbandException">Failed when a file cannot be written.</exception>
    public static int Write(Pyramid pyramid, string folder, string url, Language language)
    {
        url = url.TrimEnd('/');
        try
        {
            var count = 0;
            for (var zoom = pyramid.First; zoom <= pyramid.Last; zoom++)
                foreach (var (tile, data) in pyramid.Tiles(zoom))
                {
                    Tile(Path.Combine(folder, pyramid.Edition, $"{tile.Zoom}", $"{tile.X}", $"{tile.Y}.pbf"), data);
                    count++;
                }
            Hatches(folder);
            File.WriteAllText(Path.Combine(folder, "style.json"), Style(url, language));
            // Last: who reads it finds everything it names.
            File.WriteAllText(Path.Combine(folder, "tilejson.json"), TileRoutes.TileJson(pyramid, $"{url}/{pyramid.Edition}/{{z}}/{{x}}/{{y}}.pbf").ToJsonString());
            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"In den Ordner {folder} lässt sich nicht schreiben: {e.Message} Platz schaffen, Rechte prüfen oder einen anderen Ordner angeben.", $"Cannot write into the folder {folder}: {e.Message} Make room, check the rights or give another folder.", e);
        }
    }

    /// <summary>Unpacked: servers pack what they send, and name it, themselves.</summary>
    static void Tile(string path, byte[] packed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var file = File.Create(path);
        gzip.CopyTo(file);
    }

    /// <summary>Without names: those the page of the service draws itself, elsewhere they would need font files.</summary>
    static string Style(string url, Language language)
    {
        var style = JsonNode.Parse(new MapStyle(Legend.Default, language).Write($"{url}/tilejson.json"))!;
        style["sprite"] = $"{url}/hatches";
        style["layers"] = new JsonArray([.. style["layers"]!.AsArray().Where(l => (string?)l!["type"] != "symbol").Select(l => l!.DeepClone())]);
        return style.ToJsonString();
    }

    /// <summary>A sprite for plain screens and one for fine ones.</summary>
    static void Hatches(string folder)
    {
        Hatch[] hatches = [.. Legend.Default.Shares.Select(s => s.Symbol).Append(Legend.Default.MostlyUnclear.Symbol).Select(s => s.Hatch).OfType<Hatch>().Distinct()];
        foreach (var (scale, suffix) in new[] { (1, ""), (2, "@2x") })
        {
            var (picture, places) = HatchPattern.Sheet(hatches, scale);
            File.WriteAllBytes(Path.Combine(folder, $"hatches{suffix}.png"), picture);
            File.WriteAllText(Path.Combine(folder, $"hatches{suffix}.json"), new JsonObject(hatches.Zip(places).Select(p => KeyValuePair.Create<string, JsonNode?>(MapStyle.Image(p.First),
                new JsonObject { ["x"] = p.Second.X, ["y"] = 0, ["width"] = p.Second.Size, ["height"] = p.Second.Size, ["pixelRatio"] = scale }))).ToJsonString());
        }
    }
}
