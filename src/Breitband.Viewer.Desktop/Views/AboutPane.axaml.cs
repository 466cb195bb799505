using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A key of the help.</summary>
sealed record KeyHelp(string Key, string Does);

/// <summary>Version, licences, sources, keys.</summary>
sealed partial class AboutPane : UserControl
{
    public AboutPane()
    {
        InitializeComponent();
        Version.Text = Tongue.Of("Fassung ", "Version ") + typeof(AboutPane).Assembly.GetName().Version?.ToString(3);
        Parts.Text = Components.Lines;
        Licence.ItemsSource = Components.Texts;
        Licence.SelectionChanged += (_, _) => Wording.Text = Licence.SelectedItem is string chosen ? Components.Text(chosen) : "";
        Shut.Click += (_, _) => Closed?.Invoke();
    }

    public event Action? Closed;

    public void Tell(IEnumerable<Shortcut> keys, string sources)
    {
        Keys.ItemsSource = keys.Select(k => new KeyHelp(k.Name(Tongue.Current.Language), k.Does.In(Tongue.Current.Language))).Distinct().ToList();
        Sources.Text = sources;
    }
}
