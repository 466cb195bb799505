using Breitband.Analyse;
using Breitband.Import;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Breitband.Tiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace Breitband.Tests.Tiles;

/// <summary>Tiles of real borders (VG250), which wind and meet at odd corners, read back with somebody else's decoder.</summary>
public sealed class CountyTilesTests : IDisposable
{
    /// <summary>Square units of a tile that cannot be seen: a pixel of a 512-pixel tile has 64.</summary>
    const double Unseen = 8;

    /// <summary>Units a border may move at a small scale.</summary>
    const double Moved = 12;

    static readonly Geometry Tile = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory().ToGeometry(new Envelope(0, TileCutter.Extent, 0, TileCutter.Extent));

    readonly TemporaryFolder folder = new();
    readonly Pyramid pyramid;
    readonly Geometry county;

    public CountyTilesTests()
    {
        using var store = Breitband.Store.Store.Open(folder.File("kreis.gpkg"), OpenMode.Create);
        Importer.Run(store, [Path.Combine(Repository.Root, "data", "vg250", "vg250_gemeinden_pm.geojson")], new() { Edition = new(2016, 1, 1) });
        Write(store, Layer.CoverageAreas, new Row(new MultiPolygon([(Polygon)new Point(340_000, 5_790_000).Buffer(500)]) { SRID = Crs.Stored }, ["V1"]));
        Write(store, Layer.Settlements, new Row(new MultiPolygon([(Polygon)new Point(341_000, 5_791_000).Buffer(300)]) { SRID = Crs.Stored }, ["S1"]));
        Write(store, Layer.Addresses, new Row(new Point(341_000, 5_791_000) { SRID = Crs.Stored }, ["A1", "Dorfstraße", "7", "a"]));
        GapEngine.RunAndSave(store, Village.Options(Basis.Mev, MeasureChoice.None));
        county = UnaryUnionOp.Union([.. store.ReadResult(Layer.ResultMunicipalities, null).Select(r => r.Geometry).Where(g => g is { IsEmpty: false })]);
        PyramidBuilder.Build(store, folder.File("kreis.mbtiles"), Disclosure.Confidential);
        pyramid = Pyramid.Open(folder.File("kreis.mbtiles"));
    }

    public void Dispose()
    {
        pyramid.Dispose();
        folder.Dispose();
    }

    static void Write(Breitband.Store.Store store, Layer layer, Row row)
    {
        string[] names = layer == Layer.Addresses ? ["key", "street", "number", "suffix"] : ["key"];
        using var writer = store.Begin(Village.Edition with { Dataset = new(layer.Name, "probe"), Sha256 = layer.Name, Evidence = EvidenceKind.Mev }, [.. names.Select(n => layer.Find(n)!)]);
        writer.Write(row);
        writer.Commit("{}");
    }

    /// <summary>In whole units of the tile, as it stands in the file: degrees would move corners off the lines they lie on.</summary>
    static Geometry Units(Geometry degrees, TileAddress tile)
    {
        var units = degrees.Copy();
        units.Apply(new Back(tile));
        return units;
    }

    static Geometry InUnits(Geometry mercator, TileAddress tile)
    {
        var scale = (1 << tile.Zoom) * (double)TileCutter.Extent / (2 * 20037508.342789244);
        return new NetTopologySuite.Geometries.Utilities.AffineTransformation(scale, 0, (1 << tile.Zoom) * (TileCutter.Extent / 2.0) - tile.X * TileCutter.Extent,
            0, -scale, (1 << tile.Zoom) * (TileCutter.Extent / 2.0) - tile.Y * TileCutter.Extent).Transform(mercator);
    }

