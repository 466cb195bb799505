using System.Globalization;
using Breitband.Tests.Analyse;
using Breitband.Tiles;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Tiles;

public sealed class PyramidTests : IDisposable
{
    readonly VillagePyramid village = new();

    public void Dispose() => village.Dispose();

    static readonly (double X, double Y) Middle = TileAddress.World(
        Crs.Transform(Crs.Stored, Crs.WebMercator)(Village.X0 + 200, Village.Y0 + 100).X, Crs.Transform(Crs.Stored, Crs.WebMercator)(Village.X0 + 200, Village.Y0 + 100).Y);

    static TileAddress At(int zoom) => new(zoom, (int)(Middle.X * (1 << zoom)), (int)(Middle.Y * (1 << zoom)));

    /// <summary>All features of a layer at a zoom level, from every tile of the pyramid.</summary>
    static List<(string Key, Geometry Area, double? Share, double? Households)> All(Pyramid pyramid, int zoom, string layer)
    {
        double? Number(NetTopologySuite.Features.IFeature feature, string field) =>
            feature.Attributes.GetOptionalValue(field) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

        return [.. pyramid.Tiles(zoom).SelectMany(t => VillagePyramid.Features(t.Data, t.Tile, layer))
            .Select(f => ($"{f.Attributes.GetOptionalValue("key")}", f.Geometry, Number(f, "share"), Number(f, "households")))];
    }

    [Fact]
    public void Another_decoder_reads_every_gap_with_its_share_at_its_place()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        var read = All(pyramid, 14, "gaps").GroupBy(g => g.Key).ToDictionary(g => g.Key,
            g => (g.First().Share, Extent: g.Aggregate(new Envelope(), (e, piece) => { e.ExpandToInclude(piece.Area.EnvelopeInternal); return e; })), StringComparer.Ordinal);
        Assert.Equal(village.Result.GapAreas.Select(g => g.Key).Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach (var gap in village.Result.GapAreas)
        {
            Assert.Equal(100 * gap.Share, read[gap.Key].Share!.Value, 0.1);
            var expected = Crs.Transform(gap.Geometry, Crs.Stored, Crs.Geographic).EnvelopeInternal.Centre;
            // A unit of a tile at zoom 14 is 0.4 m here.
            Assert.Equal(expected.X, read[gap.Key].Extent.Centre.X, 1e-5);
            Assert.Equal(expected.Y, read[gap.Key].Extent.Centre.Y, 1e-5);
        }
    }

    [Fact]
    public void At_small_scales_squares_add_up_the_households_of_the_gaps_in_them()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        foreach (var zoom in new[] { 8, 10, 11 })
        {
            var seen = All(pyramid, zoom, "gaps").DistinctBy(g => g.Key).ToList();
            Assert.Equal(village.Result.GapAreas.Sum(g => g.Households) / (double)Split.One, seen.Sum(g => g.Households!.Value), 0.3);
        }
    }

    [Fact]
    public void Nothing_changed_is_nothing_written()
    {
        var first = village.Build();
        var written = File.GetLastWriteTimeUtc(village.Path);
        var second = village.Build();
        Assert.NotEmpty(first.Changed);
        Assert.Empty(second.Changed);
        Assert.Equal((first.Edition, written), (second.Edition, File.GetLastWriteTimeUtc(village.Path)));
    }

    [Fact]
    public void A_changed_layer_is_drawn_anew_and_the_tiles_are_those_of_a_pyramid_made_from_nothing()
    {
        var first = village.Build();
        using (var writer = village.Store.Begin(Village.Edition with { Dataset = new(Layer.Facilities.Name, "neu"), Sha256 = "neu" }, [Layer.Facilities.Find("key")!, Layer.Facilities.Find("name")!]))
        {
            writer.Write(new(new Point(Village.X0 + 300, Village.Y0 + 200) { SRID = Crs.Stored }, ["F2", "Schule"]));
            writer.Commit("{}");
        }
        var second = village.Build();
        Assert.Equal(["facilities"], second.Changed);
        Assert.NotEqual(first.Edition, second.Edition);
        village.Build(path: village.Beside("neu.mbtiles"));
        using var updated = Pyramid.Open(village.Path);
        using var fresh = Pyramid.Open(village.Beside("neu.mbtiles"));
        for (var zoom = 4; zoom <= 14; zoom++)
            Assert.Equal(fresh.Tiles(zoom).Select(t => (t.Tile, Convert.ToHexString(VillagePyramid.Plain(t.Data)))), updated.Tiles(zoom).Select(t => (t.Tile, Convert.ToHexString(VillagePyramid.Plain(t.Data)))));
        Assert.Contains(VillagePyramid.Features(updated.Read(At(14))!, At(14), "facilities"), f => (string)f.Attributes["name"] == "Schule");
    }

    [Fact]
    public void Public_tiles_hold_only_what_is_public()
    {
        var report = village.Build(Disclosure.Public);
        using var pyramid = Pyramid.Open(village.Path);
        Assert.NotNull(report.Withheld); // the village's measures do not say that they are public
        Assert.Equal("öffentlich", pyramid.Metadata["disclosure"]);
        Assert.Empty(All(pyramid, 14, "measures"));
        Assert.Empty(All(pyramid, 14, "gaps"));
        Assert.NotEmpty(All(pyramid, 14, "municipalities"));
    }

    [Fact]
    public void A_half_written_file_is_refused_with_the_way_out_and_made_anew()
    {
        village.Build();
        var whole = File.ReadAllBytes(village.Path);
        File.WriteAllBytes(village.Path, whole[..(whole.Length / 3)]);
        Assert.Contains("breitband tiles", Assert.Throws<BreitbandException>(() => { using var half = Pyramid.Open(village.Path); _ = half.Tiles(14).Count(); }).Text.De, StringComparison.Ordinal);
        Assert.NotEmpty(village.Build().Changed);
        using var pyramid = Pyramid.Open(village.Path);
        Assert.NotEmpty(All(pyramid, 14, "gaps"));
    }

    [Fact]
    public void Neighbours_share_their_border_at_every_zoom_level()
    {
        village.Build();
        using var pyramid = Pyramid.Open(village.Path);
        for (var zoom = 9; zoom <= 14; zoom++)
        {
            var tile = At(zoom);
            var areas = VillagePyramid.Features(pyramid.Read(tile)!, tile, "municipalities").Select(f => f.Geometry).ToList();
            Assert.True(areas.Count > 1 && areas.TrueForAll(a => a.IsValid), $"zoom {zoom}: {areas.Count}");
            var union = NetTopologySuite.Operation.Union.UnaryUnionOp.Union(areas);
            Assert.Equal(areas.Sum(a => a.Area), union.Area, areas.Sum(a => a.Area) * 1e-9);
        }
    }

    [Fact]
    public void GDAL_opens_the_pyramid_and_counts_its_layers()
    {
        if (!Foreign.Has("ogrinfo"))
            return;
        village.Build();
        var said = Foreign.Run("ogrinfo", "-ro", "-q", village.Path);
        foreach (var layer in new[] { "municipalities", "settlements", "gaps", "measures", "facilities", "addresses" })
            Assert.Contains(layer, said, StringComparison.Ordinal);
    }
}
