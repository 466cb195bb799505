using SkiaSharp;

namespace Breitband.Print;

/// <summary>Scale as number and as bar, and the north arrow, as one group within the map.</summary>
sealed class ScaleBar(MapFrame frame, double unit, Language language)
{
    readonly Legend legend = Legend.Default;
    readonly TypeStyle style = new(9 * unit);
    readonly int metres = Length(frame.Scale, Math.Min(50 * unit, frame.Box.Width * 0.25));

    string NorthText => language == Language.De ? "Gitternord" : "Grid north";

    string Unit => metres >= 1000 ? " km" : " m";

    double BarWidth => metres * 1000.0 / frame.Scale;

    double NorthWidth => Fonts.Width(NorthText, style);

    public double Width => BarWidth + Fonts.Width(Mark(4) + Unit, style) + 4 * unit + NorthWidth + 4 * unit;

    public double Height => style.Line * 2 + 7 * unit;

    public void Draw(Surface s, Box box)
    {
        s.Fill(box, legend.Page);
        s.Stroke(box, legend.Ink, 0.2 * unit);
        var (x, top, step) = (box.Left + 3 * unit, box.Top + 2 * unit + style.Line, BarWidth / 4);
        // On a screen nobody knows the size of a pixel: a ratio would say nothing there.
        var ratio = MapScale.Round.Contains(frame.Scale) ? " 1:" + Figures.Number(frame.Scale, language) : "";
        s.Text((language == Language.De ? "Maßstab" : "Scale") + ratio, x, box.Top + 1.6 * unit + style.Millimetres, style with { Bold = true }, legend.Ink);
        for (var i = 0; i < 4; i++)
            s.Fill(new Box(x + i * step, top + unit, step, 1.4 * unit), i % 2 == 0 ? legend.Ink : legend.Page);
        s.Stroke(new Box(x, top + unit, BarWidth, 1.4 * unit), legend.Ink, 0.2 * unit);
        for (var i = 0; i <= 4; i += 2)
            s.Text(Mark(i) + (i == 4 ? Unit : ""), x + i * step, top + 3 * unit + style.Millimetres, style, legend.Ink, i == 2 ? Align.Centre : Align.Left);
        North(s, box.Right - 2 * unit - NorthWidth / 2, box.Top + 1.5 * unit, top + 3 * unit + style.Millimetres);
    }

    string Mark(int quarter) => (metres / 4.0 * quarter / (metres >= 1000 ? 1000 : 1)).ToString("0.##", Figures.Culture(language));

    /// <summary>Longest of 1, 2 or 4 times a power of ten metres that is no wider than given on paper.</summary>
    static int Length(int scale, double most)
    {
        var best = 100;
        for (var power = 100; power <= 100_000; power *= 10)
            foreach (var length in new[] { power, 2 * power, 4 * power }.Where(l => l * 1000.0 / scale <= most))
                best = length;
        return best;
    }

    void North(Surface s, double x, double top, double baseline)
    {
        using var arrow = new SKPath();
        var (height, half) = (baseline - style.Millimetres - top - 0.6 * unit, 1.7 * unit);
        arrow.MoveTo((float)x, (float)top);
        arrow.LineTo((float)(x + half), (float)(top + height));
        arrow.LineTo((float)x, (float)(top + height * 0.75));
        arrow.LineTo((float)(x - half), (float)(top + height));
        arrow.Close();
        s.Fill(arrow, legend.Ink);
        s.Text(NorthText, x, baseline, style, legend.Ink, Align.Centre);
    }
}
