using System.Text.Json.Nodes;
using Breitband.Service.Filter;

namespace Breitband.Service.Features;

/// <summary>What a collection can be filtered by, as JSON Schema (OGC API Features Part 3, section 6.2).</summary>
static class QueryableSchema
{
    public static JsonObject Of(FeatureCollection collection, string id, Language language)
    {
        var properties = new JsonObject();
        if (collection.Layer.Shape != Breitband.Shape.None)
            properties[GeometryText.PropertyName] = new JsonObject { ["title"] = new Phrase("Geometrie", "geometry").In(language), ["x-ogc-role"] = "primary-geometry", ["format"] = Format(collection.Layer.Shape) };
        foreach (var field in collection.Fields)
            properties[field.Name] = Property(field, language);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = id,
            ["type"] = "object",
            ["title"] = collection.Title.In(language),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    /// <summary>One property; the parameter of its name has the same.</summary>
    public static JsonObject Property(Field field, Language language)
    {
        var property = new JsonObject { ["title"] = field.Label.In(language), ["type"] = field.Kind switch { FieldKind.Integer => "integer", FieldKind.Real => "number", FieldKind.Flag => "boolean", _ => "string" } };
        if (field.Kind == FieldKind.Date)
            property["format"] = "date";
        return property;
    }

    static string Format(Breitband.Shape shape) => shape switch
    {
        Breitband.Shape.Point => "geometry-point",
        Breitband.Shape.Line => "geometry-linestring-or-multilinestring",
        Breitband.Shape.Polygon => "geometry-polygon-or-multipolygon",
        _ => "geometry-any",
    };
}
