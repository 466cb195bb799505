using System.Text.Json.Nodes;

namespace Breitband.Service.Text;

/// <summary>Rows that an import set aside, as GeoJSON, without a geometry where nothing of it could be read.</summary>
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
        ["geometry"] = row.Geometry is { IsEmpty: false } shape ? ShapeJson.Of(shape) : null,
        ["properties"] = new JsonObject { ["file"] = Path.GetFileName(row.File), ["row"] = row.Number, ["key"] = row.Key, ["reason"] = row.Reason.In(language) },
    };
}
