using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breitband.Service.Text;

/// <summary>JSON as the program writes it: snake_case, umlauts as they are, indented.</summary>
static class Json
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    static readonly JsonSerializerOptions Compact = new(Options) { WriteIndented = false };

    public static string Write(object value) => JsonSerializer.Serialize(value, Options);

    /// <summary>On one line: of what has many numbers, half would be blanks.</summary>
    public static string WriteCompact(object value) => JsonSerializer.Serialize(value, Compact);
}
