using System.Text.Json;
using Breitband.Service.Maps;
using Breitband.Tiles;
using SkiaSharp;

namespace Breitband.Tests.Tiles;

public sealed class StaticMapTests : IDisposable
{
    readonly VillagePyramid village = new();

    public void Dispose() => village.Dispose();

    [Fact]
    public void A_folder_for_any_web_server_holds_every_tile_and_all_that_its_style_asks_for()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var folder = village.Beside("karte");
        var written = StaticMap.Write(pyramid, folder, "https://karten.example/breitband/", Language.De);

        JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name))).RootElement;
        string Local(string address) => Path.Combine(folder, address["https://karten.example/breitband/".Length..]);
        var style = Json("style.json");
        Assert.True(File.Exists(Local(style.GetProperty("sources").GetProperty("breitband").GetProperty("url").GetString()!)));
        var template = Json("tilejson.json").GetProperty("tiles")[0].GetString()!;
        var all = Enumerable.Range(pyramid.First, pyramid.Last - pyramid.First + 1).SelectMany(z => pyramid.Tiles(z)).ToList();
        Assert.Equal(all.Count, written);
        Assert.All(all, t => Assert.Equal(VillagePyramid.Plain(t.Data), File.ReadAllBytes(Local(template.Replace("{z}", $"{t.Tile.Zoom}").Replace("{x}", $"{t.Tile.X}").Replace("{y}", $"{t.Tile.Y}")))));
        foreach (var suffix in new[] { "", "@2x" })
        {
            var sprite = Json($"hatches{suffix}.json");
            using var picture = SKBitmap.Decode(Path.Combine(folder, $"hatches{suffix}.png"));
            foreach (var layer in style.GetProperty("layers").EnumerateArray())
                if (layer.TryGetProperty("paint", out var paint) && paint.TryGetProperty("fill-pattern", out var pattern))
                {
                    var place = sprite.GetProperty(pattern.GetString()!);
                    Assert.InRange(place.GetProperty("x").GetInt32() + place.GetProperty("width").GetInt32(), 1, picture.Width);
                }
            Assert.DoesNotContain(style.GetProperty("layers").EnumerateArray(), l => l.GetProperty("type").GetString() == "symbol");
        }
    }
}
