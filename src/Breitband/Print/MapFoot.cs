using SkiaSharp;

namespace Breitband.Print;

/// <summary>Below a picture: its classes in a row, then rule, dates and sources in as few lines as they need. Sizes in millimetres.</summary>
sealed class MapFoot
{
    const double Swatch = 7, Gap = 5;

    readonly GapResult result;
    readonly double width;
    readonly TypeStyle style;
    readonly Language language;
    readonly List<List<Symbol>> rows = [[]];
    readonly IReadOnlyList<string> lines;

    public MapFoot(GapResult result, double width, TypeStyle style, Language language)
    {
        (this.result, this.width, this.style, this.language) = (result, width, style, language);
        var left = 3 + Fonts.Width(Heading, style with { Bold = true }) + Gap;
        foreach (var symbol in Legend.Default.Shares.Select(c => c.Symbol).Append(Legend.Default.Settlement))
        {
            if (left + Needed(symbol) > width - 3)
            {
                rows.Add([]);
                left = 3;
            }
            rows[^1].Add(symbol);
            left += Needed(symbol);
        }
        lines = Flow.Wrap(Said(), style, width - 6);
    }

    public double Height => rows.Count * style.Line * 1.3 + lines.Count * style.Line + 4;

    string Heading => Legend.Default.ShareLabel.In(language);

    double Needed(Symbol symbol) => Swatch + 1.5 + Fonts.Width(symbol.Label.In(language), style) + Gap;

    string Said()
    {
        var dates = result.Editions.Where(e => e.Dataset.StartsWith("coverage_", StringComparison.Ordinal)).Select(e => e.Date).Distinct().Order();
        var sources = string.Join(" · ", result.Editions.Select(e => e.Licence.Attribution).Where(a => a.Length > 0).Distinct());
        return new Phrase(
            $"Aufgreifschwelle {result.Profile.Short.De} ({result.Profile.Key}{(result.Profile.Confirmed ? "" : ", unbestätigt")}) · {result.Basis.Label().De} · Versorgungsdaten {string.Join(", ", dates.Select(d => Figures.Date(d, language)))}"
                + $" · Lauf {result.Run} · Kein Förderanspruch, ersetzt kein Markterkundungsverfahren · Quellen: {sources}",
            $"Threshold {result.Profile.Short.En} ({result.Profile.Key}{(result.Profile.Confirmed ? "" : ", unconfirmed")}) · {result.Basis.Label().En} · coverage data {string.Join(", ", dates.Select(d => Figures.Date(d, language)))}"
                + $" · run {result.Run} · No claim to funding, no substitute for a market consultation · Sources: {sources}").In(language);
    }

    public void Draw(Surface s, double top)
    {
        var legend = Legend.Default;
        s.Line(0, top, width, top, legend.Ink, 0.3);
        var y = top + 2 + style.Line;
        s.Text(Heading, 3, y, style with { Bold = true }, legend.Ink);
        var left = 3 + Fonts.Width(Heading, style with { Bold = true }) + Gap;
        foreach (var row in rows)
        {
            foreach (var symbol in row)
            {
                Key(s, symbol, new Box(left, y - style.Millimetres * 0.9, Swatch, style.Millimetres));
                s.Text(symbol.Label.In(language), left + Swatch + 1.5, y, style, legend.Ink);
                left += Needed(symbol);
            }
            (left, y) = (3, y + style.Line * 1.3);
        }
        foreach (var line in lines)
        {
            s.Text(line, 3, y, style, legend.Muted);
            y += style.Line;
        }
    }

    static void Key(Surface s, Symbol symbol, Box box)
    {
        using var area = new SKPath();
        area.AddRect(box.ToSkia());
        if (symbol.Fill is not null && symbol.Key != Legend.Default.Settlement.Key)
            s.Fill(area, symbol.Fill);
        s.Stroke(area, symbol.Outline, Math.Max(symbol.Width, 0.15));
    }
}
