using System.Text;
using System.Text.RegularExpressions;

namespace Breitband.Service.Html;

/// <summary>The part of Markdown our handbook uses: headings, paragraphs, lists, tables, code, links, emphasis. Everything else is text.</summary>
static partial class Markdown
{
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length;)
            at = Block(lines, at, html);
        return html.ToString();
    }

    static int Block(string[] lines, int at, StringBuilder html)
    {
        var line = lines[at];
        // Pictures lie beside the file; the program does not carry them.
        if (line.Trim().Length == 0 || line.StartsWith("![", StringComparison.Ordinal))
            return at + 1;
        if (line.StartsWith("```", StringComparison.Ordinal))
        {
            var end = Until(lines, at + 1, l => l.StartsWith("```", StringComparison.Ordinal));
            html.Append("<pre tabindex=\"0\">").AppendJoin('\n', lines[(at + 1)..end].Select(Page.Encode)).Append("</pre>\n");
            return end + 1;
        }
        if (Heading().Match(line) is { Success: true } heading)
        {
            // The page's own title is the h1.
            var level = Math.Min(6, heading.Groups[1].Length + 1);
            html.Append($"<h{level}>{Inline(heading.Groups[2].Value)}</h{level}>\n");
            return at + 1;
        }
        if (line.StartsWith('|'))
            return Table(lines, at, html);
        return IsItem(line) ? List(lines, at, html) : Paragraph(lines, at, html);
    }

    static int Until(string[] lines, int at, Func<string, bool> end)
    {
        while (at < lines.Length && !end(lines[at]))
            at++;
        return at;
    }

    static bool IsItem(string line) => Item().IsMatch(line);

    static int Paragraph(string[] lines, int at, StringBuilder html)
    {
        var end = Until(lines, at, l => l.Trim().Length == 0 || l.StartsWith('|') || l.StartsWith("```", StringComparison.Ordinal) || Heading().IsMatch(l) || IsItem(l));
        html.Append("<p>").Append(Inline(string.Join(' ', lines[at..end]))).Append("</p>\n");
        return end;
    }

    static int List(string[] lines, int at, StringBuilder html)
    {
        var kind = char.IsAsciiDigit(lines[at].TrimStart()[0]) ? "ol" : "ul";
        html.Append($"<{kind}>\n");
        while (at < lines.Length && IsItem(lines[at]))
        {
            // Lines below an item that are indented belong to it.
            var end = Until(lines, at + 1, l => l.Trim().Length == 0 || IsItem(l) || !l.StartsWith("  ", StringComparison.Ordinal));
            html.Append("<li>").Append(Inline(Item().Replace(string.Join(' ', lines[at..end].Select(l => l.Trim())), ""))).Append("</li>\n");
            at = end;
        }
        html.Append($"</{kind}>\n");
        return at;
    }

    static int Table(string[] lines, int at, StringBuilder html)
    {
        var end = Until(lines, at, l => !l.StartsWith('|'));
        html.Append("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Tabelle\"><table>\n");
        foreach (var (line, i) in lines[at..end].Select((l, i) => (l, i)).Where(l => !Rule().IsMatch(l.l)))
            html.Append("<tr>").AppendJoin("", line.Trim().Trim('|').Split(" | ").Select(c => i == 0 ? $"<th scope=\"col\">{Inline(c.Trim())}</th>" : $"<td>{Inline(c.Trim())}</td>")).Append("</tr>\n");
        html.Append("</table></div>\n");
        return end;
    }

    /// <summary>Encoded first, so that nothing in the text becomes HTML but what is made here.</summary>
    static string Inline(string text)
    {
        var parts = Page.Encode(text).Split('`');
        for (var i = 0; i < parts.Length; i++)
            parts[i] = i % 2 == 1 ? $"<code>{parts[i]}</code>" : Emphasis().Replace(LinkTo().Replace(parts[i], "<a href=\"$2\">$1</a>"), "<strong>$1</strong>");
        return string.Concat(parts);
    }

    [GeneratedRegex(@"^(#{1,5}) (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*([-*]|\d+\.) ")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\|[\s:|-]+\|$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<!!)\[([^\]]+)\]\((https?://[^)\s]+|#[^)\s]+)\)")]
    private static partial Regex LinkTo();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Emphasis();
}
