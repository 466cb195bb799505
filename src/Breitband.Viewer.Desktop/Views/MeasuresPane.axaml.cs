using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Measures in and out of the question, and what that comes to.</summary>
sealed partial class MeasuresPane : UserControl
{
    /// <summary>The picked measure is to be changed.</summary>
    public event Action? Edited;

    public MeasuresPane()
    {
        InitializeComponent();
        Unrolling.Of(Rows);
        All.Click += (_, _) => (DataContext as DeskModel)?.Count(true);
        Edit.Click += (_, _) => Edited?.Invoke();
        Rows.DoubleTapped += (_, _) => Edited?.Invoke();
        None.Click += (_, _) => (DataContext as DeskModel)?.Count(false);
    }
}
