using Avalonia.Controls;
using Avalonia.Media;
using Avalonia.Media.TextFormatting;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What gives way in a small window: panes before the map, and on the map what is said before what is measured.</summary>
sealed partial class MainWindow
{
    /// <summary>Pixels. Of the credits where there is room, and of scale and measured length beside them.</summary>
    const double Said = 560, Measured = 420;

    void Fit()
    {
        Desk.SizeChanged += (_, change) =>
        {
            settings = settings.Wished(Desk, change.PreviousSize.Width);
            settings.Divide(Desk, change.NewSize.Width);
        };
        Middle.SizeChanged += (_, _) => Foot();
        credits.SizeChanged += (_, _) => Foot();
        comparing.SizeChanged += (_, _) => Head();
        notices.SizeChanged += (_, _) => Head();
        comparing.PropertyChanged += (_, change) =>
        {
            if (change.Property == IsVisibleProperty)
                Head();
        };
    }

    /// <summary>Lines of the credits where they have no room of their own.</summary>
    const int Lines = 3;

    /// <summary>Beside each other where both have room, else the scale above the credits, whose end is then in the help and at the pointer.</summary>
    void Foot()
    {
        var (room, beside) = (Middle.Bounds.Width, Middle.Bounds.Width >= 2 * Measured);
        credits.MaxWidth = Math.Max(50, beside ? Math.Min(Said, room - Measured) : room - 12);
        credits.Text = beside ? Credits : Begun(Credits, credits.MaxWidth - credits.Padding.Left - credits.Padding.Right);
        scale.Margin = new(12, 0, 0, beside ? 8 : credits.Bounds.Height + 8);
    }

    /// <summary>As much of a text as stands in those lines.</summary>
    string Begun(string text, double width)
    {
        var lines = new TextLayout(text, new Typeface(credits.FontFamily), credits.FontSize, null, textWrapping: TextWrapping.Wrap, maxWidth: width).TextLines;
        return lines.Count <= Lines ? text : text[..(lines[Lines - 1].FirstTextSourceIndex + lines[Lines - 1].Length - 2)].TrimEnd(' ', '·', ',') + " …";
    }

    /// <summary>Messages stand below the choice of a comparison, and cards below the messages: nothing is said over what is being read.</summary>
    void Head()
    {
        notices.Margin = new(12, comparing.IsVisible ? comparing.Bounds.Bottom + 8 : 12, 12, 0);
        foreach (var shown in new[] { card, start }.OfType<Control>())
            shown.Margin = new(shown.Margin.Left, notices.Children.Count > 0 ? notices.Margin.Top + notices.Bounds.Height + 8 : 16, shown.Margin.Right, shown.Margin.Bottom);
    }

    /// <summary>In full screen there is the map alone, and the form of what is being drawn.</summary>
    void Arrange()
    {
        var full = WindowState == WindowState.FullScreen;
        Top.IsVisible = Status.IsVisible = Left.IsVisible = !full;
        Right.IsVisible = !full || form is not null;
        var (left, right) = settings.Panes(Desk.Bounds.Width);
        Desk.ColumnDefinitions[0].Width = new(full ? 0 : left);
        Desk.ColumnDefinitions[4].Width = new(Right.IsVisible ? right : 0);
    }
}
