using Avalonia;
using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Connection, background work, and where the pointer is.</summary>
sealed partial class StatusBar : UserControl
{
    public StatusBar()
    {
        InitializeComponent();
        Stop.Click += (_, _) => (DataContext as DeskModel)?.Work.Cancel();
    }

    public void Show(string place, string degrees) => (Place.Text, Degrees.Text) = (place, degrees);

    /// <param name="there">Whether the service answers; null while nothing is open.</param>
    public void Connected(bool? there, string text)
    {
        State.Text = text;
        Lamp[!Avalonia.Controls.Shapes.Shape.FillProperty] = this.GetResourceObservable(there switch { null => "Muted", true => "Good", _ => "Alarm" }).ToBinding();
    }
}
