using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Beside the pointer: the place under it, its open households and its four parts.</summary>
sealed class HoverCard : Border
{
    /// <summary>From the pointer, so that it covers nothing that is being pointed at; pixels.</summary>
    const double Beside = 18;

    readonly TextBlock name = new() { FontWeight = FontWeight.SemiBold }, text = new() { FontSize = 12 };
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

    /// <param name="room">Of the map; the card stays inside.</param>
    public void Follow(Point pointer, Size room)
    {
        place.X = pointer.X + Beside + Bounds.Width > room.Width ? pointer.X - Beside - Bounds.Width : pointer.X + Beside;
        place.Y = pointer.Y + Beside + Bounds.Height > room.Height ? pointer.Y - Beside - Bounds.Height : pointer.Y + Beside;
    }
}
