using System.Globalization;
using System.Text.Json;
using Breitband.Analyse;
using Breitband.Tests.Analyse;
using Breitband.Tiles;

namespace Breitband.Tests.Tiles;

/// <summary>What a pyramid says of itself, and in which order it names places.</summary>
public sealed class TileMetadataTests : IDisposable
{
    readonly VillagePyramid village = new();

    public void Dispose() => village.Dispose();

    [Fact]
    public void The_metadata_name_format_extent_zoom_levels_and_every_layer_with_its_fields()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var metadata = pyramid.Metadata;
        Assert.Equal(("pbf", "14"), (metadata["format"], metadata["maxzoom"]));
        var (west, south) = Crs.Transform(Crs.Stored, Crs.Geographic)(Village.X0 - 500, Village.Y0 - 500);
        var bounds = metadata["bounds"].Split(',').Select(b => double.Parse(b, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal((west, south), (bounds[0], bounds[1]), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.01 && Math.Abs(a.Item2 - b.Item2) < 0.01);
        var layers = JsonDocument.Parse(metadata["json"]).RootElement.GetProperty("vector_layers").EnumerateArray().ToDictionary(l => l.GetProperty("id").GetString()!);
        foreach (var layer in new[] { "municipalities", "municipality_names", "settlements", "settlement_names", "gaps", "measures", "facilities", "addresses" })
            Assert.NotEmpty(layers[layer].GetProperty("fields").EnumerateObject());
        Assert.Contains(layers["gaps"].GetProperty("fields").EnumerateObject(), f => f.Name == "share");
    }

    [Fact]
    public void Names_are_ranked_by_households_the_largest_first()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var ranks = pyramid.Tiles(14).SelectMany(t => VillagePyramid.Features(t.Data, t.Tile, "municipality_names")).Select(f => ($"{f.Attributes["rank"]}", $"{f.Attributes["name"]}")).Distinct().Order().ToList();
        Assert.Equal([("1", "Bdorf"), ("2", "Adorf")], ranks);
    }

    [Fact]
    public void After_another_analysis_the_layers_of_results_are_drawn_anew_and_nothing_else()
    {
        var first = village.Build();
        var result = GapEngine.RunAndSave(village.Store, Village.Options(rule: Profiles.Load(Installation.Profiles).Get("NGA-2015")));
        var second = village.Build();
        Assert.NotEqual(first.Edition, second.Edition);
        Assert.Equal(["gaps", "municipalities", "municipality_names", "settlement_names", "settlements"], second.Changed.Order(StringComparer.Ordinal));
        using var pyramid = Pyramid.Open(village.Path);
        var bdorf = pyramid.Tiles(14).SelectMany(t => VillagePyramid.Features(t.Data, t.Tile, "municipalities")).First(f => $"{f.Attributes["key"]}" == Village.Bdorf);
        var expected = result.Rows.First(r => r.Key == Village.Bdorf).Households;
        Assert.Equal(Math.Round(expected.Open / (double)Split.One), Convert.ToDouble(bdorf.Attributes["open"], CultureInfo.InvariantCulture));
    }
}
