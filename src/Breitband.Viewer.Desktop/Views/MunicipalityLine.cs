using Avalonia.Media;
using Avalonia.Media.TextFormatting;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A municipality's name, open households and their share, and its four parts as a bar. Columns as in the list's head.</summary>
sealed class MunicipalityLine : DrawnLine
{
    const double OpenColumn = 74, ShareColumn = 80, Bar = 9, Between = 3, Edge = 1;

    protected override double Set(object row, double width) => Texts((AreaRow)row, width).Name.Height + Between + Bar + 2 * Edge;

    protected override string Told(object row) => row is AreaRow area ? $"{area.Name}, {area.Open} {Tongue.Of("offen", "open")}, {area.Share}" : "";

    public override void Render(DrawingContext context)
    {
        if (DataContext is not AreaRow row)
            return;
        context.FillRectangle(Brushes.Transparent, new(Bounds.Size)); // the pointer meets the whole line
        var (width, (name, open, share)) = (Bounds.Width, Texts(row, Bounds.Width));
        ShapedText.Draw(context, name, new(0, Edge), Ink);
        DrawRight(context, open, width - ShareColumn, Edge, Ink);
        DrawRight(context, share, width, Edge, Ink);
        SplitBar.Draw(context, new(0, Edge + name.Height + Between, width, Bar), row.Parts);
    }

    (TextLayout Name, TextLayout Open, TextLayout Share) Texts(AreaRow row, double width) =>
        (ShapedText.Of(row.Name, Plain, width - OpenColumn - ShareColumn), ShapedText.Of(row.Open, Plain with { Digits = true }), ShapedText.Of(row.Share, Plain with { Digits = true }));
}
