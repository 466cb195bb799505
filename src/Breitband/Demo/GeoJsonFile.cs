using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Breitband.Demo;

/// <summary>Writes points, lines and areas as GeoJSON in EPSG:4326, seven decimals (a centimetre).</summary>
static class GeoJsonFile
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, IEnumerable<(Geometry Geometry, IReadOnlyList<(string Name, object? Value)> Values)> features)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        foreach (var (geometry, values) in features)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteStartObject("properties");
            foreach (var (name, value) in values)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value, Readable);
            }
            json.WriteEndObject();
            Shape(json, Crs.Transform(geometry, Crs.Stored, Crs.Geographic));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Shape(Utf8JsonWriter json, Geometry geometry)
    {
        json.WriteStartObject("geometry");
        json.WriteString("type", geometry.GeometryType);
        json.WriteStartArray("coordinates");
        if (geometry is Point point)
            Pair(json, point.Coordinate);
        else if (geometry is LineString line)
            Pairs(json, line.Coordinates);
        else
        {
            json.WriteStartArray();
            Pairs(json, ((Polygon)geometry).Shell.Coordinates);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Pairs(Utf8JsonWriter json, Coordinate[] coordinates)
    {
        foreach (var coordinate in coordinates)
        {
            json.WriteStartArray();
            Pair(json, coordinate);
            json.WriteEndArray();
        }
    }

    static void Pair(Utf8JsonWriter json, Coordinate c)
    {
        json.WriteNumberValue(Math.Round(c.X, 7));
        json.WriteNumberValue(Math.Round(c.Y, 7));
    }
}
