using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>Geometries of the service (degrees, CRS84) as the map draws them: metres of the web's projection.</summary>
static class GeoJson
{
    static readonly GeometryFactory Factory = new();
    static readonly Func<double, double, (double X, double Y)> Project = Crs.Transform(Crs.Geographic, Crs.WebMercator);

    public static Geometry? Read(JsonNode? geometry) => geometry?["coordinates"] is not JsonArray all ? null : (string?)geometry["type"] switch
    {
        "Point" => Factory.CreatePoint(Place(all)),
        "LineString" => Factory.CreateLineString(Line(all)),
        "MultiLineString" => Factory.CreateMultiLineString([.. all.Select(l => Factory.CreateLineString(Line(l!.AsArray())))]),
        "Polygon" => Area(all),
        "MultiPolygon" => Factory.CreateMultiPolygon([.. all.Select(p => Area(p!.AsArray()))]),
        _ => null,
    };

    static Polygon Area(JsonArray rings)
    {
        var read = rings.Select(r => Factory.CreateLinearRing(Line(r!.AsArray()))).ToList();
        return Factory.CreatePolygon(read[0], [.. read.Skip(1)]);
    }

    static Coordinate[] Line(JsonArray places) => [.. places.Select(p => Place(p!.AsArray()))];

    static Coordinate Place(JsonArray place) => Project((double)place[0]!, (double)place[1]!) is var (x, y) ? new(x, y) : new();
}
