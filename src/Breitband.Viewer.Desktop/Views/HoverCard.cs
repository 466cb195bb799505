using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Beside the pointer: the place under it, its open households and its four parts.</summary>
sealed class HoverCard : Border
{
    /// <summary>From the pointer, so that it covers nothing that is being pointed at; pixels.</summary>
    const double Beside = 18, Widest = 360;

    readonly TextBlock name = new() { FontWeight = FontWeight.SemiBold, TextWrapping = TextWrapping.Wrap }, text = new() { FontSize = 12, TextWrapping = TextWrapping.Wrap };
    readonly SplitBar parts = new() { Height = 9, MinWidth = 170 };
    readonly TranslateTransform place = new();

    public HoverCard()
    {
        Classes.Add("card");
        (Padding, IsHitTestVisible, IsVisible, RenderTransform) = (new(10, 6), false, false, place);
        (HorizontalAlignment, VerticalAlignment) = (Avalonia.Layout.HorizontalAlignment.Left, Avalonia.Layout.VerticalAlignment.Top);
        Child = new StackPanel { Spacing = 3, Children = { name, text, parts } };
    }

    protected override Type StyleKeyOverride => typeof(Border);

    /// <summary>Takes it away with null.</summary>
    public void Say(Pointed? pointed)
    {
        IsVisible = pointed is not null;
        (name.Text, text.Text, parts.Parts) = (pointed?.Name, pointed?.Text, pointed?.Parts);
    }

    /// <summary>After the pointer, before it where there is no room, and over it where there is none either.</summary>
    static double Along(double pointer, double size, double room) =>
        pointer + Beside + size <= room ? pointer + Beside : pointer - Beside - size >= 0 ? pointer - Beside - size : Math.Max(0, room - size);

    Point pointer;
    Size room;

    /// <param name="at">The pointer.</param>
    /// <param name="map">The card stays inside.</param>
    public void Follow(Point at, Size map)
    {
        (pointer, room, MaxWidth) = (at, map, Math.Min(Widest, map.Width));
        Place(Bounds.Size);
    }

    /// <summary>What it says is laid out after it was said.</summary>
    protected override void OnSizeChanged(SizeChangedEventArgs e)
    {
        base.OnSizeChanged(e);
        Place(e.NewSize);
    }

    void Place(Size size)
    {
        place.X = Along(pointer.X, size.Width, room.Width);
        place.Y = Along(pointer.Y, size.Height, room.Height);
    }
}
