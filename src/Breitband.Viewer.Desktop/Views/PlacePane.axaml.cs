using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class PlacePane : UserControl
{
    public PlacePane() => InitializeComponent();
}
