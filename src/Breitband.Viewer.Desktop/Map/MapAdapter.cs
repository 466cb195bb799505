using System.Collections.Concurrent;
using System.ComponentModel;
using Avalonia.Controls;
using BruTile;
using BruTile.Predefined;
using Mapsui;
using Mapsui.Layers;
using Mapsui.Nts;
using Mapsui.Styles;
using Mapsui.Tiling.Layers;
using Breitband.Viewer.Map;
using Mapsui.UI.Avalonia;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Map;

/// <summary>
/// The only file that speaks Mapsui. It keeps to calls that are the same in the 5.0 pre-releases and in 5.x: what is clicked, how a picture is
/// made and who renders is decided outside. Layers from below: ground, map, shapes.
/// </summary>
sealed class MapAdapter : IDisposable
{
    const long Glide = 250;

    /// <summary>Milliseconds.</summary>
    const int Frame = 16, LongWait = 1500;

    /// <summary>Pictures held: a window full with the three zoom levels above it, twice over. Each takes a quarter of a megabyte, and on a finer screen more.</summary>
    const int Kept = 120, Fewest = 40;

    /// <summary>Bytes of pictures held ready to draw: two windows full. Those not among them cost a fraction of a millisecond each to make ready.</summary>
    const long Unpacked = 56 << 20;

    static readonly MRect World = new(-MapPose.Half, -MapPose.Half, MapPose.Half, MapPose.Half);

    static MapAdapter() => SkiaSharp.SKGraphics.SetResourceCacheTotalByteLimit(Unpacked);

    readonly MapControl control = new() { Focusable = false };
    readonly MemoryLayer shapes = new("shapes") { Style = null };
    readonly Mapsui.Map map = new();
    TileLayer? ground, painted;
    Pictures? pictures;

    /// <summary>A layer holds who listens to it weakly: without this a listener is collected before it hears anything.</summary>
    readonly List<PropertyChangedEventHandler> awaiting = [];

    public MapAdapter()
    {
        map.Widgets.Clear();
        map.Navigator.RotationLock = true; // north stays up: a turned map cannot be compared with a printed one
        map.Navigator.OverrideZoomBounds = new MMinMax(MapPose.Nearest, MapPose.Farthest);
        map.Navigator.OverridePanBounds = World; // else it goes nowhere before it has a first layer, and with that one it goes to the middle of the world
        map.Layers.Add(shapes);
        map.Navigator.ViewportChanged += (_, _) => Moved?.Invoke();
        control.Map = map;
    }

    public Control Control => control;

    /// <summary>The map looks elsewhere or has another size. May come from any thread.</summary>
    public event Action? Moved;

    public MapPose Pose => map.Navigator.Viewport is var v ? new(v.CenterX, v.CenterY, v.Resolution, v.Width, v.Height) : default;

    public bool HasSize => map.Navigator.Viewport is { Width: > 0, Height: > 0 };

    /// <summary>Whether pictures are still awaited.</summary>
    public bool Busy => ground is { Busy: true } || painted is { Busy: true };

    /// <summary>Whether the pictures of what is looked at have come; those of the levels above, for zooming out, are painted after them.</summary>
    public bool Complete => HasSize && ground is not { Busy: true } && pictures is { } ours && PaintedTiles.Seen(Pose).All(ours.Came);

    /// <summary>Ends when the map is complete, or when that takes long.</summary>
    public async Task Whole()
    {
        for (var waited = 0; waited < LongWait && !Complete; waited += Frame)
            await Task.Delay(Frame);
    }

    /// <summary>A resolution beyond the bounds would be cut off, and the centre with it: it would stay on its way there.</summary>
    public void Look(double x, double y, double resolution, bool gliding = false) =>
        map.Navigator.CenterOnAndZoomTo(new MPoint(x, y), Math.Clamp(resolution, MapPose.Nearest, MapPose.Farthest), gliding ? Glide : -1);

    /// <param name="box">Metres of the web's projection.</param>
    /// <param name="margin">Pixels left free on each side.</param>
    public void Show(Envelope box, double margin = 40, bool gliding = true)
    {
        var pose = MapPose.Showing(box, Pose.Width, Pose.Height, margin);
        Look(pose.X, pose.Y, pose.Resolution, gliding);
    }

    /// <param name="steps">Positive to come nearer; 1 doubles the scale.</param>
    public void Zoom(double steps) => map.Navigator.ZoomTo(Pose.Resolution / Math.Pow(2, steps), Glide);

    /// <param name="right">Pixels.</param>
    /// <param name="down">Pixels.</param>
    public void Pan(double right, double down)
    {
        var pose = Pose;
        map.Navigator.CenterOn(pose.X + right * pose.Resolution, pose.Y - down * pose.Resolution);
    }

    /// <summary>The base map under ours; null takes it away.</summary>
    public void Ground(TilePicture? picture, int last, double opacity) => Exchange(ref ground, picture is null ? null : new(picture, 256, last), opacity, 0, Kept);

