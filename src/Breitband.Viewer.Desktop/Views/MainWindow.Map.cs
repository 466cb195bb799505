using System.Globalization;
using Avalonia.Controls;
using Avalonia.Threading;
using Breitband.Viewer.Desktop.Frames;
using Breitband.Viewer.Map;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The window and its map: what is painted, what is drawn over it, what the pointer asks.</summary>
sealed partial class MainWindow
{
    static readonly Func<double, double, (double X, double Y)> ToStored = Crs.Transform(Crs.WebMercator, Crs.Stored), FromStored = Crs.Transform(Crs.Stored, Crs.WebMercator), ToDegrees = Crs.Transform(Crs.WebMercator, Crs.Geographic);

    static readonly ShapeLook Picked = new(null, "#000000", 2.5), Pin = new("#c2185b", "#ffffff", 1), Under = new(null, "#123a5a", 3), LeftOut = new(null, "#6b6f73", 2.5, Dashed: true), SetAside = new("#8c2f0b", "#8c2f0b", 2, 0.35);

    /// <summary>Nearer than this the map shows gap areas instead of municipalities; a picture of 512 pixels shows what one of 256 shows a level on.</summary>
    static readonly double MunicipalitiesUpTo = Legend.Default.Zoom["result_municipalities"].Last + 1.5;

    /// <summary>From here on it shows gap areas, which follow a trial of measures themselves.</summary>
    static readonly double GapsFrom = Legend.Default.Zoom["gaps"].First + 0.5;

    /// <summary>Beyond it nobody sees a difference, and a picture takes the fourfold memory.</summary>
    const double Finest = 3;

    readonly Ruler ruler = new();
    readonly HoverCard hovering = new();
    readonly CentreMark centre = new();
    readonly DispatcherTimer rest = new() { Interval = TimeSpan.FromSeconds(2) };
    Action? repaint;
    Pointed? pointed;
    bool far = true, areas;

