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

    public static string Write(object value) => JsonSerializer.Serialize(value, Options);
}
