using System.Collections.Concurrent;
using NetTopologySuite.Geometries;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Breitband;

/// <summary>
/// Every coordinate reference system of the program: ids, definitions, transformations. The definitions are ours by EPSG code, never a
/// file's WKT, because several files' WKT give silently wrong results (EPSG:3857 by 20 km, Gauß-Krüger without datum shift by 240 m).
/// Axis order is x before y (lon before lat) everywhere inside.
/// </summary>
public sealed record Crs(int Epsg, string Name, string Accuracy)
{
    /// <summary>What the store holds: ETRS89 / UTM zone 33N, metres.</summary>
    public const int Stored = 25833;

    /// <summary>What areas are computed in: ETRS89-LAEA, equal area, metres.</summary>
    public const int EqualArea = 3035;

    public const int WebMercator = 3857;
    public const int Geographic = 4326;
    public const int Etrs89Geographic = 4258;
    public const int AtlasGrid = 25832;
    public const int CensusGrid = 3035;

    static readonly string Etrs89 = Geographic2D("ETRS89", "GRS 1980", 6378137, 298.257222101, "TOWGS84[0,0,0,0,0,0,0],");
    static readonly string Wgs84 = Geographic2D("WGS 84", "WGS 84", 6378137, 298.257223563, "TOWGS84[0,0,0,0,0,0,0],");

    // Position Vector parameters, EPSG 1777 (DHDN) and a Brandenburg set for Pulkovo 1942(83); see docs/architecture.md for the accuracy.
    static readonly string Dhdn = Geographic2D("DHDN", "Bessel 1841", 6377397.155, 299.1528128,
        "TOWGS84[598.1,73.7,418.2,0.202,0.045,-2.455,6.7],");
    static readonly string Pulkovo = Geographic2D("Pulkovo 1942(83)", "Krassowsky 1940", 6378245, 298.3,
        "TOWGS84[24.9,-126.4,-93.2,-0.063,-0.247,-0.041,1.01],");

    static readonly Dictionary<int, (Crs Crs, Func<CoordinateSystem> Make)> Known = new()
    {
        [25832] = (new(25832, "ETRS89 / UTM 32N", "exakt"), () => Wkt(TransverseMercator("ETRS89 / UTM 32N", Etrs89, 9, 0.9996, 500000))),
        [25833] = (new(25833, "ETRS89 / UTM 33N", "exakt"), () => Wkt(TransverseMercator("ETRS89 / UTM 33N", Etrs89, 15, 0.9996, 500000))),
        [5650] = (new(5650, "ETRS89 / UTM 33N (zE-N)", "exakt"), () => Wkt(TransverseMercator("ETRS89 / UTM 33N (zE-N)", Etrs89, 15, 0.9996, 33500000))),
        [4647] = (new(4647, "ETRS89 / UTM 32N (zE-N)", "exakt"), () => Wkt(TransverseMercator("ETRS89 / UTM 32N (zE-N)", Etrs89, 9, 0.9996, 32500000))),
        [3035] = (new(3035, "ETRS89-extended / LAEA Europe", "exakt"), () => Wkt(
            $"PROJCS[\"LAEA Europe\",{Etrs89},PROJECTION[\"Lambert_Azimuthal_Equal_Area\"],PARAMETER[\"latitude_of_center\",52],"
            + "PARAMETER[\"longitude_of_center\",10],PARAMETER[\"false_easting\",4321000],PARAMETER[\"false_northing\",3210000],UNIT[\"metre\",1]]")),
        [4326] = (new(4326, "WGS 84", "exakt"), () => Wkt(Wgs84)),
        [4258] = (new(4258, "ETRS89", "exakt"), () => Wkt(Etrs89)),
        [3857] = (new(3857, "WGS 84 / Pseudo-Mercator", "exakt"), () => ProjectedCoordinateSystem.WebMercator),
        [31467] = (new(31467, "DHDN / Gauß-Krüger 3", "etwa 1 m"), () => Wkt(TransverseMercator("DHDN / GK 3", Dhdn, 9, 1, 3500000))),
        [31468] = (new(31468, "DHDN / Gauß-Krüger 4", "etwa 1 m"), () => Wkt(TransverseMercator("DHDN / GK 4", Dhdn, 12, 1, 4500000))),
        [31469] = (new(31469, "DHDN / Gauß-Krüger 5", "etwa 1 m"), () => Wkt(TransverseMercator("DHDN / GK 5", Dhdn, 15, 1, 5500000))),
        [2398] = (new(2398, "Pulkovo 1942(83) / Gauß-Krüger 4", "etwa 1 m"), () => Wkt(TransverseMercator("S42/83 GK 4", Pulkovo, 12, 1, 4500000))),
        [2399] = (new(2399, "Pulkovo 1942(83) / Gauß-Krüger 5", "etwa 1 m"), () => Wkt(TransverseMercator("S42/83 GK 5", Pulkovo, 15, 1, 5500000))),
    };

    static readonly ConcurrentDictionary<(int From, int To), MathTransform> Transforms = new();

    /// <summary>Every system we accept, in ascending order of the EPSG code.</summary>
    public static IEnumerable<Crs> All => Known.Values.Select(k => k.Crs).OrderBy(c => c.Epsg);

    public static bool IsKnown(int epsg) => Known.ContainsKey(epsg);

    public bool IsGeographic => Epsg is Geographic or Etrs89Geographic;

