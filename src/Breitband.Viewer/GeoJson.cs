using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Geometries of the service (degrees, CRS84) as the map draws them: metres of the web's projection.</summary>
public static class GeoJson
{
    static readonly GeometryFactory Factory = new();
    static readonly Func<double, double, (double X, double Y)> Project = Crs.Transform(Crs.Geographic, Crs.WebMercator);

    /// <summary>The features of a collection that have a shape the map can draw.</summary>
    public static IEnumerable<(JsonElement Feature, Geometry Shape)> Features(JsonElement? collection)
    {
        if (collection?.At("features") is { ValueKind: JsonValueKind.Array } features)
            foreach (var feature in features.EnumerateArray())
                if (Read(feature.At("geometry")) is { IsEmpty: false } shape)
                    yield return (feature, shape);
    }

    static Geometry? Read(JsonElement? geometry) => geometry?.At("coordinates") is not { ValueKind: JsonValueKind.Array } all ? null : geometry?.At("type")?.GetString() switch
    {
        "Point" => Factory.CreatePoint(Place(all)),
        "LineString" => Factory.CreateLineString(Line(all)),
        "MultiLineString" => Factory.CreateMultiLineString([.. all.EnumerateArray().Select(l => Factory.CreateLineString(Line(l)))]),
        "Polygon" => Area(all),
        "MultiPolygon" => Factory.CreateMultiPolygon([.. all.EnumerateArray().Select(Area)]),
        _ => null,
    };

    static Polygon Area(JsonElement rings)
    {
        var read = rings.EnumerateArray().Select(r => Factory.CreateLinearRing(Line(r))).ToList();
        return read.Count == 0 ? Factory.CreatePolygon() : Factory.CreatePolygon(read[0], [.. read.Skip(1)]);
    }

    static Coordinate[] Line(JsonElement places)
    {
        var line = new Coordinate[places.GetArrayLength()];
        var i = 0;
        foreach (var place in places.EnumerateArray())
            line[i++] = Place(place);
        return line;
    }

    static Coordinate Place(JsonElement place) => Project(place[0].GetDouble(), place[1].GetDouble()) is var (x, y) ? new(x, y) : new();
}
