using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>Where the map lies on the page: turns metres of <see cref="Crs.Stored"/> into millimetres. Grid north is up.</summary>
sealed class MapFrame(Box box, Envelope area, int scale)
{
    // A printer resolves about 0.04 mm at 600 dpi; vertices nearer than that, or off the line by less, only make the file larger.
    const double Resolution = 0.04;

    readonly double perMetre = 1000.0 / scale;
    readonly Coordinate centre = area.Centre;

    public Box Box => box;

    public int Scale => scale;

    public double X(double easting) => box.MidX + (easting - centre.X) * perMetre;

    public double Y(double northing) => box.MidY - (northing - centre.Y) * perMetre;

    public Coordinate World(double x, double y) => new(centre.X + (x - box.MidX) / perMetre, centre.Y - (y - box.MidY) / perMetre);

    /// <summary>The metres the frame shows.</summary>
    public Envelope Extent => new(World(box.Left, box.Top), World(box.Right, box.Bottom));

    /// <summary>One path of all polygons and lines given; holes stay holes. Points are left out.</summary>
    public SKPath Path(IEnumerable<Geometry> geometries)
    {
        var path = new SKPath { FillType = SKPathFillType.EvenOdd };
        foreach (var geometry in geometries)
            Add(path, geometry);
        return path;
    }

    void Add(SKPath path, Geometry geometry)
    {
        switch (geometry)
        {
            case Polygon polygon when !polygon.IsEmpty:
                Add(path, polygon.ExteriorRing.CoordinateSequence, closed: true);
                foreach (var hole in polygon.InteriorRings)
                    Add(path, hole.CoordinateSequence, closed: true);
                break;
            case LineString line when !line.IsEmpty:
                Add(path, line.CoordinateSequence, line.IsClosed);
                break;
            case GeometryCollection collection:
                foreach (var part in collection.Geometries)
                    Add(path, part);
                break;
        }
    }

    void Add(SKPath path, CoordinateSequence points, bool closed)
    {
        var page = new (double X, double Y)[points.Count];
        var count = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y) = (X(points.GetX(i)), Y(points.GetY(i)));
            if (count == 0 || i == points.Count - 1 || Math.Abs(x - page[count - 1].X) + Math.Abs(y - page[count - 1].Y) >= Resolution)
                page[count++] = (x, y);
        }
        path.MoveTo((float)page[0].X, (float)page[0].Y);
        for (int kept = 0, next; kept < count - 1; kept = next)
        {
            next = kept + 1;
            while (next + 1 < count && Straight(page, kept, next + 1))
                next++;
            path.LineTo((float)page[next].X, (float)page[next].Y);
        }
        if (closed)
            path.Close();
    }

    /// <summary>True when every vertex between two lies on the line that joins them, as far as a printer can tell.</summary>
    static bool Straight((double X, double Y)[] page, int from, int to)
    {
        const int Most = 24;
        if (to - from > Most)
            return false;
        var (dx, dy) = (page[to].X - page[from].X, page[to].Y - page[from].Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        for (var i = from + 1; i < to; i++)
        {
            var (x, y) = (page[i].X - page[from].X, page[i].Y - page[from].Y);
            if (Math.Abs(x * dy - y * dx) > Resolution * length || x * dx + y * dy is var along && (along < 0 || along > length * length))
                return false;
        }
        return true;
    }
}
