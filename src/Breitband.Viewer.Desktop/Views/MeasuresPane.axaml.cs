using Avalonia.Controls;
using Breitband.Viewer.Desktop.Desk;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Measures in and out of the question, and what that comes to.</summary>
sealed partial class MeasuresPane : UserControl
{
    public MeasuresPane()
    {
        InitializeComponent();
        All.Click += (_, _) => (DataContext as DeskModel)?.Count(true);
        None.Click += (_, _) => (DataContext as DeskModel)?.Count(false);
    }
}
