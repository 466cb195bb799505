using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Import;

/// <summary>Reads a GeoJSON geometry (RFC 7946, section 3.1); heights are dropped.</summary>
public static class JsonGeometry
{
    /// <exception cref="FormatException">The object is not a geometry we take.</exception>
    public static Geometry? Read(JsonElement geometry)
    {
        if (geometry.ValueKind == JsonValueKind.Null)
            return null;
        if (geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("type", out var type)
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
            throw new FormatException("geometry without type or coordinates");
        var factory = Shapes.Factory;
        return type.GetString() switch
        {
            "Point" => coordinates.GetArrayLength() == 0 ? factory.CreatePoint() : factory.CreatePoint(Positions([coordinates])),
            "MultiPoint" => factory.CreateMultiPoint(Positions([.. coordinates.EnumerateArray()])),
            "LineString" => factory.CreateLineString(Line(coordinates)),
            "MultiLineString" => factory.CreateMultiLineString([.. coordinates.EnumerateArray().Select(l => factory.CreateLineString(Line(l)))]),
            "Polygon" => Polygon(coordinates),
            "MultiPolygon" => factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(Polygon)]),
            var other => throw new FormatException($"geometry type {other}"),
        };
    }

    static Polygon Polygon(JsonElement rings)
    {
        var closed = Array(rings).Select(Line).Select(Shapes.Closed).Where(r => r.Count >= 4).Select(Shapes.Factory.CreateLinearRing).ToArray();
        return closed.Length == 0 ? Shapes.Factory.CreatePolygon() : Shapes.Factory.CreatePolygon(closed[0], closed[1..]);
    }

    static CoordinateSequence Line(JsonElement positions) => Positions([.. Array(positions)]);

    static JsonElement.ArrayEnumerator Array(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw new FormatException("coordinates are not nested as the type demands");

    static PackedDoubleCoordinateSequence Positions(JsonElement[] positions)
    {
        var values = new double[2 * positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            var p = positions[i];
            if (p.ValueKind != JsonValueKind.Array || p.GetArrayLength() < 2 || p[0].ValueKind != JsonValueKind.Number || p[1].ValueKind != JsonValueKind.Number)
                throw new FormatException("a position is not a pair of numbers");
            (values[2 * i], values[(2 * i) + 1]) = (p[0].GetDouble(), p[1].GetDouble());
        }
        return new(values, 2, 0);
    }
}
