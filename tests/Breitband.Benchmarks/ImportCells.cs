using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Writers;

namespace Breitband.Benchmarks;

/// <summary>
/// 800,000 cells of 100 m (EPSG:3035) from a shapefile into a GeoPackage in EPSG:25833, as whole processes: ours with all checks, report and
/// spatial index, beside <c>ogr2ogr -f GPKG</c> with its own.
/// </summary>
static class ImportCells
{
    public static int Run(int cells, int runs)
    {
        using var folder = new Folder();
        var shapefile = folder.File("gitter.shp");
        Write(shapefile, cells);
        var program = ServeCounty.Breitband;
        long ours = 0, theirs = 0;

        void Ours()
        {
            File.Delete(folder.File("a.gpkg"));
            ours = Timing.Process("dotnet", program, "import", shapefile, "--store", folder.File("a.gpkg"), "--county", "", "--mapping", "bevoelkerung", "--edition", "2022-05-15", "--quiet");
        }

        void Theirs()
        {
            File.Delete(folder.File("b.gpkg"));
            theirs = Timing.Process("ogr2ogr", "-f", "GPKG", "-t_srs", "EPSG:25833", "-gt", "100000", folder.File("b.gpkg"), shapefile);
        }

        Console.WriteLine($"{cells:N0} cells, shapefile EPSG:3035 -> GeoPackage EPSG:25833 with spatial index");
        var a = Timing.Median("breitband import", runs, Ours, () => $"{cells / 1e6:0.0} M cells, peak {ours >> 20} MiB");
        var b = Timing.Median("ogr2ogr -f GPKG", runs, Theirs, () => $"peak {theirs >> 20} MiB");
        Console.WriteLine(FormattableString.Invariant($"ours takes {a / b:0.00} of the peer's time"));
        return a <= b ? 0 : 1;
    }

    public static void Write(string path, int cells)
    {
        DbfField[] fields = [new DbfCharacterField("id", 30), new DbfNumericDecimalField("Einwohner", 10, 0)];
        using var writer = Shapefile.OpenWrite(path, new ShapefileWriterOptions(ShapeType.Polygon, fields) { Projection = Crs.Definition(Crs.CensusGrid) });
        var factory = new GeometryFactory();
        for (var i = 0; i < cells; i++)
        {
            var (x, y) = (4_300_000 + i % 1000 * 100, 3_100_000 + i / 1000 * 100);
            writer.Geometry = factory.CreateMultiPolygon([(Polygon)factory.ToGeometry(new Envelope(x, x + 100, y, y + 100))]);
            ((DbfCharacterField)fields[0]).StringValue = $"CRS3035RES100mN{y}E{x}";
            ((DbfNumericDecimalField)fields[1]).NumericValue = i % 40;
            writer.Write();
        }
    }

    sealed class Folder : IDisposable
    {
        readonly string path = Directory.CreateTempSubdirectory("breitband-bench-").FullName;

        public string File(string name) => Path.Combine(path, name);

        public void Dispose() => Directory.Delete(path, true);
    }
}
