using System.Net;
using System.Text;
using Breitband.Service.Http;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>A page for people: one look, headings and landmarks for screen readers, no script. Everything put in is encoded.</summary>
sealed class Page(HttpContext context, string title)
{
    readonly StringBuilder body = new();

    public Language Language { get; } = context.Language();

    public string In(string de, string en) => Language == Language.De ? de : en;

    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>HTML as it stands.</summary>
    public Page Raw(string html)
    {
        body.Append(html).Append('\n');
        return this;
    }

    public Page Heading(string text, int level = 2) => Raw($"<h{level}>{Encode(text)}</h{level}>");

    public Page Text(string text, string kind = "") => Raw($"<p{(kind.Length > 0 ? $" class=\"{kind}\"" : "")}>{Encode(text)}</p>");

    public static string Link(string href, string text) => $"<a href=\"{Encode(href)}\">{Encode(text)}</a>";

    /// <param name="rows">Cells are HTML.</param>
    /// <param name="right">Columns of numbers.</param>
    public Page Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, params int[] right)
    {
        string Cell(string cell, int column) => column == 0 ? $"<th scope=\"row\">{cell}</th>" : $"<td{(right.Contains(column) ? " class=\"number\"" : "")}>{cell}</td>";

        // Wide tables scroll by themselves; the box takes the focus so that a keyboard can do it too.
        body.Append($"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode(caption)}\"><table><caption>{Encode(caption)}</caption><thead><tr>");
        body.AppendJoin("", header.Select((h, i) => $"<th scope=\"col\"{(right.Contains(i) ? " class=\"number\"" : "")}>{Encode(h)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
            body.Append("<tr>").AppendJoin("", row.Select(Cell)).Append("</tr>\n");
        body.Append("</tbody></table></div>\n");
        return this;
    }

    public Page List(IEnumerable<string> items)
    {
        body.Append("<ul>\n");
        foreach (var item in items)
            body.Append($"<li>{item}</li>\n");
        body.Append("</ul>\n");
        return this;
    }

    /// <param name="json">The same as JSON.</param>
    public Task Send(ServiceSettings settings, string? json = null)
    {
        context.Response.Headers.ContentLanguage = In("de", "en");
        return Answer.Text(context, Whole(settings, json), "text/html; charset=utf-8");
    }

    string Whole(ServiceSettings settings, string? json) => $"""
        <!DOCTYPE html>
        <html lang="{In("de", "en")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} – Breitband</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{Encode(context.Base())}/static/breitband.css">
        {(json is null ? "" : $"<link rel=\"alternate\" type=\"application/json\" href=\"{Encode(json)}\">")}
        </head>
        <body>
        <a class="skip" href="#inhalt">{In("Zum Inhalt", "Skip to content")}</a>
        <header><nav aria-label="{In("Bereiche", "Sections")}"><a class="home" href="{Encode(context.Base())}/">Breitband</a>
        {(MapRoutes.Available ? Link(context.Base() + "/map", In("Karte", "Map")) + " " : "")}{Link(context.Base() + "/collections", In("Daten", "Data"))} {Link(context.Base() + "/stats", In("Zahlen", "Figures"))} {Link(context.Base() + "/api", In("Schnittstelle", "API"))} {Link(context.Base() + "/handbuch", In("Handbuch", "Handbook (German)"))}
        <a class="other" href="{Encode(Other())}" lang="{In("en", "de")}" hreflang="{In("en", "de")}">{In("English", "Deutsch")}</a></nav></header>
        <main id="inhalt">
        <h1>{Encode(title)}</h1>
        {body}</main>
        <footer>{(json is null ? "" : $"<p>{Link(json, In("Diese Seite als JSON", "This page as JSON"))}</p>")}
        <p>{Encode(settings.Publisher)} {Foot(settings)}</p></footer>
        </body>
        </html>

        """;

    string Other()
    {
        var query = string.Join('&', context.Request.Query.Where(q => q.Key != "lang").SelectMany(q => q.Value.Select(v => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}"))
            .Append($"lang={In("en", "de")}"));
        return $"{context.Base()}{context.Request.Path}?{query}";
    }

    string Foot(ServiceSettings settings) => string.Join(" · ", new[]
    {
        (settings.ImprintUrl, In("Impressum", "Legal notice")), (settings.PrivacyUrl, In("Datenschutz", "Privacy")), (settings.AccessibilityUrl, In("Barrierefreiheit", "Accessibility")),
    }.Where(l => l.Item1 is not null).Select(l => Link(l.Item1!, l.Item2)));
}
