using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What was dropped: recognised, imported, reported.</summary>
sealed partial class ImportPane : UserControl
{
    public ImportPane()
    {
        InitializeComponent();
        Shut.Click += (_, _) => Closed?.Invoke();
        Start.Click += (_, _) => _ = (DataContext as ImportModel)?.Start();
        Again.Click += (_, _) => _ = (DataContext as ImportModel)?.Again();
        Cancel.Click += (_, _) => Cancelled?.Invoke();
    }

    public event Action? Closed;

    public event Action? Cancelled;
}
