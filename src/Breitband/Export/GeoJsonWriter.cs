using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Breitband.Export;

/// <summary>GeoJSON (RFC 7946), streamed: lon before lat, outer rings counterclockwise, seven decimals of a degree or millimetres of a metre.</summary>
static class GeoJsonWriter
{
    /// <param name="nameCrs">Names the CRS in the old <c>crs</c> member, because the user asked for another than the standard's.</param>
    public static long Write(string path, Collection collection, int crs, bool nameCrs)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var digits = Crs.Get(crs).IsGeographic ? 7 : 3;
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteString("name", collection.Name);
        json.WriteString("attribution", collection.Licence);
        if (nameCrs)
        {
            json.WriteStartObject("crs");
            json.WriteString("type", "name");
            json.WriteStartObject("properties");
            json.WriteString("name", $"urn:ogc:def:crs:EPSG::{crs}");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteStartArray("features");
        var count = 0L;
        foreach (var row in collection.Rows)
        {
            Feature(json, collection, row, digits);
            if (++count % 1000 == 0)
                json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    static void Feature(Utf8JsonWriter json, Collection collection, Row row, int digits)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        for (var i = 0; i < collection.Columns.Count; i++)
            Value(json, collection.Columns[i].Name, row.Values[i]);
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        if (row.Geometry is null)
            json.WriteNullValue();
        else
            Write(json, row.Geometry, digits);
        json.WriteEndObject();
    }

    static void Value(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case string text: json.WriteString(name, text); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            default: json.WriteString(name, value is DateOnly date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    static void Write(Utf8JsonWriter json, Geometry geometry, int digits)
    {
        json.WriteStartObject();
        json.WriteString("type", geometry is LinearRing ? "LineString" : geometry.GeometryType);
        json.WritePropertyName(geometry.GeometryType == "GeometryCollection" ? "geometries" : "coordinates");
        if (geometry.GeometryType == "GeometryCollection")
        {
            json.WriteStartArray();
            for (var i = 0; i < geometry.NumGeometries; i++)
                Write(json, geometry.GetGeometryN(i), digits);
            json.WriteEndArray();
        }
        else
            Coordinates(json, geometry, digits);
        json.WriteEndObject();
    }

    static void Coordinates(Utf8JsonWriter json, Geometry geometry, int digits)
    {
        switch (geometry)
        {
            case Point point:
                Position(json, point.Coordinate, digits);
                break;
            case LineString line:
                Positions(json, line.Coordinates, digits);
                break;
            case Polygon polygon:
                json.WriteStartArray();
                for (var i = 0; i <= polygon.NumInteriorRings; i++)
                {
                    var ring = (i == 0 ? polygon.ExteriorRing : polygon.GetInteriorRingN(i - 1)).Coordinates;
                    Positions(json, Orientation.IsCCW(ring) == (i == 0) ? ring : [.. ring.Reverse()], digits);
                }
                json.WriteEndArray();
                break;
            default:
                json.WriteStartArray();
                for (var i = 0; i < geometry.NumGeometries; i++)
                    Coordinates(json, geometry.GetGeometryN(i), digits);
                json.WriteEndArray();
                break;
        }
    }

    static void Positions(Utf8JsonWriter json, Coordinate[] coordinates, int digits)
    {
        json.WriteStartArray();
        foreach (var coordinate in coordinates)
            Position(json, coordinate, digits);
        json.WriteEndArray();
    }

    static void Position(Utf8JsonWriter json, Coordinate coordinate, int digits)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(coordinate.X, digits));
        json.WriteNumberValue(Math.Round(coordinate.Y, digits));
        json.WriteEndArray();
    }
}
