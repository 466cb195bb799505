using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.Input.Platform;
using Avalonia.Platform.Storage;
using Breitband.Viewer.Desktop.Look;
using Breitband.Viewer.Map;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What the window does: one list of keys, which buttons, menu and help repeat.</summary>
sealed partial class MainWindow
{
    IReadOnlyList<Shortcut> shortcuts = [];
    BaseMap? Ground;

    void Act()
    {
        shortcuts = [.. Commands(), .. Moves()];
        Top.Ruler.IsCheckedChanged += (_, _) => Measuring(Top.Ruler.IsChecked == true);
        Top.Swipe.IsCheckedChanged += (_, _) => Comparing(Top.Swipe.IsChecked == true);
        Top.Import.Click += (_, _) => _ = PickFiles();
        Top.Print.Click += (_, _) => Print();
        Top.Full.Click += (_, _) => FullScreen();
        Top.Project.Click += (_, _) => ToggleStart();
        Top.More.Click += (_, _) => Menu();
        Top.Bookmarks.Click += (_, _) => Bookmarks();
        Top.Searched += text =>
        {
            asking = Tabs.SelectedIndex;
            _ = desk.Find(text);
        };
        Top.Suggestions = desk.Suggest;
        Layers.Chosen += Choose;
        Layers.Share = layout.GroundOpacity; // before anybody listens
        Layers.Faded += share =>
        {
            foreach (var map in Area.Maps)
                map.GroundOpacity = share;
            layout = layout with { GroundOpacity = share };
        };
        _ = desk.Guarded(async () => Layers.Offer(await Program.Grounds, layout.Ground));
    }

    void ToggleStart()
    {
        if (start is { IsVisible: true } && desk.Project is not null)
            HideStart();
        else
            AskWhat();
    }

    void AskWhat()
    {
        Start.IsVisible = true;
        if (desk.Link == Link.Refused)
            Start.AskKey(desk.Project?.Where ?? "");
        else
            Start.Ask();
    }

    IEnumerable<Shortcut> Commands() =>
    [
        Shortcut.Control(Key.O, "Speicher oder Dienst öffnen", "Open a store or a service", AskWhat),
        Shortcut.Control(Key.F, "Suchen", "Search", Top.Seek),
        Shortcut.Control(Key.I, "Dateien importieren", "Import files", () => _ = PickFiles()),
        Shortcut.Control(Key.V, "Kopierte Dateien importieren oder öffnen", "Import or open copied files", () => _ = desk.Guarded(Paste)),
        Shortcut.Control(Key.P, "Drucken", "Print", Print),
        Shortcut.On(Key.PageUp, "Druck: vorige Seite", "Print: page before", () => Leaf(-1)),
        Shortcut.On(Key.PageDown, "Druck: nächste Seite", "Print: next page", () => Leaf(1)),
        Shortcut.On(Key.D1, "Auskunft", "Place", () => GoTo(0)),
        Shortcut.On(Key.D2, "Gemeinden", "Municipalities", () => GoTo(1)),
        Shortcut.On(Key.D3, "Maßnahmen", "Measures", () => GoTo(2)),
        Shortcut.On(Key.M, "Messen", "Measure", () => Top.Ruler.IsChecked = Top.Ruler.IsChecked != true),
        Shortcut.On(Key.N, "Maßnahme zeichnen", "Draw a measure", () => Top.Pencil.IsChecked = Top.Pencil.IsChecked != true),
        Shortcut.On(Key.D4, "Formular der Maßnahme", "Form of the measure", () => { if (formTab is not null) GoTo(Tabs.Items.IndexOf(formTab)); }),
        Shortcut.On(Key.E, "Gewählte Maßnahme bearbeiten", "Edit the picked measure", () => _ = desk.Guarded(EditPicked)),
        Shortcut.Control(Key.Z, "Ecke zurücknehmen", "Take a corner back", () => Sketched(() => sketch.Undo())),
        Shortcut.Control(Key.Return, "Fläche schließen", "Close the area", () => Sketched(() => sketch.Close())),
        Shortcut.On(Key.Delete, "Ecke in der Kartenmitte entfernen", "Remove the corner at the map's centre", () => Sketched(() => sketch.Remove(Centre, Area.Main.Pose.Resolution))),
        Shortcut.Control(Key.S, "Maßnahme speichern", "Save the measure", () => _ = desk.Guarded(SaveForm)),
        Shortcut.On(Key.B, "Lesezeichen", "Bookmarks", Bookmarks),
        Shortcut.On(Key.V, "Vergleichen", "Compare", () => Top.Swipe.IsChecked = Top.Swipe.IsChecked != true),
        Shortcut.On(Key.F1, "Hilfe: Tasten, Quellen, Lizenzen", "Help: keys, sources, licences", About),
        Shortcut.On(Key.F9, "Neu rechnen und ablegen", "Compute anew and keep", () => _ = desk.Analyse()),
        Shortcut.On(Key.F10, "Menü", "Menu", Menu),
        Shortcut.On(Key.F11, "Vollbild", "Full screen", FullScreen),
        Shortcut.On(Key.Escape, "Abbrechen, schließen", "Cancel, close", Back),
    ];

