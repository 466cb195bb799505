using System.Text.Json;
using Breitband.Import;
using Breitband.Service.Http;
using Breitband.Store;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Service.Routes;

/// <summary>
/// A measure as a request brings it: <c>{"key", "fields": {…}, "area": GeoJSON or WKT, "area_crs", "correction"}</c>. Fields have the names and
/// values of the register; null clears one.
/// </summary>
/// <param name="Area">In the stored system; null to keep what there is, empty to take it away.</param>
sealed record MeasureRequest(string? Key, IReadOnlyDictionary<string, object?> Values, Geometry? Area, bool Correction)
{
    public static MeasureRequest Read(JsonElement body, bool isNew)
    {
        var fields = new Fields(body);
        var key = isNew ? fields.Text("key") : null;
        if (isNew && string.IsNullOrEmpty(key))
            fields.Wrong("key", "die Kennung fehlt", "the id is missing");
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        fields.Read("fields", given => Fill(given, values, fields));
        var epsg = fields.Read("area_crs", v => CrsUri.Find(v.GetString() ?? "") ?? throw BreitbandException.WrongUse("dieses Koordinatensystem gibt es hier nicht", "there is no such CRS here"));
        var area = fields.Read("area", given => AreaOf(given, epsg));
        if (!isNew && body.TryGetProperty("area", out var none) && none.ValueKind == JsonValueKind.Null)
            area = new GeometryFactory(new(), Crs.Stored).CreatePolygon();
        var request = new MeasureRequest(key, values, area, !isNew && fields.Flag("correction"));
        fields.Check();
        return request;
    }

    static object Fill(JsonElement given, Dictionary<string, object?> values, Fields fields)
    {
        if (given.ValueKind != JsonValueKind.Object)
            throw BreitbandException.WrongUse("ein Objekt mit Feldern der Maßnahme", "an object with fields of the measure");
        foreach (var member in given.EnumerateObject())
            fields.Parse(member.Name, () => values[member.Name] = Value(member));
        return values;
    }

    static object? Value(JsonProperty member)
    {
        var field = Layer.Measures.Find(member.Name);
        if (field is null || field.Name == "key")
            throw BreitbandException.WrongUse($"das Feld hat eine Maßnahme nicht. {Suggest.German(member.Name, Layer.Measures.Fields.Skip(1).Select(f => f.Name))}",
                $"a measure has no such field. {Suggest.English(member.Name, Layer.Measures.Fields.Skip(1).Select(f => f.Name))}");
        return member.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number when field.Kind is FieldKind.Real && double.IsFinite(member.Value.GetDouble()) => member.Value.GetDouble(),
            JsonValueKind.True or JsonValueKind.False when field.Kind is FieldKind.Flag => member.Value.GetBoolean(),
            JsonValueKind.String => MeasureRecord.Parse(field, member.Value.GetString()!.Trim()),
            _ => throw BreitbandException.WrongUse("dieser Wert passt nicht zum Feld", "this value does not fit the field"),
        };
    }

    /// <summary>GeoJSON is in longitude and latitude unless said otherwise, WKT in the stored system.</summary>
    static Geometry AreaOf(JsonElement given, CrsUri? crs)
    {
        var (read, system) = given.ValueKind == JsonValueKind.String ? (Wkt(given.GetString()!), crs ?? CrsUri.Stored) : (JsonGeometry.Read(given), crs ?? CrsUri.Crs84);
        if (read is null or { IsEmpty: true })
            throw BreitbandException.WrongUse("keine Geometrie", "no geometry");
        var stored = system.ToStored(read);
        if (stored.IsEmpty)
            throw BreitbandException.WrongUse($"diese Koordinaten liegen außerhalb von {Crs.Get(Crs.Stored).Name}; stimmt das Koordinatensystem (area_crs)?", $"these coordinates lie outside {Crs.Get(Crs.Stored).Name}; is the CRS right (area_crs)?");
        stored.SRID = Crs.Stored;
        return stored;
    }

    static Geometry Wkt(string text)
    {
        try
        {
            return new WKTReader(NetTopologySuite.NtsGeometryServices.Instance).Read(text);
        }
        catch (Exception e) when (e is ParseException or ArgumentException)
        {
            throw BreitbandException.WrongUse("weder GeoJSON noch WKT", "neither GeoJSON nor WKT");
        }
    }
}
