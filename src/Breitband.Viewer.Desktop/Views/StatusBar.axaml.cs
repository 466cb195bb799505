using Avalonia.Controls;
using Avalonia.Media;

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

    public void Connected(bool there, string text)
    {
        State.Text = text;
        Lamp.Fill = this.FindResource(ActualThemeVariant, there ? "Good" : "Alarm") as IBrush;
    }
}