    IEnumerable<Shortcut> Moves() =>
    [
        Shortcut.On(Key.Left, "Karte nach links", "Map to the left", () => Step(-120, 0)),
        Shortcut.On(Key.Right, "Karte nach rechts", "Map to the right", () => Step(120, 0)),
        Shortcut.On(Key.Up, "Karte nach oben", "Map up", () => Step(0, -120)),
        Shortcut.On(Key.Down, "Karte nach unten", "Map down", () => Step(0, 120)),
        Shortcut.On(Key.Left, "Karte ein wenig nach links", "Map a little to the left", () => Step(-8, 0), KeyModifiers.Control),
        Shortcut.On(Key.Right, "Karte ein wenig nach rechts", "Map a little to the right", () => Step(8, 0), KeyModifiers.Control),
        Shortcut.On(Key.Up, "Karte ein wenig nach oben", "Map a little up", () => Step(0, -8), KeyModifiers.Control),
        Shortcut.On(Key.Down, "Karte ein wenig nach unten", "Map a little down", () => Step(0, 8), KeyModifiers.Control),
        Shortcut.On(Key.Left, "Trenner nach links", "Divider to the left", () => Area.Nudge(-0.04), KeyModifiers.Shift),
        Shortcut.On(Key.Right, "Trenner nach rechts", "Divider to the right", () => Area.Nudge(0.04), KeyModifiers.Shift),
        Shortcut.On(Key.Up, "Ebene nach oben", "Layer up", () => Layers.Shift(FocusManager?.GetFocusedElement(), -1), KeyModifiers.Alt),
        Shortcut.On(Key.Down, "Ebene nach unten", "Layer down", () => Layers.Shift(FocusManager?.GetFocusedElement(), 1), KeyModifiers.Alt),
        Shortcut.On(Key.OemPlus, "Näher", "Nearer", () => Area.Main.Zoom(1)),
        Shortcut.On(Key.OemPlus, "Näher", "Nearer", () => Area.Main.Zoom(1), KeyModifiers.Shift), // where + is typed so
        Shortcut.On(Key.Add, "Näher", "Nearer", () => Area.Main.Zoom(1)),
        Shortcut.On(Key.OemMinus, "Weiter weg", "Farther", () => Area.Main.Zoom(-1)),
        Shortcut.On(Key.Subtract, "Weiter weg", "Farther", () => Area.Main.Zoom(-1)),
        Shortcut.On(Key.Home, "Ganzer Kreis", "Whole county", () => { if (desk.Project is { } open) Area.Main.Show(open.Bounds, 16); }),
        Shortcut.On(Key.Return, "Kartenmitte: Auskunft, Ecke setzen, Ecke fassen und ablegen", "The map's centre: what holds, set a corner, take and drop a corner", AtCentre),
    ];

    /// <summary>An open list or menu keeps all its keys, Esc, too.</summary>
    void Obey(object? sender, KeyEventArgs e)
    {
        var focused = FocusManager?.GetFocusedElement();
        if (focused is MenuItem or ComboBoxItem or ComboBox { IsDropDownOpen: true })
            return;
        foreach (var key in shortcuts)
        {
            if (!key.Is(e) || !key.Typing && Needs(focused, e))
                continue;
            key.Run();
            e.Handled = true;
            return;
        }
    }

    NetTopologySuite.Geometries.Coordinate Centre => new(Area.Main.Pose.X, Area.Main.Pose.Y);

    void Step(double right, double down)
    {
        ShowCentre();
        Area.Main.Pan(right, down);
    }

    /// <summary>Who moves the map by keyboard sees where Enter will act.</summary>
    void ShowCentre()
    {
        centre.IsVisible = true;
        if (pointed is null)
            return;
        hovering.Say(pointed = null);
        Draw();
    }

    /// <summary>Enter: what a click does, at the map's centre. A corner of a closed area is taken hold of, goes with the map and is put down with the next.</summary>
    void AtCentre()
    {
        ShowCentre();
        if (sketch is { Active: true, Closed: true })
            lifted = !lifted && sketch.Grab(Centre, Area.Main.Pose.Resolution);
        else
            Click(Centre);
    }

