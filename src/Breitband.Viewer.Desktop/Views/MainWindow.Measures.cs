using Avalonia.Controls;
using Avalonia.Threading;
using Avalonia.VisualTree;
using Breitband.Viewer.Desktop.Look;
using Breitband.Viewer.Map;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Drawing and changing measures.</summary>
sealed partial class MainWindow
{
    readonly Sketch sketch = new();
    MeasurePane? form;
    MeasureEditor? editor;

    void ListenToPencil()
    {
        Top.Pencil.IsCheckedChanged += (_, _) => Drawing(Top.Pencil.IsChecked == true);
        Measures.Edited += () => _ = desk.Guarded(EditPicked);
        Area.Grabs = at => sketch.Grab(at, Area.Main.Pose.Resolution);
        Area.Dragged += at => Sketched(() => sketch.Drag(at, Area.Main.Pose.Resolution));
        Area.RightClicked += at => Sketched(() => sketch.Remove(at, Area.Main.Pose.Resolution));
        Area.DoubleClicked += _ =>
        {
            if (sketch.Active)
                Sketched(() => sketch.Close(Area.Main.Pose.Resolution));
            else
                Area.Main.Zoom(1);
        };
    }

    void Sketched(Action change)
    {
        if (!sketch.Active)
            return;
        change();
        form?.Say(sketch.Fault);
        Draw();
    }

    void Drawing(bool on)
    {
        if (on && desk.Project is { } project && editor is null)
            Edit(MeasureEditor.New(project.Service));
        else if (on && editor is null)
            Top.Pencil.IsChecked = false; // nothing is open
        else if (!on && Keeps(Tongue.Of("Verwerfen", "Discard"), () => Top.Pencil.IsChecked = false))
            Top.Pencil.IsChecked = true;
        else if (!on)
            EndEdit();
    }

    bool Unsaved => editor is { } open && (open.Touched || sketch.Changed);

    /// <summary>What was drawn or typed is not lost to a key pressed by mistake: who goes on says so, and nothing stands in the way of who does not.</summary>
    bool Keeps(string label, Action then)
    {
        if (!Unsaved)
            return false;
        notices.Show(Tongue.Of("Die Maßnahme ist nicht gespeichert. Strg+S speichert sie.", "The measure is not saved. Ctrl+S saves it."), remedy: (label, () =>
        {
            EndEdit();
            then();
        }
        ), takesFocus: true);
        return true;
    }

    async Task EditPicked()
    {
        if (Keeps(Tongue.Of("Verwerfen und die andere bearbeiten", "Discard and edit the other"), () => _ = desk.Guarded(EditPicked)))
            return;
        if (desk.Measure is { } picked && desk.Project is { } project)
            Edit(await Stored(project.Service, picked.Key));
    }

    async Task<MeasureEditor> Stored(ServiceClient service, string key)
    {
        try
        {
            return await MeasureEditor.Of(service, key);
        }
        catch (BreitbandException e) when (ServiceClient.IsGone(e))
        {
            _ = desk.Reload(); // the list still has it
            throw;
        }
    }

    void Edit(MeasureEditor measure)
    {
        EndEdit();
        Top.Ruler.IsChecked = false; // a click sets corners
        editor = measure;
        sketch.Neighbours = desk.Neighbours(measure.Key);
        // Several parts cannot be bent as one ring: such an area keeps its shape, its fields can be changed.
        if (measure.Shape is null or Polygon { NumInteriorRings: 0 } or MultiPolygon { NumGeometries: 1 })
            sketch.Start(measure.Shape is MultiPolygon one ? (Polygon)one[0] : measure.Shape as Polygon);
        form = new() { DataContext = measure };
        form.Closed += () => Top.Pencil.IsChecked = false;
        form.Undone += () => Sketched(() => sketch.Undo());
        form.Saved += insist => _ = desk.Guarded(() => Save(insist ? measure.Insist : measure.Save));
        form.Renewed += () => _ = desk.Guarded(() => Save(measure.Renew));
        form.Deleted += () => _ = desk.Guarded(Delete);
        form.Reloaded += () => _ = desk.Guarded(async () => Edit(await Stored(measure.Service, measure.Key)));
        form.Say(null);
        ShowForm(form);
        if (Top.Pencil.IsChecked != true)
            Top.Pencil.IsChecked = true;
        if (measure.Shape is { } shape)
            Area.Main.Show(shape.EnvelopeInternal, 80);
        Draw();
        if (measure.IsNew)
            Area.Focus(); // one draws first
        else
            Dispatcher.UIThread.Post(() => Enter(form), DispatcherPriority.Background);
    }

    void EndEdit()
    {
        sketch.End();
        (editor, form, lifted) = (null, null, false);
        TakeForm();
        Draw();
        KeepKeyboard();
    }

    TabItem? formTab;
    int tabBefore;

    /// <summary>In a tab of its own: neither the map one draws on nor the other tabs are covered.</summary>
    void ShowForm(MeasurePane shown)
    {
        if (card is not null)
            Toggle(null);
        hovering.Say(pointed = null);
        formTab = new() { Content = shown };
        formTab.Bind(Avalonia.Controls.Primitives.HeaderedContentControl.HeaderProperty, new Say("Formular", "Form").Spoken());
        tabBefore = Tabs.SelectedIndex;
        Tabs.Items.Add(formTab);
        Tabs.SelectedItem = formTab;
        if (!Right.IsVisible || Desk.ColumnDefinitions[4].Width.Value < Layout.Narrowest)
            Arrange();
    }

    void TakeForm()
    {
        if (formTab is not { } tab)
            return;
        formTab = null;
        if (Tabs.SelectedItem == tab)
            Tabs.SelectedIndex = tabBefore;
        Tabs.Items.Remove(tab);
        if (WindowState == WindowState.FullScreen)
            Arrange();
    }

    Task SaveForm() => editor is { } measure ? Save(measure.Save) : Task.CompletedTask;

    /// <param name="how">Told the area, null where it is as it was.</param>
    async Task Save(Func<Geometry?, Task<bool>> how)
    {
        if (editor is not { } measure)
            return;
        Tabs.SelectedItem = formTab; // what is wrong is said there
        notices.Past();
        if (sketch.Fault is { } fault)
        {
            form?.Say(fault);
            return;
        }
        if (await how(sketch.Changed ? sketch.Area : null))
            await Done(measure.Outcome, changed: !measure.Unchanged);
        else
            form?.GetVisualDescendants().OfType<TextBox>().FirstOrDefault(f => f.Classes.Contains("wrong"))?.Focus();
    }

    async Task Delete()
    {
        if (editor is { } measure && await measure.Delete())
            await Done(measure.Outcome);
    }

    async Task Done(string text, bool changed = true)
    {
        var key = editor?.Key.Trim();
        EndEdit();
        Top.Pencil.IsChecked = false;
        if (!changed)
            notices.Show(text, fault: false);
        else
        {
            desk.Tell(text);
            await desk.Reload();
            if (desk.Measures.FirstOrDefault(m => m.Key == key) is not { } stored)
                return;
            desk.Measure = stored; // a new one is seen in the list, too
            Tabs.SelectedIndex = 2;
        }
    }
}
