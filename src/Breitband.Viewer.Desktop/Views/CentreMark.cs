using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The map's centre while it is moved by keyboard: what Enter asks about or sets a corner at.</summary>
sealed class CentreMark : Control
{
    const double Arm = 13, Gap = 3;

    public CentreMark() => (Width, Height, IsHitTestVisible, IsVisible) = (2 * Arm, 2 * Arm, false, false);

    public override void Render(DrawingContext context)
    {
        foreach (var pen in new[] { new Pen(Brushes.White, 4.5), new Pen(Brushes.Black, 1.75) })
            foreach (var (x, y) in new[] { (1, 0), (-1, 0), (0, 1), (0, -1) })
                context.DrawLine(pen, new(Arm + Gap * x, Arm + Gap * y), new(Arm + Arm * x, Arm + Arm * y));
    }
}
