using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace Breitband.Benchmarks.Gaps;

/// <summary>The benchmark's shapefiles: points, and polygons of one shell with holes; attributes by name. Nothing else is read.</summary>
static class ShapeFiles
{
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);

    public static (double[] X, double[] Y) Points(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var count = (bytes.Length - 100) / 28;
        var (x, y) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
            (x[i], y[i]) = (Real(bytes, 112 + 28 * i), Real(bytes, 120 + 28 * i));
        return (x, y);
    }

    public static List<Geometry?> Polygons(string path)
    {
        using var file = new BufferedStream(File.OpenRead(path), 1 << 20);
        file.Seek(100, SeekOrigin.Begin);
        var found = new List<Geometry?>();
        var head = new byte[8];
        while (file.ReadAtLeast(head, 8, throwOnEndOfStream: false) == 8)
        {
            var record = new byte[2 * BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4))];
            file.ReadExactly(record);
            found.Add(Polygon(record));
        }
        return found;
    }

    static Polygon Polygon(byte[] record)
    {
        var (parts, points) = (Number(record, 36), Number(record, 40));
        var xy = 44 + 4 * parts;
        LinearRing Ring(int part)
        {
            var from = Number(record, 44 + 4 * part);
            var to = part + 1 < parts ? Number(record, 48 + 4 * part) : points;
            var corners = new double[2 * (to - from)];
            Buffer.BlockCopy(record, xy + 16 * from, corners, 0, 8 * corners.Length);
            return Factory.CreateLinearRing(new PackedDoubleCoordinateSequence(corners, 2, 0));
        }

        return Factory.CreatePolygon(Ring(0), [.. Enumerable.Range(1, parts - 1).Select(Ring)]);
    }

    public static string[] Column(string path, string name)
    {
        var bytes = File.ReadAllBytes(path);
        int records = Number(bytes, 4), head = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)), size = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(10));
        var offset = 1;
        for (var field = 32; bytes[field] != 13; field += 32)
        {
            if (Encoding.ASCII.GetString(bytes, field, 11).TrimEnd('\0') == name)
                return [.. Enumerable.Range(0, records).Select(r => Encoding.UTF8.GetString(bytes, head + r * size + offset, bytes[field + 16]).Trim())];
            offset += bytes[field + 16];
        }
        throw new InvalidDataException($"{path} has no {name}");
    }

    public static double[] Numbers(string path, string name) => [.. Column(path, name).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];

    static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    static double Real(byte[] bytes, int at) => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at));
}