    void ListenToMap()
    {
        Area.Main.Moved += () => Dispatcher.UIThread.Post(() => Steps.Run("moved", Moved), DispatcherPriority.Render);
        Area.Hovered += Hover;
        Area.Clicked += (at, _) => Click(at);
        desk.MapChanged += () =>
        {
            looked = false;
            if (Area.Main.HasSize)
                NewMap(); // at once: its pictures are painted while the tables fill
        };
        desk.MapSeen = Seen;
        desk.Answered += () => Dispatcher.UIThread.Post(() => Steps.Run("drawn", Draw));
        desk.Repainted += () => Dispatcher.UIThread.Post(() => Steps.Run("repainted", PaintAnew));
        desk.Found += at => Area.Main.Look(at.X, at.Y, Math.Min(Area.Main.Pose.Resolution, MapPose.ResolutionOf(15)), gliding: true);
        desk.Shown += shape => Area.Main.Show(shape.EnvelopeInternal);
        desk.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName is nameof(desk.Selected) or nameof(desk.Municipality) or nameof(desk.Measure))
                Draw();
        };
        desk.Explained += Turn;
        desk.Layers.CollectionChanged += (_, _) => RepaintSoon();
        foreach (var layer in desk.Layers)
            layer.PropertyChanged += (_, change) =>
            {
                if (change.PropertyName is nameof(layer.Visible) or nameof(layer.Opacity))
                    RepaintSoon();
            };
        rest.Tick += (_, _) =>
        {
            rest.Stop();
            Steps.Run("layout kept", () => layout = settings); // where the map was left is written down when it stands still: the window may also be killed
        };
        ScalingChanged += (_, _) => Repaint(); // the window was moved to a finer or coarser screen
    }

    /// <summary>The tab from which somebody has just asked something of a place; null once it is answered.</summary>
    int? asking;

    /// <summary>To the answer of what was just asked; who has gone to another tab meanwhile stays there.</summary>
    void Turn()
    {
        if (asking == Tabs.SelectedIndex)
            Tabs.SelectedIndex = 0;
        asking = null;
    }

    /// <summary>Ends when the map's pictures have come and a frame with them is on its way to the screen.</summary>
    async Task Seen()
    {
        await Area.Main.Whole();
        for (var frames = 0; frames < 2; frames++)
        {
            var come = new TaskCompletionSource();
            RequestAnimationFrame(_ => come.SetResult());
            await come.Task;
        }
    }

    /// <summary>What the licences of everything on the map ask to be named.</summary>
    string Credits => string.Join(" · ", new[] { Ground?.Credit, desk.Project?.Credits }.Where(c => !string.IsNullOrEmpty(c)));

    void Credit()
    {
        ToolTip.SetTip(credits, Credits);
        Foot();
    }

    void Moved()
    {
        if (!looked && Area.Main.HasSize)
            NewMap();
        scale.Pose = Area.Main.Pose;
        desk.Moved();
        if (centre.IsVisible)
            FollowCentre();
        rest.Stop();
        rest.Start();
        var zoom = Area.Main.Pose.Zoom;
        if ((far, areas) == (zoom < MunicipalitiesUpTo, zoom >= GapsFrom))
            return;
        (far, areas) = (zoom < MunicipalitiesUpTo, zoom >= GapsFrom);
        Draw();
    }

    /// <summary>Whether the map has been turned to what is open. Nothing is fitted into a map without a size: that waits until it has one.</summary>
    bool looked = true;

    void NewMap()
    {
        if (desk.Project is not { } project)
            return;
        if (card is ImportPane)
            Toggle(null); // its files were meant for the project before
        if (editor is not null)
            EndEdit(); // what was drawn belongs to the project before
        looked = true;
        var first = layout.First(project, Area.Main.Pose.Width, Area.Main.Pose.Height);
        Area.Main.Look(first.X, first.Y, first.Resolution);
        Repaint(); // after it: pictures of where the map looked before are not wanted
        Credit();
    }

    /// <summary>A slider sends many values: the last one of a tenth of a second is painted.</summary>
    void RepaintSoon()
    {
        repaint ??= () =>
        {
            repaint = null;
            PaintAnew();
        };
        var mine = repaint;
        DispatcherTimer.RunOnce(() => { if (ReferenceEquals(mine, repaint)) mine(); }, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>The map and what lies over it, which depends on what is painted.</summary>
    void PaintAnew()
    {
        Repaint();
        Draw();
    }

    void Repaint()
    {
        if (desk.Tiles is not { } tiles)
            return;
        var options = desk.Layers.Painted with { Transparent = Ground is not null, Scale = Math.Clamp(RenderScaling, 1, Finest) };
        foreach (var map in Area.Maps)
            map.Painted(map == Area.Main ? tiles.With(options with { Gaps = desk.TriedGaps }) : desk.Other.Tiles?.With(options) ?? tiles.With(Bare(options)), PaintedTiles.Size, 18, options.Scale);
    }

    /// <summary>Nothing of the left side is seen under the name of the right one while that is computed: only what no rule changes.</summary>
    static Print.PaintOptions Bare(Print.PaintOptions options) => options with { Opacity = options.Opacity.ToDictionary(o => o.Key, o => o.Key is "municipality-share" or "gap" or "settlement-circle" ? 0 : o.Value) };

    void Hover(Coordinate? at)
    {
        var now = at is null || ruler.Active || sketch.Active ? null : desk.PointedAt(at, nearby: !far, Area.IsBeside(at));
        var moved = !ReferenceEquals(now?.Shape, pointed?.Shape);
        if (moved || now?.Text != pointed?.Text)
            hovering.Say(now);
        pointed = now;
        if (moved)
            Draw();
        if (at is null)
            return;
        centre.IsVisible = false;
        if (now is not null && Area.Main.Pose.ScreenAt(at.X, at.Y) is var (left, top))
            hovering.Follow(new(left, top), Area.Bounds.Size);
        if (ruler.Active && ruler.Follow(at) || sketch.Active && sketch.Follow(at, Area.Main.Pose.Resolution))
            Draw();
        var ((east, north), (lon, lat)) = (ToStored(at.X, at.Y), ToDegrees(at.X, at.Y));
        Status.Show(string.Create(CultureInfo.InvariantCulture, $"UTM33  {east:0}  {north:0}"), string.Create(CultureInfo.InvariantCulture, $"{lat:0.00000}° N  {lon:0.00000}° {Tongue.Of("O", "E")}"));
    }

    void Click(Coordinate at)
    {
        if (ruler.Active)
        {
            ruler.Add(at);
            Draw();
            return;
        }
        if (sketch.Active)
        {
            Sketched(() => sketch.Add(at, Area.Main.Pose.Resolution));
            return;
        }
        if (desk.Project is null)
            return;
        if (desk.Municipalities.Count > 0 && desk.At(at) is null)
        {
            notices.Show(Tongue.Of("Dieser Punkt liegt außerhalb der Gemeinden dieses Projekts; dazu gibt es hier keine Angaben.", "This point lies outside the municipalities of this project; nothing is known of it here."), fault: false);
            return;
        }
        asking = Tabs.SelectedIndex;
        // Where the map shows municipalities, one of them is meant, not the field under the pointer.
        if (far && desk.At(at) is { } municipality)
        {
            desk.Pick(municipality);
            _ = desk.Explain(municipality.Key, Area.IsBeside(at));
            return;
        }
        var (east, north) = ToStored(at.X, at.Y);
        _ = desk.Explain(string.Create(CultureInfo.InvariantCulture, $"{east:0},{north:0}"), Area.IsBeside(at));
    }

    /// <summary>The feature layer: what-if, selection, measuring.</summary>
    void Draw()
    {
        List<MapShape> changed = [], drawn = [];
        if (desk.Layers.Strength("municipality-share") is > 0 and var strength) // they stand for that layer: hidden, it stays hidden
            foreach (var (shape, was, now) in far ? desk.Differing : desk.DifferingNearby)
                changed.Add(new(shape, new(areas && desk.GapsFollow || ClassOf(now) == ClassOf(was) ? null : ClassOf(now).Fill, "#00497a", 2.5, 0.75 * strength)));
        changed.AddRange(desk.LeftOut.Select(g => new MapShape(g, LeftOut)));
        if (pointed is not null)
            drawn.Add(new(pointed.Shape, Under));
        if (desk.MunicipalityShape is { } municipality)
            drawn.Add(new(municipality, Picked));
        if (desk.MeasureShape is { } measure)
            drawn.Add(new(measure, Picked with { Line = "#c2185b" }));
        if (desk.Selected is { X: { } x, Y: { } y, IsArea: false } && FromStored(x, y) is var (px, py))
            drawn.Add(new(new NetTopologySuite.Geometries.Point(px, py), Pin));
        drawn.AddRange(desk.Rejected.Select(g => new MapShape(g, SetAside)));
        drawn.AddRange(ruler.Shapes());
        drawn.AddRange(sketch.Shapes());
        Area.Main.Shapes([.. changed, .. drawn]);
        Area.Other?.Shapes(drawn); // measures are tried on the left side alone
        scale.Measured = ruler.Measured;
    }

    static Symbol ClassOf(Parts parts) => parts.Total > 0 ? Legend.Default.Shares.Last(s => parts.OpenShare * 100 >= s.From).Symbol : Legend.Default.NoHouseholds;
}
