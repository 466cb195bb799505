using System.Runtime.InteropServices;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>One painting of one tile: what the painter's steps draw on. Widths are pixels of a plain screen.</summary>
sealed class TileCanvas
{
    /// <summary>A pixel of a plain screen is a 96th of an inch.</summary>
    public const double PixelsPerMillimetre = 96 / 25.4;

    /// <summary>What lies further outside leaves no trace on the tile: half the widest line, with a mitre.</summary>
    const float Margin = 16;

    readonly SKCanvas canvas;
    readonly VectorTile tile;
    readonly TileAddress wanted;
    readonly double left, top, enlarged;
    readonly List<(int X, int Y)> corners = [];
    readonly List<SKPoint> points = [];

    public TileCanvas(SKCanvas canvas, VectorTile tile, TileAddress wanted, TileAddress source, PaintOptions options)
    {
        (this.canvas, this.tile, this.wanted, Options) = (canvas, tile, wanted, options);
        Edge = options.Size * options.Scale;
        Zoom = ZoomOf(wanted, options);
        var deeper = wanted.Zoom - source.Zoom;
        enlarged = Edge * (1 << deeper);
        (left, top) = ((wanted.X - (source.X << deeper)) * Edge, (wanted.Y - (source.Y << deeper)) * Edge);
    }

    public PaintOptions Options { get; }

    /// <summary>Pixels of the screen along the tile.</summary>
    public double Edge { get; }

    /// <summary>The zoom level classes and lines are chosen by.</summary>
    public int Zoom { get; }

    static int ZoomOf(TileAddress wanted, PaintOptions options) => wanted.Zoom - (options.Size == 256 ? 1 : 0);

    public SKCanvas Canvas => canvas;

    /// <summary>A layer that is on the tile, shown, and drawn at this zoom level.</summary>
    public VectorLayer? Layer(string group, string name, int first, int last) => Shows(group, first, last) ? tile.Find(name) : null;

    /// <summary>Whether a group is shown, and drawn at this zoom level.</summary>
    public bool Shows(string group, int first, int last) => Shows(Options, wanted, group, first, last);

    public static bool Shows(PaintOptions options, TileAddress wanted, string group, int first, int last) => ZoomOf(wanted, options) is var zoom && zoom >= first && zoom < last && options.Of(group) > 0;

    /// <summary>What is on the tile, less what a trial hides.</summary>
    public IEnumerable<(VectorLayer Layer, VectorFeature Feature)> Features(string name, TriedGaps? tried) => tile.Find(name) is not { } layer ? []
        : layer.Features.Where(f => tried is null || layer.Value(f, "key") is not string key || !tried.Hides(key)).Select(f => (layer, f));

    /// <summary>What a trial puts there instead, as far as it leaves a trace on the tile.</summary>
    public IEnumerable<TriedGaps.Gap> Tried(TriedGaps? tried) => Tried(tried, wanted, Options);

    public static IEnumerable<TriedGaps.Gap> Tried(TriedGaps? tried, TileAddress wanted, PaintOptions options)
    {
        var (edge, margin) = (1.0 / (1 << wanted.Zoom), Margin / options.Size / (1 << wanted.Zoom));
        return tried?.Within(new(wanted.X * edge - margin, (wanted.X + 1) * edge + margin, wanted.Y * edge - margin, (wanted.Y + 1) * edge + margin)) ?? [];
    }

    public void Add(SKPath path, TriedGaps.Gap gap)
    {
        var world = Edge * (1 << wanted.Zoom);
        foreach (var ring in gap.Rings)
            path.AddPoly([.. ring.Select(c => new SKPoint((float)(c.X * world - wanted.X * Edge), (float)(c.Y * world - wanted.Y * Edge)))]);
    }

    public void Fill(string group, string name, int first, int last, string colour, string? field = null, string? value = null, double opacity = 1)
    {
        if (!Shows(group, first, last))
            return;
        using var path = Path(name, field, value);
        Fill(path, SKColor.Parse(colour), Options.Of(group) * opacity, smooth: true);
    }

    public void Fill(SKPath path, SKColor colour, double opacity, bool smooth)
    {
        using var paint = new SKPaint { Color = Faded(colour, opacity), IsAntialias = smooth };
        canvas.DrawPath(path, paint);
    }

