using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A key of the help.</summary>
sealed record KeyHelp(string Key, string Does);

/// <summary>Version, licences, sources, keys.</summary>
sealed partial class AboutPane : UserControl
{
    const string Components = "Avalonia 11 (MIT) · Mapsui 5 (MIT) · BruTile 6 (Apache 2.0) · SkiaSharp (MIT), Skia (BSD) · HarfBuzz (MIT) · NetTopologySuite 2 (BSD) · ProjNet (LGPL 2.1) · "
        + "Npgsql (PostgreSQL) · Dapper (Apache 2.0) · SQLite (gemeinfrei / public domain) · Sylvan.Data.Csv (MIT) · Inter (SIL OFL 1.1) · .NET 10, ASP.NET Core (MIT)";

    public AboutPane()
    {
        InitializeComponent();
        Version.Text = Tongue.Of("Fassung ", "Version ") + typeof(AboutPane).Assembly.GetName().Version?.ToString(3);
        Parts.Text = Components;
        Shut.Click += (_, _) => Closed?.Invoke();
    }

    public event Action? Closed;

    public void Tell(IEnumerable<Shortcut> keys, string sources)
    {
        Keys.ItemsSource = keys.Select(k => new KeyHelp(k.Name(Tongue.Current.Language), k.Does.In(Tongue.Current.Language))).Distinct().ToList();
        Sources.Text = sources;
    }
}
