using System.Diagnostics;
using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;
using Avalonia.Rendering.SceneGraph;

namespace Breitband.Viewer.Desktop.Frames;

/// <summary>Lies over the map and notes when the renderer has drawn what is under it: the times a user sees, not those the window asks for.</summary>
sealed class FrameProbe : Control
{
    readonly List<long> stamps = [];

    public FrameProbe() => IsHitTestVisible = false;

    /// <summary>When the first frame was drawn that was not taken yet; 0 before it. A timestamp.</summary>
    public long First
    {
        get
        {
            lock (stamps)
                return stamps.FirstOrDefault();
        }
    }

    /// <summary>Milliseconds between frames since the last call.</summary>
    public double[] Take()
    {
        lock (stamps)
        {
            var frames = stamps.Zip(stamps.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b).TotalMilliseconds).ToArray();
            stamps.Clear();
            return frames;
        }
    }

    void Stamp()
    {
        lock (stamps)
            stamps.Add(Stopwatch.GetTimestamp());
    }

    public override void Render(DrawingContext context) => context.Custom(new Mark(this, new Rect(Bounds.Size)));

    sealed class Mark(FrameProbe probe, Rect bounds) : ICustomDrawOperation
    {
        public Rect Bounds => bounds;

        public void Render(ImmediateDrawingContext context) => probe.Stamp();

        public bool HitTest(Point p) => false;

        public bool Equals(ICustomDrawOperation? other) => false;

        public void Dispose() { }
    }
}
