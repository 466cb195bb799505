using System.Globalization;
using NetTopologySuite.Geometries;

namespace Breitband.Service.Filter;

/// <summary>Geometries in a filter: WKT and BBOX(minx, miny, maxx, maxy), turned into the stored system.</summary>
sealed class GeometryText(CrsUri crs, Func<Token> take, Action<string> expect)
{
    /// <summary>What the feature's own geometry is called in filters and queryables.</summary>
    public const string PropertyName = "geometry";

    static readonly GeometryFactory Factory = new();

    Token ahead;

    /// <summary>Null when the word begins no geometry.</summary>
    public Shape? Of(Token word)
    {
        if (word.Kind is not TokenKind.Word)
            return null;
        var read = word.Text.ToUpperInvariant() switch
        {
            "POINT" => Whole(word, () => Factory.CreatePoint(Positions()[0])),
            "LINESTRING" => Whole(word, () => Factory.CreateLineString(Positions())),
            "POLYGON" => Whole(word, PolygonText),
            "MULTIPOINT" => Whole(word, () => Factory.CreateMultiPointFromCoords([.. List(PointText)])),
            "MULTILINESTRING" => Whole(word, () => Factory.CreateMultiLineString([.. List(() => Factory.CreateLineString(Positions()))])),
            "MULTIPOLYGON" => Whole(word, () => Factory.CreateMultiPolygon([.. List(PolygonText)])),
            "GEOMETRYCOLLECTION" => Whole(word, () => Factory.CreateGeometryCollection([.. List(() => Of(take())?.Geometry ?? throw Cql2.Wrong(word.At, "in der GEOMETRYCOLLECTION fehlt eine Geometrie", "the GEOMETRYCOLLECTION lacks a geometry"))])),
            "BBOX" => Whole(word, BoxText),
            _ => (Geometry?)null,
        };
        if (read is null)
            return null;
        if (crs.IsCrs84 && read.Coordinates.FirstOrDefault(c => Math.Abs(c.X) > 180 || Math.Abs(c.Y) > 90) is { } off && !word.Is("GEOMETRYCOLLECTION"))
            throw Cql2.Wrong(word.At, FormattableString.Invariant($"{off.X} {off.Y} liegt außerhalb der Erde (Länge −180 bis 180, Breite −90 bis 90; andere Systeme mit filter-crs)"),
                FormattableString.Invariant($"{off.X} {off.Y} lies off the world (longitude -180 to 180, latitude -90 to 90; other systems with filter-crs)"));
        return new Shape(word.Is("GEOMETRYCOLLECTION") ? read : crs.ToStored(crs.Bent(read)));
    }

    /// <summary>NTS refuses unclosed rings and lines of one point by exceptions of its own.</summary>
    static Geometry Whole(Token word, Func<Geometry> read)
    {
        try
        {
            return read() is { IsValid: true } geometry ? geometry : throw Cql2.Wrong(word.At, "die Geometrie ist ungültig (überschneidet sich selbst)", "the geometry is invalid (crosses itself)");
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw Cql2.Wrong(word.At, "die Geometrie ist unvollständig (ein Ring muss dort enden, wo er beginnt)", "the geometry is incomplete (a ring must end where it begins)");
        }
    }

    Polygon PolygonText()
    {
        var rings = List(() => Factory.CreateLinearRing(Positions()));
        return Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
    }

    Geometry BoxText()
    {
        expect("(");
        var numbers = new List<double> { Number() };
        while (Next() is { } token && token.IsSymbol(","))
            numbers.Add(Number());
        if (!ahead.IsSymbol(")") || numbers.Count is not (4 or 6))
            throw Cql2.Wrong(ahead.At, "BBOX nimmt vier Zahlen: BBOX(minx, miny, maxx, maxy)", "BBOX takes four numbers: BBOX(minx, miny, maxx, maxy)");
        var (x, y) = numbers.Count == 4 ? (numbers[2], numbers[3]) : (numbers[3], numbers[4]);
        var turned = numbers[0] > x && !crs.IsCrs84 || numbers[1] > y;
        return turned ? throw Cql2.Wrong(ahead.At, "die BBOX ist verkehrt herum: erst die kleinere, dann die größere Ecke", "the BBOX is turned round: the smaller corner first, then the larger one")
            : numbers[0] <= x ? Factory.ToGeometry(new(numbers[0], x, numbers[1], y))
            : Factory.ToGeometry(new(numbers[0], 180, numbers[1], y)).Union(Factory.ToGeometry(new(-180, x, numbers[1], y))); // across the antimeridian
    }

    /// <summary>( a , b , … )</summary>
    List<T> List<T>(Func<T> part)
    {
        var list = new List<T>();
        expect("(");
        do
            list.Add(part());
        while (Next().IsSymbol(","));
        RequireEnd();
        return list;
    }

    Coordinate[] Positions() => [.. List(Position)];

    /// <summary>Both MULTIPOINT(1 2, 3 4) and MULTIPOINT((1 2), (3 4)) are in use.</summary>
    Coordinate PointText()
    {
        var first = take();
        if (!first.IsSymbol("("))
            return new(Number(first), Number());
        var position = Position();
        Next();
        RequireEnd();
        return position;
    }

    Coordinate Position() => new(Number(), Number());

    Token Next() => ahead = take();

    void RequireEnd()
    {
        if (!ahead.IsSymbol(")"))
            throw Cql2.Wrong(ahead.At, "hier fehlt „)“", "\")\" is missing here");
    }

    double Number() => Number(take());

    double Number(Token token)
    {
        var sign = token.IsSymbol("-") ? -1 : 1;
        var digits = token.IsSymbol("-") || token.IsSymbol("+") ? take() : token;
        return digits.Kind is TokenKind.Number && double.TryParse(digits.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1e9
            ? sign * value : throw Cql2.Wrong(digits.At, "hier fehlt eine Koordinate", "a coordinate is missing here");
    }
}
