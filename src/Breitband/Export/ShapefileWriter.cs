using System.Text;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Esri;
using NetTopologySuite.IO.Esri.Dbf.Fields;
using NetTopologySuite.IO.Esri.Shapefiles.Writers;

namespace Breitband.Export;

/// <summary>
/// Shapefiles: UTF-8 with .cpg, .prj of our own definition, field names cut to ten characters and kept unique. A layer of mixed shapes becomes
/// one file per kind (<c>_punkte</c>, <c>_linien</c>, <c>_flaechen</c>), because a shapefile holds one.
/// </summary>
static class ShapefileWriter
{
    const int NameLength = 10, TextLength = 254;

    public static Written Write(string temporary, string path, Collection collection, int crs)
    {
        var names = ShortNames(collection.Columns);
        var all = collection.Rows.ToList();
        var rows = all.Where(r => r.Geometry is not null).ToList();
        var kinds = rows.GroupBy(r => KindOf(r.Geometry!)).OrderBy(g => g.Key).ToList();
        if (kinds.Count == 0)
            throw BreitbandException.Refused($"{collection.Name} hat keine Geometrie; ein Shapefile kann das nicht. Als CSV ausgeben: --out {Path.ChangeExtension(path, ".csv")}",
                $"{collection.Name} has no geometry, which a shapefile cannot hold. Write CSV: --out {Path.ChangeExtension(path, ".csv")}");
        var files = new List<string>();
        foreach (var kind in kinds)
        {
            var suffix = kinds.Count == 1 ? "" : kind.Key switch { ShapeType.MultiPoint => "_punkte", ShapeType.PolyLine => "_linien", _ => "_flaechen" };
            WriteKind(Named(temporary, suffix), kind.Key, kind, collection.Columns, names, crs);
            files.Add(Named(path, suffix));
        }
        var renamed = collection.Columns.Zip(names).Where(p => p.First.Name != p.Second).Select(p => (p.First.Name, p.Second)).ToList();
        return new(files[0], rows.Count, crs, collection.Licence, files, renamed, [.. collection.Notes, .. Losses(all, path)]);
    }

    /// <summary>What the format could not hold.</summary>
    static IEnumerable<Phrase> Losses(List<Row> rows, string path)
    {
        var other = Path.ChangeExtension(path, ".gpkg");
        if (rows.Count(r => r.Geometry is null) is > 0 and var shapeless)
            yield return new($"{shapeless} Zeilen ohne Geometrie fehlen darin; ein Shapefile kann sie nicht halten. Ganz: --out {other}",
                $"{shapeless} rows without geometry are left out, because a shapefile cannot hold them. Whole: --out {other}");
        if (rows.Where(r => r.Geometry is not null).Sum(r => r.Values.Count(v => v is string text && Encoding.UTF8.GetByteCount(text) > TextLength)) is > 0 and var cut)
            yield return new($"{cut} Texte sind auf {TextLength} Byte gekürzt. Ungekürzt: --out {other}", $"{cut} texts are cut to {TextLength} bytes. In full: --out {other}");
    }

    static string Named(string path, string suffix) => Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + suffix + ".shp");

    static ShapeType KindOf(Geometry geometry) => geometry.Dimension switch
    {
        Dimension.Point => ShapeType.MultiPoint,
        Dimension.Curve => ShapeType.PolyLine,
        _ => ShapeType.Polygon,
    };

    static void WriteKind(string path, ShapeType kind, IEnumerable<Row> rows, IReadOnlyList<Field> columns, IReadOnlyList<string> names, int crs)
    {
        var list = rows.ToList();
        if (kind == ShapeType.MultiPoint && list.TrueForAll(r => r.Geometry is Point))
            kind = ShapeType.Point;
        DbfField[] fields = [.. columns.Zip(names, FieldOf)];
        using var writer = Shapefile.OpenWrite(path, new ShapefileWriterOptions(kind, fields) { Encoding = new UTF8Encoding(false), Projection = Crs.Definition(crs) });
        foreach (var row in list)
        {
            var attributes = new AttributesTable();
            for (var i = 0; i < names.Count; i++)
                attributes.Add(names[i], ValueOf(row.Values[i]));
            writer.Write(new Feature(AsMulti(row.Geometry!, kind), attributes));
        }
    }

    static Geometry AsMulti(Geometry geometry, ShapeType kind) => (kind, geometry) switch
    {
        (ShapeType.Polygon, Polygon polygon) => polygon.Factory.CreateMultiPolygon([polygon]),
        (ShapeType.PolyLine, LineString line) => line.Factory.CreateMultiLineString([line]),
        (ShapeType.MultiPoint, Point point) => point.Factory.CreateMultiPoint([point]),
        _ => geometry,
    };

    static DbfField FieldOf(Field field, string name) => field.Kind switch
    {
        FieldKind.Integer => new DbfNumericDecimalField(name, 18, 0),
        FieldKind.Real => new DbfFloatField(name),
        FieldKind.Date => new DbfDateField(name, 8),
        FieldKind.Flag => new DbfLogicalField(name, 1),
        _ => new DbfCharacterField(name, TextLength),
    };

    static object? ValueOf(object? value) => value switch
    {
        long number => (decimal)number,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        string text when Encoding.UTF8.GetByteCount(text) > TextLength => Cut(text),
        _ => value,
    };

    static string Cut(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > TextLength)
            text = text[..^1];
        return text;
    }

    static List<string> ShortNames(IReadOnlyList<Field> columns)
    {
        var names = new List<string>();
        foreach (var column in columns)
        {
            var name = column.Name.Length <= NameLength ? column.Name : column.Name[..NameLength];
            for (var i = 1; names.Contains(name); i++)
                name = column.Name[..Math.Min(column.Name.Length, NameLength - 2)] + i.ToString("00", System.Globalization.CultureInfo.InvariantCulture);
            names.Add(name);
        }
        return names;
    }
}
