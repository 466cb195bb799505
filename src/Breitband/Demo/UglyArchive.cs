using System.IO.Compression;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri.Dbf.Fields;

namespace Breitband.Demo;

/// <summary>
/// A zip as it arrives by mail: a shapefile in CP1252 without .prj and .cpg, one area that crosses itself, one row without a shape. Enough of
/// it is sound that the import takes it and reports the rest.
/// </summary>
static class UglyArchive
{
    const int Good = 28;

    public static void Write(string path, IReadOnlyList<Town> towns)
    {
        var folder = Directory.CreateTempSubdirectory("breitband-demo-").FullName;
        try
        {
            DbfField[] fields =
            [
                new DbfCharacterField("KENNUNG", 12), new DbfCharacterField("ANBIETER", 60), new DbfCharacterField("TECHNIK", 10),
                new DbfNumericInt32Field("DOWN", 8), new DbfNumericInt32Field("UP", 8), new DbfCharacterField("BEMERKUNG", 60),
            ];
            TextFiles.Shape(Path.Combine(folder, "versorgungsgebiete.shp"), fields, Rows(towns), declared: false);
            File.Delete(path);
            using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
                Add(archive, file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Add(ZipArchive archive, string file)
    {
        var entry = archive.CreateEntry("Lieferung Müller/" + Path.GetFileName(file));
        entry.LastWriteTime = new DateTimeOffset(2021, 6, 30, 12, 0, 0, TimeSpan.Zero);
        using var from = File.OpenRead(file);
        using var to = entry.Open();
        from.CopyTo(to);
    }

    /// <summary>Streets of two villages as buffers around their houses, then the two spoilt rows.</summary>
    static IEnumerable<Feature> Rows(IReadOnlyList<Town> towns)
    {
        var villages = towns.SelectMany(t => t.Villages.Where(v => v.Rank > 0).Select(v => (Town: t, Village: v)))
            .Where(v => v.Village.Addresses is > 60 and < 300).OrderBy(v => Chance.Hash("ugly " + v.Village.Key)).Take(2).ToList();
        var number = 0;
        foreach (var (town, village) in villages)
            foreach (var quarter in town.Houses.Where(h => h.Village == village).Chunk(8).Take(Good / 2))
                yield return Row(++number, Around(quarter), number % 5 == 0 ? "Ortskern, Größe geschätzt" : "");
        var (x, y) = (villages[0].Village.X, villages[0].Village.Y);
        yield return Row(++number, new Polygon(new LinearRing([new(x, y), new(x + 150, y + 150), new(x + 150, y), new(x, y + 150), new(x, y)])), "Schleife, überschneidet sich");
        yield return Row(++number, null, "ohne Fläche");
    }

    static Polygon Around(House[] houses) =>
        (Polygon)new MultiPoint([.. houses.Select(h => new Point(h.X, h.Y))]).ConvexHull().Buffer(25, 3);

    static Feature Row(int number, Polygon? area, string remark) => new(area is null ? MultiPolygon.Empty : new MultiPolygon([TextFiles.Clockwise(area)]),
        TextFiles.Attributes(("KENNUNG", $"V-{number:000}"), ("ANBIETER", "Müller & Söhne Netzbetrieb (synthetisch)"), ("TECHNIK", "FTTH"), ("DOWN", 1000), ("UP", 500), ("BEMERKUNG", remark)));
}
