using Breitband.Analyse;
using Breitband.Import;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Breitband.Tiles;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Tiles;

/// <summary>A state's tiles are made a few columns at a time, and come out as if they were made at once.</summary>
public sealed class TileBandTests
{
    static readonly Envelope County = new(310_000, 395_000, 5_755_000, 5_835_000);

    [Fact]
    public void Bands_share_out_every_column_once_and_their_boxes_hold_what_stands_on_them()
    {
        var fromDegrees = Crs.Transform(Crs.Geographic, Crs.Stored);
        foreach (var zoom in new[] { 12, 13, 14 })
        {
            var bands = TileBand.Of(zoom, 1000, County, mostRows: 100).ToList();

            Assert.InRange(bands.Count, 2, 11);
            Assert.Equal(0, bands[0].West);
            Assert.Equal((1 << zoom) - 1, bands[^1].East);
            Assert.All(bands.Zip(bands.Skip(1)), pair => Assert.Equal(pair.First.East + 1, pair.Second.West));
            foreach (var band in bands)
                for (var latitude = 47.0; latitude < 55; latitude += 0.25)
                    foreach (var column in new[] { band.West, band.East + 1 }.Where(c => c > 0 && c < 1 << zoom))
                        Assert.True(band.Box!.Contains(new Coordinate(fromDegrees((column * 360.0 / (1 << zoom)) - 180, latitude))), $"zoom {zoom}, column {column}, {latitude} degrees north");
        }
    }

    [Theory]
    [InlineData(11, 1000)]
    [InlineData(14, 100)]
    public void Few_tiles_or_few_rows_are_one_band(int zoom, long rows)
    {
        var band = Assert.Single(TileBand.Of(zoom, rows, County, mostRows: 100));

        Assert.Equal((0, (1 << zoom) - 1, null), (band.West, band.East, band.Box));
    }

    [Fact]
    public void Tiles_made_in_bands_are_those_made_at_once()
    {
        using var folder = new TemporaryFolder();
        using var store = Breitband.Store.Store.Open(folder.File("kreis.gpkg"), OpenMode.Create);
        Importer.Run(store, [Path.Combine(Repository.Root, "data", "vg250", "vg250_gemeinden_pm.geojson")], new() { Edition = new(2016, 1, 1) });
        var random = new Random(5);
        Coordinate Place() => new(County.MinX + (random.NextDouble() * County.Width), County.MinY + (random.NextDouble() * County.Height));
        Write(Layer.Addresses, Enumerable.Range(0, 600).Select(i => new Row(new Point(Place()) { SRID = Crs.Stored }, [$"A{i}"])));
        Write(Layer.CoverageAreas, Enumerable.Range(0, 60).Select(i => new Row(Wide(Place(), 200 + (random.NextDouble() * 4000)), [$"V{i}"])));
        Write(Layer.Settlements, Enumerable.Range(0, 80).Select(i => new Row(Wide(Place(), 300), [$"S{i}"])));
        GapEngine.RunAndSave(store, Village.Options(Basis.Mev, MeasureChoice.None));

        PyramidBuilder.Build(store, folder.File("ganz.mbtiles"), Disclosure.Confidential, null, null, long.MaxValue / 2);
        PyramidBuilder.Build(store, folder.File("band.mbtiles"), Disclosure.Confidential, null, null, 60);

        using var whole = Pyramid.Open(folder.File("ganz.mbtiles"));
        using var banded = Pyramid.Open(folder.File("band.mbtiles"));
        for (var zoom = 4; zoom <= 14; zoom++)
            Assert.Equal(Plain(whole, zoom), Plain(banded, zoom));
        Assert.True(whole.Tiles(14).Count() > 500);

        static Geometry Wide(Coordinate at, double size) => new MultiPolygon([(Polygon)new Point(at).Buffer(size)]) { SRID = Crs.Stored };

        void Write(Layer layer, IEnumerable<Row> rows)
        {
            using var writer = store.Begin(Village.Edition with { Dataset = new(layer.Name, "probe"), Sha256 = layer.Name, Evidence = EvidenceKind.Mev }, [layer.Find("key")!]);
            foreach (var row in rows)
                writer.Write(row);
            writer.Commit("{}");
        }

        static List<(TileAddress, string)> Plain(Pyramid pyramid, int zoom) => [.. pyramid.Tiles(zoom).Select(t => (t.Tile, System.Convert.ToHexString(VillagePyramid.Plain(t.Data)))).OrderBy(t => t.Tile.X).ThenBy(t => t.Tile.Y)];
    }
}
