using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class StartPane : UserControl
{
    public StartPane() => InitializeComponent();
}
