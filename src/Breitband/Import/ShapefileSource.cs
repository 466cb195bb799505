using System.Buffers.Binary;

namespace Breitband.Import;

/// <summary>
/// A shapefile: .shp and .dbf read side by side in one pass, .prj and .cpg where there are any; .shx is not needed. The reader is our own
/// because a skipped or broken record must never shift the attributes of the next one.
/// </summary>
public sealed class ShapefileSource : Source
{
    const int MaxRecord = 1 << 29;
    readonly string shp;
    readonly string dbf;
    readonly DbfTable table;

    public ShapefileSource(string path, string display, string? encoding)
    {
        (shp, File) = (path, display);
        dbf = Beside(".dbf") ?? throw BreitbandException.Refused(
            $"{display}: Die zugehörige .dbf-Datei fehlt. Ein Shapefile besteht aus .shp, .dbf und .prj; bitte alle Dateien in denselben Ordner legen.",
            $"{display}: its .dbf file is missing. A shapefile consists of .shp, .dbf and .prj; please put all files into the same folder.");
        CheckHeader();
        table = new DbfTable(dbf);
        var (found, why) = TextEncoding.Of(table, dbf, Beside(".cpg"), encoding);
        table.Encoding = found;
        table.NameColumns();
        Encoding = new(TextEncoding.Name(found), why);
        DeclaredCrs = Beside(".prj") is { } prj
            ? CrsNames.OfWkt(ReadSmall(prj), ".prj")
            : new(null, new("keine .prj-Datei", "no .prj file"));
    }

    public override string File { get; }

    public override string Table => Path.GetFileNameWithoutExtension(shp);

    public override IReadOnlyList<string> Columns => table.Names;

    public override bool HasGeometry => true;

    public override Found<int?> DeclaredCrs { get; }

    public override Found<string> Encoding { get; }

    public override long? RowCount => table.Count;

    public override IReadOnlyList<string> Files =>
        [.. new[] { shp, dbf, Beside(".prj"), Beside(".cpg") }.OfType<string>()];

    public override void Use(IReadOnlyCollection<int> columns) => table.Use(columns);

    public override IEnumerable<SourceRow> Read()
    {
        Broken = null;
        using var shapes = Open(shp);
        using var attributes = Open(dbf);
        shapes.Position = 100;
        var left = shapes.Length - 100; // asked for once: it is a system call, and there are millions of records
        attributes.Position = table.HeaderLength;
        var record = new byte[table.RecordLength];
        var shape = new byte[4096];
        for (var number = 1L; ; number++)
        {
            if (number > table.Count)
            {
                if (left > 0)
                    Break(number, "die .shp-Datei hat mehr Sätze als die .dbf-Datei", "the .shp file has more records than the .dbf file");
                break;
            }
            if (attributes.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) < record.Length)
            {
                Break(number, "die .dbf-Datei ist abgeschnitten", "the .dbf file is cut off");
                break;
            }
            var length = NextShape(shapes, ref shape, ref left);
            if (length < 0)
            {
                Break(number, "die .shp-Datei ist abgeschnitten oder beschädigt", "the .shp file is cut off or damaged");
                break;
            }
            if (record[0] == (byte)'*')
                continue;
            var geometry = Shapes.Read(shape.AsSpan(0, length), out var fault);
            yield return new(number, geometry, table.Read(record), fault);
        }
        if (Broken is { } broken)
            yield return new(brokenAt, null, new object?[Columns.Count], broken);
    }

    long brokenAt;

    void Break(long number, string de, string en)
    {
        brokenAt = number;
        Broken = new($"ab Satz {number}: {de}", $"from record {number} on: {en}");
    }

    /// <summary>Reads the next record's content into the buffer; -1 when the file ends before it does or its length is impossible.</summary>
    static int NextShape(FileStream shapes, ref byte[] buffer, ref long left)
    {
        Span<byte> head = stackalloc byte[8];
        if (shapes.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8)
            return -1;
        var length = 2L * BinaryPrimitives.ReadInt32BigEndian(head[4..]);
        if (length is < 4 or > MaxRecord || length > left - 8)
            return -1;
        if (buffer.Length < length)
            buffer = new byte[length];
        shapes.ReadExactly(buffer, 0, (int)length);
        left -= 8 + length;
        return (int)length;
    }

    void CheckHeader()
    {
        using var stream = Open(shp);
        Span<byte> head = stackalloc byte[100];
        if (stream.ReadAtLeast(head, 100, throwOnEndOfStream: false) < 100 || BinaryPrimitives.ReadInt32BigEndian(head) != 9994)
            throw BreitbandException.Refused(
                $"{File}: Das ist kein Shapefile (der Dateikopf fehlt oder ist beschädigt).", $"{File}: this is not a shapefile (its header is missing or damaged).");
    }

    static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 18, FileOptions.SequentialScan);

    static string ReadSmall(string path)
    {
        using var reader = new StreamReader(path);
        var text = new char[20000];
        return new string(text, 0, reader.ReadBlock(text));
    }

    /// <summary>The file of the same name with another extension, in whatever case its supplier wrote it.</summary>
    string? Beside(string extension)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(shp))!;
        return Directory.EnumerateFiles(folder, "*", new EnumerationOptions()).FirstOrDefault(f =>
            Path.GetExtension(f).Equals(extension, StringComparison.OrdinalIgnoreCase)
            && Path.GetFileNameWithoutExtension(f).Equals(Path.GetFileNameWithoutExtension(shp), StringComparison.OrdinalIgnoreCase));
    }

    public override void Dispose()
    {
    }
}
