using System.Globalization;
using System.Text;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Writers;

namespace Breitband.Demo;

/// <summary>The plain files: addresses as the land surveyors' list, population as the census grid, settlements as an old-fashioned shapefile.</summary>
static class TextFiles
{
    static readonly CultureInfo German = Formats.Culture(Language.De);

    /// <summary><c>geoadr.txt</c>: semicolons, decimal comma, EPSG:25833. Postcodes are left empty; invented ones could be taken for real.</summary>
    public static void Addresses(string path, IReadOnlyList<Town> towns)
    {
        using var writer = Open(path);
        writer.Write("NBA;OI;QUA;AGS;STN;HNR;ADZ;PLZ;ONM;EEEEEE_EEE;NNNNNNN_NNN\r\n");
        foreach (var town in towns)
            for (var i = 0; i < town.Houses.Count; i++)
            {
                var h = town.Houses[i];
                writer.Write($"N;DEMO{town.Ground.Ags}{i + 1:000000};A;{town.Ground.Ags};{h.Street};{h.Number};;;{h.Village?.Name ?? town.Ground.Name};{Metres(h.X)};{Metres(h.Y)}\r\n");
            }
    }

    static string Metres(double value) => value.ToString("0.000", German);

    /// <summary>The census grid of 100 m (EPSG:3035) with its ids, cell middles and inhabitants.</summary>
    public static void Population(string path, IReadOnlyList<Town> towns)
    {
        using var writer = Open(path);
        writer.Write("GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner\r\n");
        foreach (var (cell, inhabitants) in towns.SelectMany(t => t.Census).OrderBy(c => c.Cell.N).ThenBy(c => c.Cell.E))
            writer.Write($"CRS{Crs.CensusGrid}RES100mN{cell.N * 100}E{cell.E * 100};{cell.E * 100 + 50};{cell.N * 100 + 50};{inhabitants}\r\n");
    }

    static StreamWriter Open(string path) => new(path, false, new UTF8Encoding(false));

    public static void Settlements(string path, IReadOnlyList<Town> towns)
    {
        DbfField[] fields = [new DbfCharacterField("OBJID", 16), new DbfCharacterField("AGS", 8), new DbfCharacterField("NAME", 80)];
        var rows = from town in towns
                   from village in town.Villages
                   select new Feature(new MultiPolygon([Clockwise(village.Outline)]), Attributes(("OBJID", village.Key), ("AGS", town.Ground.Ags), ("NAME", village.Name)));
        Shape(path, fields, rows, declared: true);
    }

    /// <summary>A shapefile as offices leave it: CP1252, no .cpg, no language byte; the date of the table is fixed.</summary>
    public static void Shape(string path, DbfField[] fields, IEnumerable<Feature> rows, bool declared)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using (var writer = Shapefile.OpenWrite(path, new ShapefileWriterOptions(ShapeType.Polygon, fields)
        { Encoding = Encoding.GetEncoding(1252), Projection = declared ? Crs.Definition(Crs.Stored) : null }))
            foreach (var row in rows)
                writer.Write(row);
        File.Delete(Path.ChangeExtension(path, ".cpg"));
        if (!declared)
            File.Delete(Path.ChangeExtension(path, ".prj"));
        using var table = File.OpenWrite(Path.ChangeExtension(path, ".dbf"));
        table.Position = 1;
        table.Write([121, 6, 30]); // the day of change as years since 1900, month, day
        table.Position = 29;
        table.WriteByte(0);
    }

    public static AttributesTable Attributes(params (string Name, object? Value)[] values)
    {
        var table = new AttributesTable();
        foreach (var (name, value) in values)
            table.Add(name, value);
        return table;
    }

    public static Polygon Clockwise(Polygon polygon) => NetTopologySuite.Algorithm.Orientation.IsCCW(polygon.Shell.CoordinateSequence) ? (Polygon)polygon.Reverse() : polygon;
}
