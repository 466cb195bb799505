using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Http;

/// <summary>A link of a document, as OGC API writes them.</summary>
sealed record Link(string Href, string Rel, string Type, string? Title = null, bool? Templated = null);

/// <summary>Small documents out.</summary>
static class Answer
{
    public static readonly JsonSerializerOptions Camel = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Task Json(HttpContext context, object document, string type = "application/json") => Text(context, JsonSerializer.Serialize(document, Camel), type);

    public static Task Text(HttpContext context, string text, string type) => Bytes(context, Encoding.UTF8.GetBytes(text), type);

    public static async Task Bytes(HttpContext context, byte[] bytes, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.Vary = "Accept, Accept-Language, Authorization";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
