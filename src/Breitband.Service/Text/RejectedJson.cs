using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Text;

/// <summary>Rows that an import set aside, as GeoJSON: longitude and latitude, 7 decimals; without a geometry where nothing of it could be read.</summary>
static class RejectedJson
{
    public static JsonObject Of(IEnumerable<RejectedRow> rows, bool more, Language language)
    {
        var features = new JsonArray([.. rows.Select(r => Feature(r, language))]);
        return new() { ["type"] = "FeatureCollection", ["numberReturned"] = features.Count, ["more"] = more, ["features"] = features };
    }

    static JsonObject Feature(RejectedRow row, Language language) => new()
    {
        ["type"] = "Feature",
        ["geometry"] = row.Geometry is { IsEmpty: false } shape ? Shape(Crs.Transform(shape, Crs.Stored, Crs.Geographic)) : null,
        ["properties"] = new JsonObject { ["file"] = Path.GetFileName(row.File), ["row"] = row.Number, ["key"] = row.Key, ["reason"] = row.Reason.In(language) },
    };

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
