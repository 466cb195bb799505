using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class LayersPane : UserControl
{
    public LayersPane() => InitializeComponent();
}
