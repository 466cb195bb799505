using System.Text.Json;
using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>How the window was left: kept beside the user's other settings, forgotten without harm.</summary>
sealed record Layout(double Width = 1600, double Height = 1000, double Left = 270, double Right = 380, bool Maximised = false, bool Contrast = false, string Language = "de", string? Ground = null, IReadOnlyList<string>? RecentlyOpened = null, IReadOnlyList<Bookmark>? Bookmarks = null)
{
    /// <summary>Below it a pane shows nothing useful.</summary>
    const double Narrowest = 180;

    static string File => Path.Combine(Folder, "fenster.json");

    /// <summary>The user's own settings; his base maps (<c>grundkarten.json</c>) lie here too.</summary>
    public static string Folder { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "breitband");

    /// <summary>The last one; a file that cannot be read is not worth stopping for.</summary>
    public static Layout Read()
    {
        try
        {
            return System.IO.File.Exists(File) ? JsonSerializer.Deserialize<Layout>(System.IO.File.ReadAllText(File)) ?? new() : new();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return new();
        }
    }

    public IReadOnlyList<string> Recent => RecentlyOpened ?? [];

    public IReadOnlyList<Bookmark> Marks => Bookmarks ?? [];

    /// <exception cref="BreitbandException">Failed where the folder cannot be written.</exception>
    public void Save()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            System.IO.File.WriteAllText(File, JsonSerializer.Serialize(this));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"Die Einstellungen lassen sich nicht merken ({e.Message}). Der Ordner {Folder} muss beschreibbar sein.", $"The settings cannot be kept ({e.Message}). The folder {Folder} must be writable.", e);
        }
    }

    public void ApplyTo(Window window, Grid desk)
    {
        (window.Width, window.Height) = (Math.Max(900, Width), Math.Max(560, Height));
        window.WindowState = Maximised ? WindowState.Maximized : WindowState.Normal;
        desk.ColumnDefinitions[0].Width = new GridLength(Math.Max(Narrowest, Left));
        desk.ColumnDefinitions[4].Width = new GridLength(Math.Max(Narrowest, Right));
    }

    public Layout Of(Window window, Grid desk) => this with
    {
        Width = window.WindowState == WindowState.Normal ? window.Width : Width,
        Height = window.WindowState == WindowState.Normal ? window.Height : Height,
        Left = desk.ColumnDefinitions[0].ActualWidth is > 0 and var left ? left : Left,
        Right = desk.ColumnDefinitions[4].ActualWidth is > 0 and var right ? right : Right,
        Maximised = window.WindowState == WindowState.Maximized,
    };
}
