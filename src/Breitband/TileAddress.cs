namespace Breitband;

/// <summary>A tile of the quadtree every web map uses (OGC TileMatrixSet WebMercatorQuad): x from the antimeridian eastwards, y from the north.</summary>
public readonly record struct TileAddress(int Zoom, int X, int Y)
{
    public const int MaxZoom = 24;

    /// <summary>Half the width of the projected world, metres.</summary>
    const double Half = 20037508.342789244;

    public bool Exists => Zoom is >= 0 and <= MaxZoom && X >= 0 && Y >= 0 && X < 1 << Zoom && Y < 1 << Zoom;

    /// <summary>The tile this one is a part of at a smaller zoom level.</summary>
    public TileAddress At(int zoom) => new(zoom, X >> (Zoom - zoom), Y >> (Zoom - zoom));

    /// <summary>Metres of EPSG:3857 as shares of the world, 0 to 1, y from the north.</summary>
    public static (double X, double Y) World(double easting, double northing) => ((easting + Half) / (2 * Half), (Half - northing) / (2 * Half));

    /// <summary>Degrees of a place given in shares of the world.</summary>
    public static (double Longitude, double Latitude) Degrees(double x, double y) =>
        (x * 360 - 180, Math.Atan(Math.Sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI);
}
