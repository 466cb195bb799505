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
        AddHandler(Button.ClickEvent, (_, e) =>
        {
            if (e.Source is Button { Name: "Undo", DataContext: ImportFile file })
                _ = (DataContext as ImportModel)?.Undo(file);
        });
        Cancel.Click += (_, _) => (DataContext as ImportModel)?.Cancel();
    }

    public event Action? Closed;
}
