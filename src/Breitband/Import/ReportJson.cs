using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breitband.Import;

/// <summary>The import report for machines (design.md section 7, with a few members more).</summary>
public static class ReportJson
{
    public static string Write(ImportReport report, Language language)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (var file in report.Files)
                Write(json, file, language);
            json.WriteEndArray();
            json.WriteStartArray("unread");
            foreach (var table in report.Unread)
                json.WriteStringValue(table);
            json.WriteEndArray();
            json.WriteBoolean("changed", report.Changed);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    static void Write(Utf8JsonWriter json, FileReport file, Language language)
    {
        json.WriteStartObject();
        json.WriteString("file", file.File);
        json.WriteString("dataset", file.Dataset);
        json.WriteString("layer", file.Layer);
        json.WriteString("mapping", file.Mapping);
        json.WriteStartObject("crs");
        if (file.Crs.Epsg is { } epsg)
            json.WriteNumber("epsg", epsg);
        else
            json.WriteNull("epsg");
        json.WriteString("why", file.Crs.Why.In(language));
        json.WriteEndObject();
        json.WriteStartObject("encoding");
        json.WriteString("name", file.Encoding.Name);
        json.WriteString("why", file.Encoding.Why.In(language));
        json.WriteEndObject();
        json.WriteString("edition", file.Edition.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteNumber("read", file.Read);
        json.WriteNumber("stored", file.Stored);
        json.WriteNumber("repaired", file.Repaired);
        json.WriteNumber("rejected", file.Rejected);
        json.WriteNumber("outside", file.Outside);
        Lists(json, file, language);
        json.WriteBoolean("unchanged", file.Unchanged);
        if (file.FirstRows.Count > 0)
            Rows(json, file);
        json.WriteEndObject();
    }

    static void Rows(Utf8JsonWriter json, FileReport file)
    {
        json.WriteStartArray("first_rows");
        foreach (var row in file.FirstRows)
        {
            json.WriteStartObject();
            foreach (var (field, value) in row)
            {
                json.WritePropertyName(field.Name);
                JsonSerializer.Serialize(json, value, value.GetType());
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Lists(Utf8JsonWriter json, FileReport file, Language language)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in file.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteNumber("count", warning.Count);
            json.WriteString("text", warning.Text.In(language));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("licence");
        json.WriteString("attribution", file.Licence.Attribution);
        json.WriteString("id", file.Licence.Id);
        json.WriteString("url", file.Licence.Url);
        json.WriteEndObject();
        json.WriteStartArray("extent");
        foreach (var value in file.Extent ?? [])
            json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteStartArray("first_rejected");
        foreach (var row in file.FirstRejected)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Number);
            json.WriteString("key", row.Key);
            json.WriteString("reason", row.Reason.In(language));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