    bool lifted;

    void FollowCentre()
    {
        if (sketch.Active && lifted)
            Sketched(() => sketch.Drag(Centre, Area.Main.Pose.Resolution));
        else if (sketch.Active && sketch.Follow(Centre, Area.Main.Pose.Resolution) || ruler.Active && ruler.Follow(Centre))
            Draw();
    }

    void Measuring(bool on)
    {
        if (on && desk.Project is null)
        {
            Top.Ruler.IsChecked = false; // nothing is open
            return;
        }
        ruler.Start(on);
        Area.Cursor = on ? new Cursor(StandardCursorType.Cross) : null;
        Draw();
    }

    void Comparing(bool on)
    {
        if (on && desk.Project is null)
        {
            Top.Swipe.IsChecked = false; // nothing is open
            return;
        }
        Area.Compare(on);
        comparing.IsVisible = on;
        desk.Other.On = on;
        if (on && Area.Other is { } other)
            _ = desk.Guarded(() => Lay(other));
        Repaint();
        Draw();
    }

    void Choose(BaseMap? chosen)
    {
        Ground = chosen;
        layout = layout with { Ground = chosen?.Name };
        Credit();
        _ = desk.Guarded(async () =>
        {
            foreach (var map in Area.Maps)
                await Lay(map);
            Repaint();
        });
    }

    /// <summary>The base map under ours.</summary>
    Task Lay(Desktop.Map.MapAdapter map)
    {
        (TilePicture? picture, var last) = (null, 18);
        if (Ground is { } laid)
            (picture, last) = laid.Open();
        map.Ground(picture, last, Layers.Share);
        return Task.CompletedTask;
    }

    async Task PickFiles()
    {
        var picked = await StorageProvider.OpenFilePickerAsync(new() { Title = Tongue.Of("Dateien importieren", "Import files"), AllowMultiple = true });
        if (picked.Count > 0)
            Import([.. picked.Select(f => f.TryGetLocalPath()).OfType<string>()]);
    }

    /// <summary>Files copied in a file manager or their paths as text: the way in without a mouse, and from where nothing can be dragged.</summary>
    async Task Paste()
    {
        if (Clipboard is not { } clipboard)
            return;
        var files = (await clipboard.TryGetFilesAsync() ?? []).Select(f => f.TryGetLocalPath()).OfType<string>().ToList();
        if (files.Count == 0 && await clipboard.TryGetValueAsync(Listed) is { } listed)
            files.AddRange(DroppedFiles.Named(System.Text.Encoding.UTF8.GetString(listed)));
        Take(files.Count > 0 ? files : DroppedFiles.Named(await clipboard.TryGetTextAsync() ?? ""));
    }

    /// <summary>The same files as file managers of X11 name them a second time: of their first list the window system may make nothing.</summary>
    static readonly DataFormat<byte[]> Listed = DataFormat.CreateBytesPlatformFormat("x-special/gnome-copied-files");

    /// <summary>Looks at files and asks before anything is changed.</summary>
    public void Import(IReadOnlyList<string> files)
    {
        if (desk.Project is null)
        {
            notices.Show(Tongue.Of("Zuerst einen Speicher öffnen, dann Dateien hineinziehen.", "Open a store first, then drop files."));
            return;
        }
        if (files.FirstOrDefault(DroppedFiles.IsStore) is { } store)
        {
            notices.Show(Tongue.Of($"{Path.GetFileName(store)} ist ein Breitband-Speicher: Er wird geöffnet, nicht importiert.", $"{Path.GetFileName(store)} is a Breitband store: it is opened, not imported."), fault: false, remedy: (Tongue.Of("Öffnen", "Open"), () => _ = Open(store)));
            files = [.. files.Where(f => f != store)];
            if (files.Count == 0)
                return;
        }
        var import = (card as ImportPane)?.DataContext as ImportModel ?? desk.Importing();
        if (card is not ImportPane)
        {
            var pane = new ImportPane { DataContext = import };
            pane.Closed += () => Toggle(null);
            Toggle(pane);
        }
        _ = desk.Guarded(() => import.Look(files));
    }

    void Print()
    {
        if (desk.Project is null)
            return;
        var pane = new PrintPane { DataContext = desk.Printing(Area.Main.Pose) };
        pane.Closed += () => Toggle(null);
        Toggle(pane);
    }

    void Leaf(int by) => ((card as PrintPane)?.DataContext as PrintModel)?.Turn(by);

