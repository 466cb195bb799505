using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breitband.Service.Features;

/// <summary>
/// Features as GeoJSON, straight to UTF-8: property names and repeated values are copied as bytes, coordinates are written from whole numbers.
/// Longitude and latitude have seven decimals, metres three.
/// </summary>
sealed class FeatureWriter
{
    const long PerMetre = 1000;

    readonly Utf8Buffer to;
    readonly CrsUri crs;
    readonly byte[][] names;
    readonly IReadOnlyList<Field> fields;
    readonly Func<double, double, (double X, double Y)>? transform;
    FeatureTable? table;
    Column?[] columns = [];

    public FeatureWriter(Utf8Buffer to, CrsUri crs, IReadOnlyList<Field> fields)
    {
        (this.to, this.crs, this.fields) = (to, crs, fields);
        names = [.. fields.Select((f, i) => System.Text.Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}\"{f.Name}\":"))];
        transform = crs.IsCrs84 || crs.Epsg == Crs.Stored ? null : Crs.Transform(Crs.Stored, crs.Epsg);
    }

    /// <param name="inside">Writes more members before the object ends: the links of a single feature.</param>
    public void Write(FeaturePart part, int row, Action<Utf8Buffer>? inside = null)
    {
        if (table != part.Table)
        {
            table = part.Table;
            columns = [.. fields.Select(f => table.Column(f.Name))];
        }
        to.Raw("{\"type\":\"Feature\",\"id\":\""u8);
        to.Raw(JsonEncodedText.Encode(part.Prefix + table.Ids[row], JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        to.Raw("\",\"geometry\":"u8);
        Geometry(table.Shapes, row);
        to.Raw(",\"properties\":{"u8);
        for (var i = 0; i < columns.Length; i++)
        {
            to.Raw(names[i]);
            to.Raw(columns[i] is { } column ? column.Json(row) : "null"u8);
        }
        to.Raw("}"u8);
        inside?.Invoke(to);
        to.Raw("}"u8);
    }

    void Geometry(PackedShapes shapes, int row)
    {
        var structure = shapes.Structure(row);
        if (structure.IsEmpty)
        {
            to.Raw("null"u8);
            return;
        }
        var (at, vertex) = (0, shapes.FirstVertex(row));
        Shape(shapes, structure, ref at, ref vertex);
    }

    void Shape(PackedShapes shapes, ReadOnlySpan<int> structure, ref int at, ref int vertex)
    {
        var type = structure[at++];
        to.Raw(type switch
        {
            1 => "{\"type\":\"Point\",\"coordinates\":"u8,
            2 => "{\"type\":\"LineString\",\"coordinates\":"u8,
            3 => "{\"type\":\"Polygon\",\"coordinates\":"u8,
            4 => "{\"type\":\"MultiPoint\",\"coordinates\":"u8,
            5 => "{\"type\":\"MultiLineString\",\"coordinates\":"u8,
            6 => "{\"type\":\"MultiPolygon\",\"coordinates\":"u8,
            _ => "{\"type\":\"GeometryCollection\",\"geometries\":"u8,
        });
        switch (type)
        {
            case 1: Position(shapes, vertex++); break;
            case 2 or 4: Positions(shapes, structure[at++], ref vertex); break;
            case 3 or 5: Paths(shapes, structure, ref at, ref vertex); break;
            default:
                to.Raw("["u8);
                var parts = structure[at++];
                for (var i = 0; i < parts; i++)
                {
                    Comma(i);
                    if (type == 6)
                        Paths(shapes, structure, ref at, ref vertex);
                    else
                        Shape(shapes, structure, ref at, ref vertex);
                }
                to.Raw("]"u8);
                break;
        }
        to.Raw("}"u8);
    }

    void Paths(PackedShapes shapes, ReadOnlySpan<int> structure, ref int at, ref int vertex)
    {
        to.Raw("["u8);
        var paths = structure[at++];
        for (var i = 0; i < paths; i++)
        {
            Comma(i);
            Positions(shapes, structure[at++], ref vertex);
        }
        to.Raw("]"u8);
    }

    void Positions(PackedShapes shapes, int count, ref int vertex)
    {
        to.Raw("["u8);
        for (var i = 0; i < count; i++)
        {
            Comma(i);
            Position(shapes, vertex++);
        }
        to.Raw("]"u8);
    }

    void Comma(int i)
    {
        if (i > 0)
            to.Raw(","u8);
    }

    void Position(PackedShapes shapes, int vertex)
    {
        if (crs.IsCrs84)
        {
            var (lon, lat) = shapes.Degrees(vertex);
            Pair(lon, lat, (long)Box.Unit);
            return;
        }
        var (x, y) = shapes.Millimetres(vertex);
        if (transform is not null)
        {
            var there = transform(x / (double)PerMetre, y / (double)PerMetre);
            (x, y) = ((long)Math.Round(there.X * PerMetre), (long)Math.Round(there.Y * PerMetre));
        }
        if (crs.NorthFirst)
            Pair(y, x, PerMetre);
        else
            Pair(x, y, PerMetre);
    }

    void Pair(long first, long second, long perOne)
    {
        to.Raw("["u8);
        to.Fixed(first, perOne);
        to.Raw(","u8);
        to.Fixed(second, perOne);
        to.Raw("]"u8);
    }
}
