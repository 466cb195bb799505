using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

sealed partial class MunicipalitiesPane : UserControl
{
    public MunicipalitiesPane() => InitializeComponent();
}
