using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class AboutPane : UserControl
{
    public AboutPane() => InitializeComponent();
}
