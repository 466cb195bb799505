using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Breitband.Viewer.Map;

/// <summary>
/// A painted tile as a BMP file of at most 256 colours. Packing a tile as PNG takes as long as painting it, and unpacking it takes the thread that
/// draws a quarter of its frame; this is as small in memory as it is quick. Of more colours those of the most pixels stay as they are, the rest,
/// smoothed edges, take the nearest of them.
/// </summary>
static class BitmapFile
{
    const int Most = 256, FileHeader = 14, PictureHeader = 40, Start = FileHeader + PictureHeader + 4 * Most;

    /// <param name="picture">Opaque, blue first.</param>
    public static byte[] Of(SKBitmap picture)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan());
        var row = (picture.Width + 3) & ~3;
        var file = new byte[Start + row * picture.Height];
        Head(file, picture.Width, picture.Height);
        var places = Places(Counted(pixels), MemoryMarshal.Cast<byte, uint>(file.AsSpan(FileHeader + PictureHeader, 4 * Most)));
        for (var y = 0; y < picture.Height; y++)
            Put(pixels.Slice(y * picture.RowBytes / 4, picture.Width), file.AsSpan(Start + y * row, row), places);
        return file;
    }

    static Dictionary<uint, int> Counted(ReadOnlySpan<uint> pixels)
    {
        var counted = new Dictionary<uint, int>();
        for (var from = 0; from < pixels.Length;)
        {
            var length = pixels[from..].IndexOfAnyExcept(pixels[from]); // maps have large even areas
            length = length < 0 ? pixels.Length - from : length;
            CollectionsMarshal.GetValueRefOrAddDefault(counted, pixels[from], out _) += length;
            from += length;
        }
        return counted;
    }

    /// <summary>Fills the palette, and says for every colour its place in it.</summary>
    static Dictionary<uint, byte> Places(Dictionary<uint, int> counted, Span<uint> palette)
    {
        var places = new Dictionary<uint, byte>(counted.Count);
        foreach (var (colour, _) in counted.OrderByDescending(c => c.Value))
        {
            var at = places.Count < Most ? places.Count : Nearest(palette, colour);
            if (places.Count < Most)
                palette[at] = colour & 0xffffff;
            places.Add(colour, (byte)at);
        }
        return places;
    }

    static int Nearest(ReadOnlySpan<uint> palette, uint colour)
    {
        var (nearest, best) = (0, int.MaxValue);
        for (var i = 0; i < palette.Length; i++)
        {
            var other = palette[i];
            var (b, g, r) = ((int)(byte)other - (byte)colour, (int)(byte)(other >> 8) - (byte)(colour >> 8), (int)(byte)(other >> 16) - (byte)(colour >> 16));
            var distance = b * b + g * g + r * r;
            if (distance < best)
                (nearest, best) = (i, distance);
        }
        return nearest;
    }

    static void Put(ReadOnlySpan<uint> line, Span<byte> row, Dictionary<uint, byte> places)
    {
        var (last, place) = (line[0], places[line[0]]);
        for (var x = 0; x < line.Length; x++)
        {
            if (line[x] != last)
                (last, place) = (line[x], places[line[x]]);
            row[x] = place;
        }
    }

    static void Head(Span<byte> file, int width, int height)
    {
        var picture = file[FileHeader..];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        BinaryPrimitives.WriteInt32LittleEndian(file[2..], file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file[10..], Start);
        BinaryPrimitives.WriteInt32LittleEndian(picture, PictureHeader);
        BinaryPrimitives.WriteInt32LittleEndian(picture[4..], width);
        BinaryPrimitives.WriteInt32LittleEndian(picture[8..], -height); // from above
        BinaryPrimitives.WriteInt16LittleEndian(picture[12..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(picture[14..], 8);
    }
}
