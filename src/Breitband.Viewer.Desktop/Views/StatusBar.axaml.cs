using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class StatusBar : UserControl
{
    public StatusBar() => InitializeComponent();
}
