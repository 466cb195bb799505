using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The form beside what is drawn.</summary>
sealed partial class MeasurePane : UserControl
{
    public MeasurePane()
    {
        InitializeComponent();
        Shut.Click += (_, _) => Closed?.Invoke();
        Store.Click += (_, _) => Saved?.Invoke(false);
        Renew.Click += (_, _) => Renewed?.Invoke();
        Ours.Click += (_, _) => Saved?.Invoke(true);
        Theirs.Click += (_, _) => Reloaded?.Invoke();
        Undo.Click += (_, _) => Undone?.Invoke();
        Drop.Click += (_, _) => Deleted?.Invoke();
        Clash.SizeChanged += (_, _) => Clash.BringIntoView(); // below the fields: in a small window nobody would see it
    }

    public event Action? Closed, Undone, Deleted, Reloaded, Renewed;

    /// <summary>True to save over what a colleague changed, now that it has been seen.</summary>
    public event Action<bool>? Saved;

    public void Say(string? fault) => (AreaFault.Text, AreaFault.IsVisible) = (fault, fault is not null);
}
