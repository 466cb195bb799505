using NetTopologySuite.Geometries;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>Where the map lies on the page: turns metres of <see cref="Crs.Stored"/> into millimetres. Grid north is up.</summary>
sealed class MapFrame(Box box, Envelope area, int scale)
{
    // A printer resolves about 0.04 mm at 600 dpi; vertices nearer than that only make the file larger.
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
        var last = points.Count - 1;
        var (lastX, lastY) = (X(points.GetX(0)), Y(points.GetY(0)));
        path.MoveTo((float)lastX, (float)lastY);
        for (var i = 1; i <= last; i++)
        {
            var (x, y) = (X(points.GetX(i)), Y(points.GetY(i)));
            if (Math.Abs(x - lastX) + Math.Abs(y - lastY) < Resolution && i < last)
                continue;
            path.LineTo((float)x, (float)y);
            (lastX, lastY) = (x, y);
        }
        if (closed)
            path.Close();
    }
}
