using Avalonia;
using Avalonia.Controls;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Connection, background work, and where the pointer is.</summary>
sealed partial class StatusBar : UserControl
{
    /// <summary>What is over before it could be read is not told.</summary>
    readonly DispatcherTimer patience = new() { Interval = TimeSpan.FromSeconds(1) };

    Work? work;

    public StatusBar()
    {
        InitializeComponent();
        Stop.Click += (_, _) => work?.Cancel();
        patience.Tick += (_, _) =>
        {
            patience.Stop();
            Doing.IsVisible = work is { Running: true };
            Moves();
        };
        DataContextChanged += (_, _) =>
        {
            if (work is not null || (work = (DataContext as DeskModel)?.Work) is null)
                return;
            work.PropertyChanged += (_, _) => Dispatcher.UIThread.Post(Follow);
            Follow();
        };
    }

    public void Show(string place, string degrees) => (Place.Text, Degrees.Text) = (place, degrees);

    /// <param name="there">Whether the service answers; null while nothing is open.</param>
    public void Connected(bool? there, string text)
    {
        State.Text = text;
        Lamp[!Avalonia.Controls.Shapes.Shape.FillProperty] = this.GetResourceObservable(there switch { null => "Muted", true => "Good", _ => "Alarm" }).ToBinding();
    }

    void Follow()
    {
        if (work is not { Running: true })
        {
            patience.Stop();
            Doing.IsVisible = false;
        }
        else if (!Doing.IsVisible)
            patience.Start();
        Moves();
    }

    /// <summary>Only where it is seen: a hidden bar that moves would have the window drawn anew for ever.</summary>
    void Moves() => Bar.Moves = Doing.IsVisible && work is { Unknown: true };
}
