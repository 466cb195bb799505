using System.ComponentModel;
using System.Runtime.CompilerServices;
using Avalonia;
using Avalonia.Automation.Peers;
using Avalonia.Controls;
using Avalonia.Controls.Documents;
using Avalonia.Media;
using Avalonia.Media.TextFormatting;
using Avalonia.Threading;
using Avalonia.VisualTree;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>
/// A list's line drawn in one piece. Made of two dozen controls, a screen of lines took the window's thread a twentieth of a second whenever the list
/// was scrolled far. Lines not seen yet are set while nothing else is to do.
/// </summary>
abstract class DrawnLine : Control
{
    public static readonly StyledProperty<IBrush?> MutedProperty = AvaloniaProperty.Register<DrawnLine, IBrush?>(nameof(Muted));

    /// <summary>Of a list lines are set ahead up to here; who scrolls a longer one farther waits a little.</summary>
    const int Ahead = 500;

    static readonly ConditionalWeakTable<ListBox, object> prepared = [];

    INotifyPropertyChanged? heard;

    static DrawnLine()
    {
        AffectsRender<DrawnLine>(TextElement.ForegroundProperty, MutedProperty);
        AffectsMeasure<DrawnLine>(TextElement.FontFamilyProperty, TextElement.FontSizeProperty);
    }

    /// <summary>The colour of what is said beside the matter.</summary>
    public IBrush? Muted
    {
        get => GetValue(MutedProperty);
        set => SetValue(MutedProperty, value);
    }

    protected IBrush? Ink => TextElement.GetForeground(this);

    protected TextLook Plain => PlainOf(this);

    /// <summary>Beside the matter: smaller.</summary>
    protected TextLook Small => SmallOf(this);

    protected TextLook Strong => StrongOf(this);

    static TextLook PlainOf(Control of) => new(new(TextElement.GetFontFamily(of)), TextElement.GetFontSize(of));

    static TextLook SmallOf(Control of) => PlainOf(of) with { Size = 12 };

    static TextLook StrongOf(Control of) => PlainOf(of) with { Face = new(TextElement.GetFontFamily(of), weight: FontWeight.SemiBold) };

    /// <summary>The first text of a look takes as long as a hundred later ones; this one is set while a window waits for its map.</summary>
    public static void Warm(Control window)
    {
        foreach (var look in new[] { PlainOf(window), SmallOf(window), StrongOf(window) }.SelectMany(l => new[] { l with { Wrapping = TextWrapping.Wrap }, l with { Digits = true } }))
            Dispatcher.UIThread.Post(() => ShapedText.Of("0", look, 100), DispatcherPriority.SystemIdle);
    }

    /// <summary>Sets the texts of a line.</summary>
    /// <returns>Its height.</returns>
    protected abstract double Set(object row, double width);

    /// <summary>The same as a sentence, for who does not see it.</summary>
    protected abstract string Told(object row);

    protected override Size MeasureOverride(Size availableSize)
    {
        if (DataContext is not { } row || double.IsInfinity(availableSize.Width))
            return default;
        if (this.FindAncestorOfType<ListBox>() is { } list)
            Prepare(list, availableSize.Width);
        return new(availableSize.Width, Set(row, availableSize.Width));
    }

    protected override void OnDataContextChanged(EventArgs e)
    {
        base.OnDataContextChanged(e);
        heard?.PropertyChanged -= Hear;
        heard = DataContext as INotifyPropertyChanged;
        heard?.PropertyChanged += Hear;
        Hear(this, new(""));
    }

    void Hear(object? sender, PropertyChangedEventArgs change)
    {
        InvalidateMeasure();
        InvalidateVisual();
    }

    void Prepare(ListBox list, double width)
    {
        object now = (width, list.ItemCount, Plain);
        if (prepared.TryGetValue(list, out var was) && was.Equals(now))
            return;
        prepared.AddOrUpdate(list, now);
        Next(0);

        void Next(int at) => Dispatcher.UIThread.Post(() =>
        {
            if (at >= Math.Min(list.ItemCount, Ahead) || !prepared.TryGetValue(list, out var wanted) || !ReferenceEquals(wanted, now) || list.Items[at] is not { } row)
                return;
            Set(row, width);
            Next(at + 1);
        }, DispatcherPriority.SystemIdle);
    }

    protected override AutomationPeer OnCreateAutomationPeer() => new Peer(this);

    /// <summary>Says the line when somebody listens, and not with every figure.</summary>
    protected class Peer(DrawnLine line) : ControlAutomationPeer(line)
    {
        protected override string? GetNameCore() => line.DataContext is { } row ? line.Told(row) : null;

        protected override AutomationControlType GetAutomationControlTypeCore() => AutomationControlType.Text;
    }

    /// <summary>A number or word that ends where others end.</summary>
    protected static void DrawRight(DrawingContext context, TextLayout text, double right, double top, IBrush? colour) => ShapedText.Draw(context, text, new(right - text.Width, top), colour);
}
