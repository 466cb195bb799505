using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class ImportPane : UserControl
{
    public ImportPane() => InitializeComponent();
}
