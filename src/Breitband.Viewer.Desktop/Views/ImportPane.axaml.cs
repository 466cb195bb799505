using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What was dropped: recognised, imported, reported.</summary>
sealed partial class ImportPane : UserControl
{
    public ImportPane()
    {
        InitializeComponent();
        Shut.Click += (_, _) => Closed?.Invoke();
        Start.Click += (_, _) => _ = (DataContext as ImportModel)?.Start(); // faults stand at their files
        Again.Click += (_, _) => _ = (DataContext as ImportModel)?.Again();
        Cancel.Click += (_, _) => (DataContext as ImportModel)?.Cancel();
    }

    public event Action? Closed;
}