    void About()
    {
        var pane = new AboutPane();
        pane.Tell(shortcuts, Credits);
        pane.Closed += () => Toggle(null);
        Toggle(pane);
    }

    void FullScreen()
    {
        var full = WindowState != WindowState.FullScreen;
        if (full)
            layout = layout.Of(this, Desk); // Maximised or not, it comes back so
        WindowState = full ? WindowState.FullScreen : layout.Maximised ? WindowState.Maximized : WindowState.Normal;
        Arrange();
    }

    /// <summary>Esc takes away the topmost thing.</summary>
    void Back()
    {
        if (desk.Waiting.Length > 0 && desk.Work.Cancel())
            return; // the start card says so
        if (FocusManager?.GetFocusedElement() is var focused && start is { IsKeyboardFocusWithin: true } && desk.Project is not null)
            HideStart();
        else if (focused is TextBox || InForm(focused))
            Area.Focus();
        else if (desk.Work.Cancel() || notices.CloseNewest())
            return;
        else if (card is not null)
            Toggle(null);
        else if (ruler.Active)
            Top.Ruler.IsChecked = false;
        else if (editor is not null)
            Top.Pencil.IsChecked = false;
        else if (WindowState == WindowState.FullScreen)
            FullScreen();
        else if (desk.Project is not null && start is not null)
            HideStart();
    }

    void Menu()
    {
        MenuItem Item(string de, string en, Action run)
        {
            var item = new MenuItem { Header = Tongue.Of(de, en) };
            item.Click += (_, _) => run();
            return item;
        }
        var menu = new MenuFlyout
        {
            Items =
            {
                Item("English", "Deutsch", () => Speak(Tongue.Current.Language == Language.De ? Language.En : Language.De)),
                Item(layout.Contrast ? "Normaler Kontrast" : "Hoher Kontrast", layout.Contrast ? "Normal contrast" : "High contrast", () => Contrast(!layout.Contrast)),
                new Separator(),
                Item("Neu rechnen und ablegen (F9)", "Compute anew and keep (F9)", () => _ = desk.Analyse()),
                Item("Hilfe und Über (F1)", "Help and about (F1)", About),
                Item("Beenden", "Quit", Close),
            },
        };
        Unfold(menu, Top.More);
    }

    /// <summary>At its button; in full screen there is none.</summary>
    void Unfold(MenuFlyout menu, Control at)
    {
        menu.Opened += (_, _) => (menu.Items[0] as MenuItem)?.IsSelected = true; // where the arrows begin is seen
        if (Top.IsVisible)
            menu.ShowAt(at);
        else
            menu.ShowAt(Area, showAtPointer: true);
    }

    /// <summary>Views of the map by name, kept with the window.</summary>
    void Bookmarks()
    {
        if (desk.Project is null)
            return;
        var menu = new MenuFlyout();
        void Offer(string label, Action run)
        {
            var item = new MenuItem { Header = label };
            item.Click += (_, _) => run();
            menu.Items.Add(item);
        }
        Offer(Tongue.Of("Diesen Ausschnitt merken", "Keep this view"), () => remembered.Keep(NameOfView(), Area.Main.Pose));
        foreach (var mark in remembered.Bookmarks)
            Offer(mark.Name, () => Area.Main.Look(mark.X, mark.Y, mark.Resolution, gliding: true));
        foreach (var mark in remembered.Bookmarks)
            Offer(Tongue.Of($"„{mark.Name}“ vergessen", $"Forget \"{mark.Name}\""), () => remembered.Forget(mark));
        Unfold(menu, Top.Bookmarks);
    }

    string NameOfView() => $"{desk.At(new(Area.Main.Pose.X, Area.Main.Pose.Y))?.Name ?? Tongue.Of("Kreis", "County")}, 1 : {Formats.Whole((long)(Math.Round(Area.Main.Pose.Scale / 1000) * 1000), Tongue.Current.Language)}";

    void Speak(Language language)
    {
        Tongue.Current.Language = language;
        layout = layout with { Language = language == Language.De ? "de" : "en" };
        Layers.Spoken();
        editor?.Spoken();
        form?.Say(sketch.Fault);
        hovering.Say(pointed = null);
        scale.InvalidateVisual();
        if (card is PrintPane or AboutPane)
            (card is PrintPane ? (Action)Print : About)(); // closed: its lists were made in the other language
        _ = desk.Speak();
    }

    void Contrast(bool high)
    {
        layout = layout with { Contrast = high };
        RequestedThemeVariant = high ? Variants.HighContrast : Avalonia.Styling.ThemeVariant.Light;
    }
}
