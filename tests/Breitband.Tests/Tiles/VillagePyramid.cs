using System.IO.Compression;
using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Analyse;
using Breitband.Tiles;
using NetTopologySuite.Features;
using NetTopologySuite.IO.VectorTiles.Mapbox;

namespace Breitband.Tests.Tiles;

/// <summary>The village, analysed, as tiles; read back with somebody else's decoder.</summary>
sealed class VillagePyramid : IDisposable
{
    readonly TemporaryFolder folder = new();

    public VillagePyramid()
    {
        Store = Breitband.Store.Store.Open(folder.File("dorf.gpkg"), OpenMode.Create);
        VillageInStore.Write(Store);
        Result = GapEngine.RunAndSave(Store, Village.Options());
    }

    public Breitband.Store.Store Store { get; }

    public GapResult Result { get; }

    public string Path => folder.File("dorf.mbtiles");

    public PyramidReport Build(Disclosure allowed = Disclosure.Confidential, string? path = null) => PyramidBuilder.Build(Store, path ?? Path, allowed);

    public string Beside(string name) => folder.File(name);

    /// <summary>Features of a layer on a tile, in degrees.</summary>
    public static List<IFeature> Features(byte[] packed, TileAddress tile, string layer)
    {
        using var plain = new MemoryStream(Plain(packed));
        var read = new MapboxTileReader().Read(plain, new NetTopologySuite.IO.VectorTiles.Tiles.Tile(tile.X, tile.Y, tile.Zoom));
        return [.. read.Layers.Where(l => l.Name == layer).SelectMany(l => l.Features)];
    }

    public static byte[] Plain(byte[] packed)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }
}
