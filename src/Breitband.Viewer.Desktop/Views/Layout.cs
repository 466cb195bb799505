using System.Text.Json;
using System.Text.Json.Serialization;
using Avalonia;
using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>How the window was left: kept beside the user's other settings, forgotten without harm.</summary>
sealed record Layout(double Width = 1600, double Height = 1000, double Left = 270, double Right = 380, bool Maximised = false, bool Contrast = false, string Language = "de", string? Ground = null, IReadOnlyList<string>? RecentlyOpened = null, IReadOnlyList<Bookmark>? Bookmarks = null)
{
    /// <summary>Projects whose last view is kept.</summary>
    const int Most = 20;

    /// <summary>Of the window on its screen, pixels; null before it was ever moved.</summary>
    public int? Across { get; init; }

    public int? Down { get; init; }

    // What an older window did not write down stays as it is here: of what can only be set at first, reading would make nothing.

    /// <summary>Pixels of its screen for one of a plain one.</summary>
    public double Scale { get; set; } = 1;

    public int Tab { get; init; }

    public double GroundOpacity { get; set; } = 1;

    public IReadOnlyList<LayerLeft> Layers { get; set; } = [];

    /// <summary>Files of pictures the user brought as base maps.</summary>
    public IReadOnlyList<string> Pictures { get; set; } = [];

    /// <summary>Where the map was left, by what was open, the latest first.</summary>
    public IReadOnlyList<Bookmark> Views { get; set; } = [];

    public Bookmark? View(string project) => Views.FirstOrDefault(v => v.Name == project && v.Resolution > 0);

    /// <summary>Where a map of this size looks first at a project: where it was left, else at the whole county.</summary>
    public Viewer.Map.MapPose First(Project project, double width, double height) => View(project.Where) is { } left && project.Bounds.Intersects(left.X, left.Y)
        ? new(left.X, left.Y, left.Resolution, width, height) : Viewer.Map.MapPose.Showing(project.Bounds, width, height, 16);

    /// <summary>The same before there is a window: some pixels more or less hardly ever make it another picture.</summary>
    public (Viewer.Map.MapPose, Print.PaintOptions) First(Project project) => (First(project, Width - Panes(Width).Left - Panes(Width).Right - 2 * PaneWidths.Splitter, Height - Bars),
        new LayerStack(LayerSwitch.All(Legend.Default)) { Left = Layers }.Painted with { Transparent = Ground is not null, Scale = Scale });

    public Layout Seen(string project, Viewer.Map.MapPose pose) => pose is not { Width: > 0, Resolution: > 0 } ? this
        : this with { Views = [new(project, pose.X, pose.Y, pose.Resolution), .. Views.Where(v => v.Name != project).Take(Most - 1)] };

    /// <summary>Below it a pane shows nothing useful.</summary>
    public const double Narrowest = 180;

    /// <summary>What the window has beside the map.</summary>
    const double Bars = 80;

    /// <summary>Of the panes in a window of this width.</summary>
    public PaneWidths Panes(double window) => Wish.Within(window);

    PaneWidths Wish => new(Math.Max(Narrowest, Left), Math.Max(Narrowest, Right));

    static string File => Path.Combine(Folder, "fenster.json");

    /// <summary>The user's own settings; his base maps (<c>grundkarten.json</c>) lie here too.</summary>
    public static string Folder { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "breitband");

    /// <summary>The last one; a file that cannot be read is not worth stopping for.</summary>
    public static Layout Read()
    {
        try
        {
            return System.IO.File.Exists(File) && JsonSerializer.Deserialize(System.IO.File.ReadAllText(File), LayoutFile.Default.Layout) is { Layers: not null, Pictures: not null, Views: not null } left ? left : new();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return new();
        }
    }

    [JsonIgnore]
    public IReadOnlyList<string> Recent => RecentlyOpened ?? [];

    [JsonIgnore]
    public IReadOnlyList<Bookmark> Marks => Bookmarks ?? [];

    /// <exception cref="BreitbandException">Failed where the folder cannot be written.</exception>
    public void Save()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            System.IO.File.WriteAllText(File, JsonSerializer.Serialize(this, LayoutFile.Default.Layout));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"Die Einstellungen lassen sich nicht merken: {SystemFault.Of(e).De} Der Ordner {Folder} muss beschreibbar sein.", $"The settings cannot be kept: {SystemFault.Of(e).En} The folder {Folder} must be writable.", e);
        }
    }

    public void ApplyTo(Window window, Grid desk)
    {
        (window.Width, window.Height) = (Math.Max(window.MinWidth, Width), Math.Max(window.MinHeight, Height));
        if (Across is { } left && Down is { } top && window.Screens.All.Any(s => s.WorkingArea.Contains(new PixelPoint(left + 60, top + 20)))) // the screen may be gone
            (window.WindowStartupLocation, window.Position) = (WindowStartupLocation.Manual, new(left, top));
        window.WindowState = Shrink(window) || Maximised ? WindowState.Maximized : WindowState.Normal;
        Divide(desk, window.Width);
    }

    /// <summary>A window larger than its screen, a small or finely scaled one, takes all of that and no more.</summary>
    static bool Shrink(Window window)
    {
        var screen = window.Screens.All.FirstOrDefault(s => s.WorkingArea.Contains(window.Position + new PixelPoint(60, 20))) ?? window.Screens.Primary;
        if (screen is not { WorkingArea: var room, Scaling: > 0 and var scaling } || window.Width * scaling <= room.Width && window.Height * scaling <= room.Height)
            return false;
        (window.Width, window.Height) = (Math.Max(window.MinWidth, Math.Min(window.Width, room.Width / scaling)), Math.Max(window.MinHeight, Math.Min(window.Height, room.Height / scaling)));
        (window.WindowStartupLocation, window.Position) = (WindowStartupLocation.Manual, room.TopLeft);
        return true;
    }

    /// <summary>Gives panes and map their widths; a pane pushed away stays away.</summary>
    public void Divide(Grid desk, double window)
    {
        var (left, right) = Panes(window);
        foreach (var (column, width) in new[] { (desk.ColumnDefinitions[0], left), (desk.ColumnDefinitions[4], right) })
            if (column.Width.Value > 0)
                column.Width = new GridLength(width);
    }

    public Layout Of(Window window, Grid desk)
    {
        var now = Wished(desk, desk.Bounds.Width);
        return now with
        {
            Width = window.WindowState == WindowState.Normal ? window.Width : Width,
            Height = window.WindowState == WindowState.Normal ? window.Height : Height,
            Scale = window.RenderScaling,
            Maximised = window.WindowState == WindowState.FullScreen ? Maximised : window.WindowState == WindowState.Maximized,
            Across = window is { IsVisible: true, WindowState: WindowState.Normal } ? window.Position.X : Across,
            Down = window is { IsVisible: true, WindowState: WindowState.Normal } ? window.Position.Y : Down,
        };
    }

    /// <summary>With the panes as somebody drew them in a window of this width; not before there was one.</summary>
    public Layout Wished(Grid desk, double window)
    {
        if (!(window > 0))
            return this;
        var (left, right) = new PaneWidths(desk.ColumnDefinitions[0].Width.Value, desk.ColumnDefinitions[4].Width.Value).Wished(window, Wish);
        return this with { Left = left, Right = right };
    }
}

/// <summary>Written when the program is built: it is the first thing read at every start, and finding out its shape then takes a tenth of a second.</summary>
[JsonSerializable(typeof(Layout))]
sealed partial class LayoutFile : JsonSerializerContext;