    public static Crs Get(int epsg) => Known.TryGetValue(epsg, out var known) ? known.Crs : throw BreitbandException.Refused(
        $"EPSG:{epsg} kennt Breitband nicht. Möglich sind: {Names()}. Sonst vorher umrechnen: ogr2ogr -t_srs EPSG:25833 neu.gpkg alt.shp",
        $"EPSG:{epsg} is not known to Breitband. Possible: {Names()}. Otherwise reproject first: ogr2ogr -t_srs EPSG:25833 new.gpkg old.shp");

    /// <summary>Thread-safe point transformation; x before y on both sides.</summary>
    public static Func<double, double, (double X, double Y)> Transform(int from, int to)
    {
        if (from == to)
            return static (x, y) => (x, y);
        var math = Transforms.GetOrAdd((from, to), static pair => new CoordinateTransformationFactory()
            .CreateFromCoordinateSystems(Make(pair.From), Make(pair.To)).MathTransform);
        return math.Transform;
    }

    /// <summary>A transformed copy; the geometry given stays as it is. Z and M are dropped: nothing here is computed in them.</summary>
    public static Geometry Transform(Geometry geometry, int from, int to)
    {
        var copy = geometry.Copy();
        if (from != to)
            copy.Apply(new Reprojection(Transform(from, to)));
        copy.SRID = to;
        return copy;
    }

    /// <summary>Area in m², computed in the equal-area system EPSG:3035, of a geometry in the stored system.</summary>
    public static double AreaOf(Geometry stored)
    {
        var box = stored.EnvelopeInternal;
        if (box.Width < SmallPiece && box.Height < SmallPiece)
            return stored.Area / Squared(PointScale((box.MinX + box.MaxX) / 2, (box.MinY + box.MaxY) / 2));
        var sum = new RingArea(Transform(Stored, EqualArea));
        stored.Apply(sum);
        return sum.Area;
    }

    /// <summary>Metres. Within such a piece the scale of UTM changes by less than 1e-7, so one division replaces a transformation of every corner.</summary>
    const double SmallPiece = 500;

    /// <summary>
    /// Point scale factor of UTM zone 33 at a stored coordinate: k = k0 (1 + d²/2 + d⁴/24) with d = (E − 500,000) / (k0 R), R the Gaussian mean
    /// radius of GRS 80 (Snyder, Map Projections: A Working Manual, 1987, formula 8-11).
    /// </summary>
    static double PointScale(double easting, double northing)
    {
        const double k0 = 0.9996, axis = 6378137, e2 = 0.00669438002290, meridian = 6367449.146;
        var sine = Math.Sin(northing / (k0 * meridian));
        var radius = axis * Math.Sqrt(1 - e2) / (1 - e2 * sine * sine);
        var d2 = Squared((easting - 500_000) / (k0 * radius));
        return k0 * (1 + d2 / 2 + d2 * d2 / 24);
    }

    static double Squared(double value) => value * value;

    /// <summary>
    /// Adds up the rings of a geometry by the shoelace formula on transformed corners, shells plus and holes minus, without copying anything:
    /// an analysis asks for the area of tens of thousands of small pieces.
    /// </summary>
    sealed class RingArea(Func<double, double, (double X, double Y)> transform) : IGeometryFilter
    {
        public double Area { get; private set; }

        public void Filter(Geometry geometry)
        {
            if (geometry is not Polygon { IsEmpty: false } polygon)
                return;
            Area += Of(polygon.ExteriorRing.CoordinateSequence);
            for (var i = 0; i < polygon.NumInteriorRings; i++)
                Area -= Of(polygon.GetInteriorRingN(i).CoordinateSequence);
        }

        double Of(CoordinateSequence ring)
        {
            var (x0, y0) = transform(ring.GetX(0), ring.GetY(0)); // from the first corner: coordinates of millions would eat the digits
            var (px, py, doubled) = (0.0, 0.0, 0.0);
            for (var i = 1; i < ring.Count; i++)
            {
                var (x, y) = transform(ring.GetX(i), ring.GetY(i));
                (x, y) = (x - x0, y - y0);
                doubled += px * y - x * py;
                (px, py) = (x, y);
            }
            return Math.Abs(doubled) / 2;
        }
    }

    /// <summary>Our definition as OGC WKT 1 with its authority, for .prj files and the catalogue of a GeoPackage.</summary>
    public static string Definition(int epsg)
    {
        var wkt = Make(epsg).WKT;
        return wkt.EndsWith($"AUTHORITY[\"EPSG\", \"{epsg}\"]]", StringComparison.Ordinal) ? wkt : $"{wkt[..^1]},AUTHORITY[\"EPSG\",\"{epsg}\"]]";
    }

    static CoordinateSystem Make(int epsg)
    {
        Get(epsg);
        return Known[epsg].Make();
    }

    static string Names() => string.Join(", ", Known.Keys.Order().Select(k => "EPSG:" + k));

    static CoordinateSystem Wkt(string wkt) => new CoordinateSystemFactory().CreateFromWkt(wkt);

    static string Geographic2D(string name, string ellipsoid, double axis, double flattening, string shift) => FormattableString.Invariant(
        $"GEOGCS[\"{name}\",DATUM[\"{name}\",SPHEROID[\"{ellipsoid}\",{axis},{flattening}],{shift.TrimEnd(',')}],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]");

    static string TransverseMercator(string name, string geographic, double meridian, double scale, double easting) => FormattableString.Invariant(
        $"PROJCS[\"{name}\",{geographic},PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",{meridian}],PARAMETER[\"scale_factor\",{scale}],PARAMETER[\"false_easting\",{easting}],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]");

    sealed class Reprojection(Func<double, double, (double X, double Y)> transform) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int index)
        {
            var (x, y) = transform(sequence.GetX(index), sequence.GetY(index));
            sequence.SetX(index, x);
            sequence.SetY(index, y);
        }
    }
}
