using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Text;

/// <summary>A geometry as GeoJSON has it: longitude and latitude, 7 decimals.</summary>
static class ShapeJson
{
    /// <param name="stored">In <see cref="Crs.Stored"/>.</param>
    public static JsonObject Of(Geometry stored) => Shape(Crs.Transform(stored, Crs.Stored, Crs.Geographic));

    static JsonObject Shape(Geometry shape) => shape is GeometryCollection and not (MultiPoint or MultiLineString or MultiPolygon)
        ? new() { ["type"] = "GeometryCollection", ["geometries"] = Each(shape, Shape) }
        : new() { ["type"] = shape.GeometryType, ["coordinates"] = Places(shape) };

    static JsonArray Places(Geometry shape) => shape switch
    {
        Point point => Place(point.Coordinate),
        LineString line => Line(line),
        Polygon area => new([Line(area.ExteriorRing), .. area.InteriorRings.Select(Line)]),
        _ => Each(shape, Places),
    };

    static JsonArray Each(Geometry whole, Func<Geometry, JsonNode> part) => new([.. Enumerable.Range(0, whole.NumGeometries).Select(i => part(whole.GetGeometryN(i)))]);

    static JsonArray Line(LineString line) => new([.. line.Coordinates.Select(Place)]);

    static JsonArray Place(Coordinate at) => [Math.Round(at.X, 7), Math.Round(at.Y, 7)];
}