    public void Hatch(SKPath path, Hatch hatch, double opacity)
    {
        using var shader = HatchPattern.Shader(hatch, Options.Scale, wanted.X * Edge, wanted.Y * Edge);
        using var paint = new SKPaint { Color = Faded(SKColors.Black, opacity), Shader = shader };
        canvas.DrawPath(path, paint);
    }

    public void Line(string group, string name, int first, Symbol symbol, string? field = null, string? value = null, TriedGaps? tried = null)
    {
        if (!Shows(group, first, 24))
            return;
        using var path = Path(name, field, value, tried);
        if (path.IsEmpty)
            return;
        var pixel = PixelsPerMillimetre * Options.Scale;
        using var dash = symbol.Dash is null ? null : SKPathEffect.CreateDash([.. symbol.Dash.Select(d => (float)(d * pixel))], 0);
        // No line is thinner than the web map draws it.
        var width = symbol.Width * PixelsPerMillimetre is var w && symbol.Width >= 0.15 ? Math.Max(0.6, w) : w;
        using var paint = new SKPaint
        {
            Color = Faded(SKColor.Parse(symbol.Outline), Options.Of(group)),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)(width * Options.Scale),
            StrokeJoin = SKStrokeJoin.Bevel,
            PathEffect = dash,
        };
        canvas.DrawPath(path, paint);
    }

    /// <param name="radius">In pixels of a plain screen, from the open households of a place; 0 draws nothing.</param>
    public void Dots(string group, string name, int first, int last, Symbol symbol, double rim, Func<double, double> radius)
    {
        if (Layer(group, name, first, last) is not { } layer)
            return;
        var opacity = Options.Of(group);
        using var fill = new SKPaint { Color = Faded(SKColor.Parse(symbol.Fill), opacity), IsAntialias = true };
        using var outline = new SKPaint { Color = Faded(SKColor.Parse(symbol.Outline), opacity), IsAntialias = true };
        foreach (var feature in layer.Features)
        {
            var size = radius(layer.Number(feature, "open") ?? 0) * Options.Scale;
            if (feature.Shape != VectorShape.Point || size <= 0)
                continue;
            foreach (var at in Points(layer, feature))
            {
                canvas.DrawCircle(at, (float)(size + rim * Options.Scale), outline);
                canvas.DrawCircle(at, (float)size, fill);
            }
        }
    }

    /// <summary>The points of a feature that leave a trace on the tile.</summary>
    public IReadOnlyList<SKPoint> Points(VectorLayer layer, in VectorFeature feature)
    {
        var geometry = new VectorGeometry(feature);
        points.Clear();
        while (geometry.Next(corners))
            foreach (var (x, y) in corners)
                if (Place(layer, x, y) is var at && Near(at.X, at.X, at.Y, at.Y))
                    points.Add(at);
        return points;
    }

    SKPath Path(string name, string? field, string? value, TriedGaps? tried = null)
    {
        var path = new SKPath();
        foreach (var (layer, feature) in Features(name, tried))
            if (field is null || layer.Value(feature, field) is string text && text == value)
                Add(path, layer, feature);
        foreach (var gap in Tried(tried))
            Add(path, gap);
        return path;
    }

    /// <summary>Adds lines and rings. Holes run against their outer ring, so that the path's winding keeps them empty.</summary>
    public void Add(SKPath path, VectorLayer layer, in VectorFeature feature)
    {
        if (feature.Shape is not (VectorShape.Line or VectorShape.Area))
            return;
        var geometry = new VectorGeometry(feature);
        while (geometry.Next(corners))
        {
            points.Clear();
            var (west, east, north, south) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
            foreach (var (x, y) in CollectionsMarshal.AsSpan(corners))
            {
                var at = Place(layer, x, y);
                (west, east, north, south) = (Math.Min(west, at.X), Math.Max(east, at.X), Math.Min(north, at.Y), Math.Max(south, at.Y));
                points.Add(at);
            }
            if (Near(west, east, north, south))
                path.AddPoly(CollectionsMarshal.AsSpan(points), feature.Shape == VectorShape.Area);
        }
    }

    SKPoint Place(VectorLayer layer, int x, int y)
    {
        var unit = enlarged / layer.Extent;
        return new((float)(x * unit - left), (float)(y * unit - top));
    }

    bool Near(float west, float east, float north, float south)
    {
        var margin = Margin * (float)Options.Scale;
        return east >= -margin && south >= -margin && west <= Edge + margin && north <= Edge + margin;
    }

    static SKColor Faded(SKColor colour, double opacity) => colour.WithAlpha((byte)Math.Round(255 * opacity));
}
