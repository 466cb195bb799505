using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class MeasuresPane : UserControl
{
    public MeasuresPane() => InitializeComponent();
}
