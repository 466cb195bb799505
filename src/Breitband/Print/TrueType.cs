using System.Buffers.Binary;
using System.Text;

namespace Breitband.Print;

/// <summary>A TrueType font file: what a PDF must know of it, and a copy with only the glyphs in use.</summary>
sealed class TrueType
{
    // What a PDF reader needs to draw outlines (ISO 32000-1, 9.9); layout and names of the font stay behind.
    static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    readonly byte[] file;
    readonly Dictionary<string, (int Offset, int Length)> tables = [];

    public TrueType(byte[] file)
    {
        this.file = file;
        for (var i = 0; i < U16(4); i++)
            tables[Encoding.ASCII.GetString(file, 12 + 16 * i, 4)] = ((int)U32(12 + 16 * i + 8), (int)U32(12 + 16 * i + 12));
    }

    int Head => tables["head"].Offset;

    int UnitsPerEm => U16(Head + 18);

    int Glyphs => U16(tables["maxp"].Offset + 4);

    public int Ascent => Thousandths(I16(tables["hhea"].Offset + 4));

    public int Descent => Thousandths(I16(tables["hhea"].Offset + 6));

    public IEnumerable<int> Bounds => Enumerable.Range(0, 4).Select(i => Thousandths(I16(Head + 36 + 2 * i)));

    /// <summary>Hundredths of a thousandth of the type size.</summary>
    public int Advance(ushort glyph)
    {
        var last = U16(tables["hhea"].Offset + 34) - 1;
        return (int)Math.Round(U16(tables["hmtx"].Offset + 4 * Math.Min(glyph, last)) * 100_000.0 / UnitsPerEm);
    }

    /// <summary>The file with the outlines of these glyphs and of those they are composed of; glyphs keep their numbers.</summary>
    public byte[] Subset(IEnumerable<ushort> used)
    {
        var all = new SortedSet<int> { 0 };
        foreach (var glyph in used)
            Collect(glyph, all);
        var outlines = new MemoryStream();
        var places = new byte[4 * (Glyphs + 1)];
        for (var glyph = 0; glyph <= Glyphs; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * glyph), (uint)outlines.Length);
            if (!all.Contains(glyph))
                continue;
            var (from, to) = Outline(glyph);
            outlines.Write(file, from, to - from);
            outlines.SetLength((outlines.Length + 3) / 4 * 4);
            outlines.Position = outlines.Length;
        }
        return Assemble(outlines.ToArray(), places);
    }

    byte[] Assemble(byte[] outlines, byte[] places)
    {
        var kept = Kept.Where(tables.ContainsKey).ToList();
        var made = new MemoryStream();
        var directory = new byte[12 + 16 * kept.Count];
        BinaryPrimitives.WriteUInt32BigEndian(directory, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(4), (ushort)kept.Count);
        made.Write(directory);
        for (var i = 0; i < kept.Count; i++)
        {
            var content = kept[i] switch { "glyf" => outlines, "loca" => places, var name => file.AsSpan(tables[name].Offset, tables[name].Length).ToArray() };
            if (kept[i] == "head")
                // Long offsets.
                BinaryPrimitives.WriteInt16BigEndian(content.AsSpan(50), 1);
            var entry = directory.AsSpan(12 + 16 * i);
            Encoding.ASCII.GetBytes(kept[i], entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(content));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)made.Length);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)content.Length);
            made.Write(content);
            made.Write(new byte[(4 - content.Length % 4) % 4]);
        }
        made.Position = 0;
        made.Write(directory);
        return made.ToArray();
    }

    void Collect(int glyph, SortedSet<int> all)
    {
        if (!all.Add(glyph) || Outline(glyph) is var (from, to) && (to == from || I16(from) >= 0))
            return;
        // A composed glyph lists its parts; the flags say how long an entry is and whether another follows.
        for (int at = from + 10, flags = 0x20; (flags & 0x20) != 0;)
        {
            flags = U16(at);
            Collect(U16(at + 2), all);
            at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
        }
    }

    (int From, int To) Outline(int glyph)
    {
        if (glyph >= Glyphs)
            return (0, 0);
        var (outlines, places) = (tables["glyf"].Offset, tables["loca"].Offset);
        return I16(Head + 50) == 0
            ? (outlines + 2 * U16(places + 2 * glyph), outlines + 2 * U16(places + 2 * glyph + 2))
            : (outlines + (int)U32(places + 4 * glyph), outlines + (int)U32(places + 4 * glyph + 4));
    }

    int Thousandths(int units) => (int)Math.Round(units * 1000.0 / UnitsPerEm);

    static uint Sum(ReadOnlySpan<byte> content)
    {
        var sum = 0u;
        for (var i = 0; i < content.Length; i++)
            sum += (uint)content[i] << (24 - 8 * (i % 4));
        return sum;
    }

    ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
