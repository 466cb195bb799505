using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class PrintPane : UserControl
{
    public PrintPane() => InitializeComponent();
}
