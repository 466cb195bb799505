using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Map;

/// <summary>
/// Where the map looks: centre in metres of the web's projection, resolution in those metres per device-independent pixel, and the size of
/// its area in such pixels. Every conversion between screen and world of the window is here.
/// </summary>
public readonly record struct MapPose(double X, double Y, double Resolution, double Width, double Height)
{
    /// <summary>Half the width of the projected world, metres.</summary>
    public const double Half = 20037508.342789244;

    /// <summary>Metres per pixel of a 256-pixel tile at zoom 0.</summary>
    const double Coarsest = 2 * Half / 256;

    /// <summary>As near and as far as the map goes, metres per pixel.</summary>
    public static readonly double Nearest = ResolutionOf(20), Farthest = ResolutionOf(6);

    /// <summary>The whole of a box, no nearer than a street.</summary>
    /// <param name="box">Metres of the web's projection.</param>
    /// <param name="margin">Pixels left free on each side.</param>
    public static MapPose Showing(Envelope box, double width, double height, double margin)
    {
        var resolution = Math.Max(box.Width / Math.Max(width - 2 * margin, 50), box.Height / Math.Max(height - 2 * margin, 50));
        return new(box.Centre.X, box.Centre.Y, Math.Clamp(resolution, ResolutionOf(17), Farthest), width, height);
    }

    public Coordinate WorldAt(double left, double top) => new(X + (left - Width / 2) * Resolution, Y - (top - Height / 2) * Resolution);

    public (double Left, double Top) ScreenAt(double x, double y) => (Width / 2 + (x - X) / Resolution, Height / 2 - (y - Y) / Resolution);

    public Envelope Box => new(X - Width / 2 * Resolution, X + Width / 2 * Resolution, Y - Height / 2 * Resolution, Y + Height / 2 * Resolution);

    /// <summary>Zoom of the web's quadtree with 256-pixel tiles.</summary>
    public double Zoom => Math.Log2(Coarsest / Resolution);

    /// <summary>Metres on the ground per pixel: the projection stretches by 1 ÷ cos(latitude), which is 1 ÷ cosh(y ÷ R) inverted.</summary>
    public double GroundResolution => Resolution / Math.Cosh(Y * Math.PI / Half);

    /// <summary>The scale 1:n on a screen of 96 dots per inch.</summary>
    public double Scale => GroundResolution / 0.0254 * 96;

    public static double ResolutionOf(double zoom) => Coarsest / Math.Pow(2, zoom);
}
