using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Layout;
using Avalonia.Platform.Storage;
using Avalonia.Threading;
using Breitband.Viewer.Desktop.Drops;
using Breitband.Viewer.Desktop.Frames;
using Breitband.Viewer.Desktop.Look;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The window: panes around the map, everything else on cards over it that wait for nothing.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "What it owns ends in End, before the window may close.")]
sealed partial class MainWindow : Window
{
    readonly DeskModel desk = new();
    readonly Notices notices = new();
    readonly ScaleBar scale = new() { VerticalAlignment = VerticalAlignment.Bottom, HorizontalAlignment = HorizontalAlignment.Left, IsHitTestVisible = false };
    readonly TextBlock credits = new() { VerticalAlignment = VerticalAlignment.Bottom, HorizontalAlignment = HorizontalAlignment.Right, FontSize = 10, Margin = new(0, 0, 6, 3), TextWrapping = Avalonia.Media.TextWrapping.Wrap, Background = new Avalonia.Media.SolidColorBrush(Avalonia.Media.Colors.White, 0.8), Padding = new(4, 1) };
    readonly ComparePane comparing = new() { IsVisible = false };
    readonly Remembered remembered;
    Layout settings;
    Control? card;
    StartPane? start;

    /// <param name="left">How the last one was left.</param>
    public MainWindow(Layout left)
    {
        settings = left;
        remembered = new(settings.Recent, settings.Marks);
        InitializeComponent();
        Middle.Children.AddRange([Area, Probe, centre, scale, credits, hovering, comparing, notices]);
        (DataContext, comparing.DataContext) = (desk, desk.Other);
        if (Program.Begun is null)
            Start.Say("", busy: false);
        Dress();
        Fit();
        Listen();
        ListenToMap();
        ListenToPencil();
        Act();
        Opened += (_, _) => DrawnLine.Warm(this);
        Opened += (_, _) => X11Drops.On(this, TakeDropped);
        AddHandler(LostFocusEvent, (_, _) => Dispatcher.UIThread.Post(() => { if (IsActive) KeepKeyboard(); }, DispatcherPriority.Background)); // a button that did its work may be gone
        AddHandler(KeyDownEvent, Obey, Avalonia.Interactivity.RoutingStrategies.Tunnel);
        AddHandler(DragDrop.DropEvent, Dropped);
        AddHandler(DragDrop.DragOverEvent, (_, e) => e.DragEffects = e.DataTransfer.Contains(DataFormat.File) ? DragDropEffects.Copy : DragDropEffects.None);
    }

    /// <summary>How the window is left; written down at every change, because a window may also be killed.</summary>
    Layout layout
    {
        get => settings;
        set
        {
            settings = value;
            settings = Now();
            _ = desk.Guarded(() => saved = Save(saved, settings));
        }
    }

    Task saved = Task.CompletedTask;

