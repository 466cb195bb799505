using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Breitband.Tests.Import;

/// <summary>Writes small shapefiles byte by byte, also such as no sane writer makes.</summary>
sealed class TestShapefile(string folder, string name)
{
    readonly List<byte[]> shapes = [];
    readonly List<(string[] Values, bool Deleted)> records = [];

    public string Path => System.IO.Path.Combine(folder, name + ".shp");

    public string? Prj { get; init; }

    public string? Cpg { get; init; }

    public byte Language { get; init; }

    public Encoding Encoding { get; init; } = Encoding.UTF8;

    public (string Name, char Kind, int Length)[] Fields { get; init; } = [("OBJID", 'C', 16), ("NAM", 'C', 40)];

    /// <summary>A polygon of rings, each a flat list x, y, x, y …; no rings make a null shape.</summary>
    public TestShapefile Polygon(string[] values, params double[][] rings) => Add(values, rings.Length == 0 ? BitConverter.GetBytes(0) : PolygonBytes(rings));

    public TestShapefile Deleted(string[] values, params double[][] rings)
    {
        Add(values, PolygonBytes(rings));
        records[^1] = (values, true);
        return this;
    }

    public TestShapefile Add(string[] values, byte[] shape)
    {
        shapes.Add(shape);
        records.Add((values, false));
        return this;
    }

    static byte[] PolygonBytes(double[][] rings)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(5);
        for (var i = 0; i < 4; i++)
            writer.Write(0.0);
        writer.Write(rings.Length);
        writer.Write(rings.Sum(r => r.Length / 2));
        for (int i = 0, start = 0; i < rings.Length; start += rings[i++].Length / 2)
            writer.Write(start);
        foreach (var value in rings.SelectMany(r => r))
            writer.Write(value);
        return stream.ToArray();
    }

    public string Write(bool dbf = true)
    {
        using (var shp = File.Create(Path))
        {
            var head = new byte[100];
            BinaryPrimitives.WriteInt32BigEndian(head, 9994);
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(24), (100 + shapes.Sum(s => s.Length + 8)) / 2);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(28), 1000);
            head[32] = 5;
            shp.Write(head);
            for (var i = 0; i < shapes.Count; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(head, i + 1);
                BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), shapes[i].Length / 2);
                shp.Write(head, 0, 8);
                shp.Write(shapes[i]);
            }
        }
        if (dbf)
            File.WriteAllBytes(System.IO.Path.ChangeExtension(Path, ".dbf"), Dbf());
        if (Prj != null)
            File.WriteAllText(System.IO.Path.ChangeExtension(Path, ".prj"), Prj);
        if (Cpg != null)
            File.WriteAllText(System.IO.Path.ChangeExtension(Path, ".cpg"), Cpg);
        return Path;
    }

    byte[] Dbf()
    {
        var length = 1 + Fields.Sum(f => f.Length);
        var head = new byte[32 + (32 * Fields.Length) + 1];
        head[0] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), records.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), (ushort)head.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), (ushort)length);
        head[29] = Language;
        for (var i = 0; i < Fields.Length; i++)
        {
            Encoding.ASCII.GetBytes(Fields[i].Name).CopyTo(head, 32 + (32 * i));
            head[32 + (32 * i) + 11] = (byte)Fields[i].Kind;
            head[32 + (32 * i) + 16] = (byte)Fields[i].Length;
        }
        head[^1] = 0x0D;
        using var stream = new MemoryStream();
        stream.Write(head);
        foreach (var (values, deleted) in records)
        {
            stream.WriteByte(deleted ? (byte)'*' : (byte)' ');
            for (var i = 0; i < Fields.Length; i++)
            {
                var bytes = Encoding.GetBytes(values[i]);
                var padded = Enumerable.Repeat((byte)' ', Fields[i].Length).ToArray();
                bytes.AsSpan(0, Math.Min(bytes.Length, padded.Length)).CopyTo(padded);
                stream.Write(padded);
            }
        }
        return stream.ToArray();
    }

    /// <summary>A clockwise square (a shell in a shapefile) with its lower left corner at x, y.</summary>
    public static double[] Square(double x, double y, double size) => [x, y, x, y + size, x + size, y + size, x + size, y, x, y];

    public static double[] Hole(double x, double y, double size) => [x, y, x + size, y, x + size, y + size, x, y + size, x, y];

    public override string ToString() => records.Count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A folder of its own that goes away with the test.</summary>
sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("breitband-test-").FullName;

    public string File(string name, string text, Encoding? encoding = null)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
