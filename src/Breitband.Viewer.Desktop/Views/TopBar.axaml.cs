using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class TopBar : UserControl
{
    public TopBar() => InitializeComponent();
}
