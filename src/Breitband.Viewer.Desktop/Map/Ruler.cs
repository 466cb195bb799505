using Breitband.Viewer.Desktop.Views;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Map;

/// <summary>Measuring on the map: a line that follows the pointer. Lengths are computed in the stored system, not in the web's stretched one.</summary>
sealed class Ruler
{
    static readonly ShapeLook Look = new(null, "#c2185b", 2.5);

    static readonly GeometryFactory Factory = new();

    readonly List<Coordinate> corners = [];
    Coordinate? loose;

    public bool Active { get; private set; }

    /// <summary>Metres on the ground.</summary>
    public double Length { get; private set; }

    public void Start(bool on)
    {
        (Active, loose, Length) = (on, null, 0);
        corners.Clear();
    }

    public void Add(Coordinate at)
    {
        corners.Add(at);
        Sum();
    }

    /// <summary>True when there is a line to draw anew.</summary>
    public bool Follow(Coordinate at)
    {
        loose = at;
        if (corners.Count == 0)
            return false;
        Sum();
        return true;
    }

    Coordinate[] Line => loose is null ? [.. corners] : [.. corners, loose];

    void Sum() => Length = Line.Length < 2 ? 0 : Crs.Transform(Factory.CreateLineString(Line), Crs.WebMercator, Crs.Stored).Length;

    public IEnumerable<MapShape> Shapes() => !Active || corners.Count == 0 ? []
        : [.. Line.Length > 1 ? [new MapShape(Factory.CreateLineString(Line), Look)] : Array.Empty<MapShape>(), .. corners.Select(c => new MapShape(Factory.CreatePoint(c), Look with { Fill = "#ffffff" }, Handle: true))];

    public void Label(ScaleBar bar) => bar.Measured = Active && Length > 0 ? Length : null;
}