    /// <summary>Our own map. What was there stays until the new pictures have come, so that nothing flashes.</summary>
    /// <param name="scale">Pixels of the screen for one of a plain one.</param>
    public void Painted(TilePicture picture, int size, int last, double scale) => Exchange(ref painted, pictures = new(picture, size, last), 1, ground is null ? 0 : 1, (int)Math.Max(Fewest, Kept / (scale * scale)));

    public double GroundOpacity
    {
        set
        {
            if (ground is not null)
                ground.Opacity = value;
            map.RefreshGraphics();
        }
    }

    void Exchange(ref TileLayer? slot, Pictures? source, double opacity, int at, int kept)
    {
        var old = slot;
        slot = source is null ? null : new TileLayer(source, minTiles: kept / 2, maxTiles: kept) { Opacity = opacity };
        if (slot is { } made)
            map.Layers.Insert(old is null ? at : at + 1, made);
        if (old is not null)
            RemoveWhenReplaced(old, slot);
        map.RefreshData();
    }

    void RemoveWhenReplaced(TileLayer old, TileLayer? made)
    {
        if (made is null || !HasSize)
        {
            Remove(old);
            return;
        }
        PropertyChangedEventHandler? hear = null;
        hear = (_, change) =>
        {
            if (change.PropertyName == nameof(made.Busy) && !made.Busy)
                Avalonia.Threading.Dispatcher.UIThread.Post(() =>
                {
                    // Once: a layer taken away makes the others look for their pictures again, which would be heard here, for ever.
                    made.PropertyChanged -= hear;
                    if (awaiting.Remove(hear!))
                        Remove(old);
                });
        };
        awaiting.Add(hear);
        made.PropertyChanged += hear;
    }

    void Remove(TileLayer old)
    {
        if (!map.Layers.Remove(old))
            return;
        old.Dispose(); // its pictures are some ten megabytes
        map.RefreshGraphics();
    }

    /// <summary>The pictures are asked for anew: the service is back.</summary>
    public void Refetch()
    {
        painted?.ClearCache();
        ground?.ClearCache();
        map.RefreshData();
    }

    public void Shapes(IEnumerable<MapShape> drawn)
    {
        shapes.Features = [.. drawn.Select(Feature)];
        shapes.DataHasChanged();
        if (again)
            return;
        again = true;
        Avalonia.Threading.DispatcherTimer.RunOnce(() =>
        {
            again = false;
            map.RefreshGraphics();
        }, Settled);
    }

    /// <summary>What is drawn while the map still moves may not reach the screen with that frame; it is painted once more when both are done.</summary>
    static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(150);

    bool again;

    static GeometryFeature Feature(MapShape shape)
    {
        var feature = new GeometryFeature(shape.Geometry);
        feature.Styles.Add(shape.Handle || shape.Geometry is Point ? Dot(shape) : Area(shape.Look));
        return feature;
    }

    static SymbolStyle Dot(MapShape shape) => new()
    {
        SymbolType = SymbolType.Ellipse,
        SymbolScale = shape.Handle ? 0.35 : 0.45,
        Fill = new Brush(Parse(shape.Look.Fill ?? "#ffffff", 1)),
        Outline = new Pen(Parse(shape.Look.Line, 1), shape.Look.Width / 0.4),
    };

    static VectorStyle Area(ShapeLook look)
    {
        var pen = new Pen(Parse(look.Line, 1), look.Width) { PenStyle = look.Dashed ? PenStyle.Dash : PenStyle.Solid };
        return new() { Fill = look.Fill is { } fill ? new Brush(Parse(fill, look.FillOpacity)) : null, Outline = pen, Line = pen };
    }

    static Color Parse(string colour, double opacity)
    {
        var rgb = Convert.FromHexString(colour.AsSpan(1));
        return new Color(rgb[0], rgb[1], rgb[2], (int)Math.Round(255 * opacity));
    }

    public void Dispose() => control.Dispose();

    /// <summary>Pictures of the quadtree for a tile layer.</summary>
    sealed class Pictures : ILocalTileSource
    {
        readonly TilePicture picture;
        readonly ConcurrentDictionary<TileAddress, bool> came = [];
        readonly int last;

        public Pictures(TilePicture picture, int size, int last)
        {
            (this.picture, this.last) = (picture, last);
            var schema = new GlobalSphericalMercator(YAxis.OSM, 0, last);
            // A picture of 512 pixels covers a tile at the resolution of the next level: fewer seams, fewer names cut.
            foreach (var level in size == 256 ? [] : schema.Resolutions.Values.ToArray())
                schema.Resolutions[level.Level] = new Resolution(level.Level, level.UnitsPerPixel * 256 / size, size, size);
            Schema = schema;
        }

        public ITileSchema Schema { get; }

        public string Name => "breitband";

        public Attribution Attribution => new();

        /// <summary>Whether somebody was given this picture, or learned that there is none.</summary>
        public bool Came(TileAddress tile) => came.ContainsKey(tile.At(Math.Min(tile.Zoom, last)));

        public async Task<byte[]?> GetTileAsync(TileInfo tileInfo)
        {
            var tile = new TileAddress(tileInfo.Index.Level, tileInfo.Index.Col, tileInfo.Index.Row);
            try
            {
                return await picture(tile).ConfigureAwait(false);
            }
            finally
            {
                came[tile] = true;
            }
        }
    }
}