    [Fact]
    public void Every_area_of_every_zoom_level_is_valid_and_none_is_empty()
    {
        var seen = 0;
        for (var zoom = pyramid.First; zoom <= pyramid.Last; zoom++)
            foreach (var (tile, data) in pyramid.Tiles(zoom))
                foreach (var layer in new[] { "municipalities", "settlements", "coverage_areas", "gaps" })
                    foreach (var feature in VillagePyramid.Features(data, tile, layer))
                    {
                        var area = Units(feature.Geometry, tile);
                        Assert.True(area.IsValid && area.Area > 0, $"{tile} {layer} {feature.Attributes.GetOptionalValue("key")}: {new NetTopologySuite.Operation.Valid.IsValidOp(area).ValidationError}");
                        seen++;
                    }
        Assert.True(seen > 2000, $"{seen}");
    }

    [Fact]
    public void Neighbours_leave_no_hole_between_them_and_do_not_overlap_at_any_zoom_level()
    {
        var known = Polygons(county).Sum(p => p.NumInteriorRings);
        Assert.Equal(0, known);
        var mercator = Crs.Transform(county, Crs.Stored, Crs.WebMercator);
        for (var zoom = pyramid.First; zoom <= pyramid.Last; zoom++)
            foreach (var (tile, data) in pyramid.Tiles(zoom))
            {
                var areas = VillagePyramid.Features(data, tile, "municipalities").Select(f => Units(f.Geometry, tile).Intersection(Tile)).Where(a => a.Area > 0).ToList();
                var union = UnaryUnionOp.Union(areas);
                if (union is null)
                    continue;
                // A bay of the county's outer border may close at small scales; what lies well inside the county may not open.
                var inside = InUnits(mercator, tile).Buffer(-Moved);
                var holes = Polygons(union).SelectMany(p => p.Holes).Sum(h => new Polygon(h).Intersection(inside).Area);
                Assert.True(holes <= Unseen, $"{tile}: {holes} square units of holes");
                Assert.True(areas.Sum(a => a.Area) - union.Area <= Unseen, $"{tile}: {areas.Sum(a => a.Area) - union.Area} square units twice");
            }
    }

    [Fact]
    public void An_address_has_its_street_number_and_suffix()
    {
        var address = pyramid.Tiles(14).SelectMany(t => VillagePyramid.Features(t.Data, t.Tile, "addresses")).First();
        Assert.Equal(("Dorfstraße", "7", "a"), ($"{address.Attributes["street"]}", $"{address.Attributes["number"]}", $"{address.Attributes["suffix"]}"));
    }

    static IEnumerable<Polygon> Polygons(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>();

    sealed class Back(TileAddress tile) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int i)
        {
            var count = (double)(1 << tile.Zoom);
            var y = 0.5 - Math.Asinh(Math.Tan(sequence.GetY(i) * Math.PI / 180)) / (2 * Math.PI);
            sequence.SetX(i, Math.Round(((sequence.GetX(i) + 180) / 360 * count - tile.X) * TileCutter.Extent));
            sequence.SetY(i, Math.Round((y * count - tile.Y) * TileCutter.Extent));
        }
    }
}

public sealed class TileRingsTests
{
    [Fact]
    public void A_ring_that_runs_back_along_the_edge_of_its_tile_becomes_two()
    {
        // Two teeth joined by a line without width, as cutting leaves them.
        var rings = TileRings.Valid([[(0, 0), (10, 0), (10, 10), (6, 10), (6, 0), (4, 0), (4, 10), (0, 10)]]);
        Assert.Equal(2, rings.Count);
        Assert.All(rings, r => Assert.Equal(2 * 40, TileRings.Area(r)));
    }

    [Fact]
    public void A_ring_folded_over_itself_is_taken_apart()
    {
        var rings = TileRings.Valid([[(0, 0), (10, 10), (10, 0), (0, 11)]]);
        Assert.All(rings, r => Assert.True(TileRings.Area(r) > 0));
        Assert.NotEmpty(rings);
    }

    [Fact]
    public void A_cell_stays_as_it_is()
    {
        (int, int)[][] cell = [[(0, 0), (10, 0), (10, 10), (0, 10)]];
        Assert.Same(cell, TileRings.Valid(cell));
    }
}