    /// <summary>In turn, and beside the window's thread: the disk may be far away.</summary>
    static async Task Save(Task before, Layout now)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(now.Save);
    }

    /// <summary>Everything as it stands now.</summary>
    Layout Now()
    {
        var now = settings.Of(this, Desk) with { Layers = desk.Layers.Left, Tab = Tabs.SelectedIndex, Pictures = Layers.Pictures };
        return desk.Project is { } open && looked && !scripted ? now.Seen(open.Where, Area.Main.Pose) : now;
    }

    /// <summary>A scripted session leaves no view behind.</summary>
    bool scripted;

    /// <summary>The scripted session of the frames.</summary>
    public FrameSession Watched(string file)
    {
        scripted = true;
        return new(this, desk, Area.Main, Probe, file);
    }

    public MapArea Area { get; } = new();

    public FrameProbe Probe { get; } = new();

    /// <summary>The card that asks what to open; made when it is first needed.</summary>
    StartPane Start
    {
        get
        {
            if (start is not null)
                return start;
            start = new();
            start.Recent(remembered, where => _ = Open(where));
            start.Opened += (where, key) => _ = Open(where, key);
            start.Asked += () => _ = PickStore();
            Middle.Children.Insert(Middle.Children.IndexOf(notices), start);
            return start;
        }
    }

    void HideStart()
    {
        start?.Say("", busy: false); // a bar that still moves behind a hidden card would draw the window anew for ever
        start?.IsVisible = false;
        KeepKeyboard();
    }

    /// <summary>Opens what stands on the command line; with none the start card stays and has the keyboard.</summary>
    /// <param name="begun">The same, begun before there was a window.</param>
    public async Task Open(string? where, string? key = null, Opening? begun = null)
    {
        if (string.IsNullOrWhiteSpace(where))
            AskWhat();
        if (string.IsNullOrWhiteSpace(where) || Keeps(Tongue.Of("Verwerfen und öffnen", "Discard and open"), () => _ = Open(where, key)))
            return;
        if (begun is null)
        {
            Start.Say("", busy: true);
            Start.Keep(where.Trim());
        }
        await desk.Guarded(() => Bring(where, key, begun)); // nobody waits for it, so nothing of it may be lost in silence
    }

    async Task Bring(string where, string? key, Opening? begun)
    {
        try
        {
            await desk.Open(where.Trim(), key, begun);
            HideStart();
            remembered.Opened(desk.Project?.Where ?? where.Trim());
        }
        catch (OperationCanceledException)
        {
            Start.Say("", busy: false); // stopped, or something else is being opened
            Start.Keep(where.Trim());
            Start.IsVisible |= desk.Project is null;
        }
        catch (BreitbandException e)
        {
            Start.Keep(where.Trim());
            Start.Say(e.Text.In(Tongue.Current.Language), busy: false);
            Start.IsVisible |= desk.Project is null;
            if (desk.Project is not null)
                notices.Show(e.Text.In(Tongue.Current.Language));
        }
    }

    void Dress()
    {
        layout.ApplyTo(this, Desk);
        RequestedThemeVariant = layout.Contrast ? Variants.HighContrast : Avalonia.Styling.ThemeVariant.Light;
        remembered.Changed += () => layout = layout with { RecentlyOpened = [.. remembered.Recent], Bookmarks = [.. remembered.Bookmarks] };
        (desk.Layers.Left, Tabs.SelectedIndex) = (layout.Layers, Math.Clamp(layout.Tab, 0, Tabs.ItemCount - 1));
        Closing += (_, e) => e.Cancel = !Goes();
    }

    /// <summary>Whether the window may close: not with an unsaved drawing nobody has said goodbye to, and not before the service inside has ended.</summary>
    bool Goes()
    {
        if (ended || Keeps(Tongue.Of("Verwerfen und beenden", "Discard and quit"), Close))
            return ended;
        Leave();
        return false;
    }

    bool ending, ended;

    /// <summary>Closes whatever stands unsaved: the machine asks, not the user.</summary>
    public void Leave()
    {
        if (!ending)
            _ = End();
    }

    async Task End()
    {
        ending = true;
        layout = settings;
        Hide();
        try
        {
            await desk.DisposeAsync();
            await saved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        finally
        {
            ended = true;
            Close();
        }
    }

    void Listen()
    {
        desk.Faulted += (text, remedy) => Dispatcher.UIThread.Post(() => notices.Show(text, remedy: remedy is null ? null : (remedy.Label, remedy.Run)));
        desk.Noted += (text, next) => Dispatcher.UIThread.Post(() => notices.Show(text, fault: false, next is null ? null : (next.Label, next.Run)));
        notices.Gone += KeepKeyboard;
        desk.Overcome += text => Dispatcher.UIThread.Post(() => notices.Take(text));
        desk.KeyWanted += () =>
        {
            Start.IsVisible = true;
            Start.AskKey(desk.Project?.Where ?? "");
        };
        desk.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName is nameof(desk.Link) or nameof(desk.Project) or "")
                Connection();
            if (change.PropertyName is nameof(desk.Waiting) && (desk.Waiting.Length > 0 || start is not null))
                Start.Say(desk.Waiting, busy: desk.Waiting.Length > 0);
            if (change.PropertyName is nameof(desk.Connected) && desk.Connected)
                foreach (var map in Area.Maps)
                    map.Refetch();
            if (change.PropertyName is nameof(desk.Edition) or nameof(desk.Profile) or nameof(desk.Basis) or "")
                Warn();
        };
        desk.Other.PropertyChanged += (_, change) =>
        {
            Warn();
            if (change.PropertyName is nameof(desk.Other.Missing) or "")
                Area.Say(desk.Other.Missing);
        };
        Connection();
    }

    void Connection()
    {
        Status.Connected(desk.Project is null ? null : desk.Connected, desk.LinkText);
        scale.IsVisible = desk.Project is not null; // of an empty map nothing is measured
        foreach (var tool in new Control[] { Top.Search, Top.Ruler, Top.Pencil, Top.Swipe, Top.Bookmarks, Top.Import, Top.Print })
            tool.IsEnabled = desk.Project is not null;
    }

    /// <summary>Two editions before and after a break of method are no picture of what was built.</summary>
    void Warn() => comparing.Tell(desk.Other.Break(desk.Edition), desk.Compared);

    /// <summary>Shows a card over the map, or takes it away when it is there; one at a time.</summary>
    void Toggle(Control? shown)
    {
        if (card is { } old)
            Middle.Children.Remove(old);
        card = shown?.GetType() == card?.GetType() ? null : shown;
        if (card is not null)
            Middle.Children.Insert(Middle.Children.Count - 1, card);
        KeepKeyboard();
        Head();
    }

    async Task PickStore()
    {
        var picked = await StorageProvider.OpenFilePickerAsync(new() { Title = Tongue.Of("Speicher öffnen", "Open a store"), FileTypeFilter = [new("GeoPackage") { Patterns = ["*.gpkg"] }] });
        if (picked is [var file])
            await Open(file.TryGetLocalPath());
    }

    void Dropped(object? sender, DragEventArgs e) => TakeDropped([.. (e.DataTransfer.TryGetFiles() ?? []).Select(f => f.TryGetLocalPath()).OfType<string>()]);

    /// <summary>The pointer promised to take what was dropped: what is no file, as an address of the web or a share only the file manager reaches, is not passed over in silence.</summary>
    void TakeDropped(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
            notices.Show(Tongue.Of("Das ist keine Datei auf diesem Rechner. Bitte zuerst dorthin kopieren, dann hineinziehen.", "That is no file on this computer. Please copy it there first, then drop it."));
        Take(files);
    }

    /// <summary>Files dropped or pasted: a base map, a store while nothing is open, else something to import.</summary>
    void Take(IReadOnlyList<string> files)
    {
        if (files is [var one] && one.EndsWith(".mbtiles", StringComparison.OrdinalIgnoreCase))
            Layers.Add(one);
        else if (files is [var store] && desk.Project is null)
            _ = Open(store);
        else if (files.Count > 0)
            Import(files);
    }
}
