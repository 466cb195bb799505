using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    [ThreadStatic]
    static Colours? scratch;

    /// <param name="picture">Opaque, blue first.</param>
    public static byte[] Of(SKBitmap picture)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan());
        var row = (picture.Width + 3) & ~3;
        var file = new byte[Start + row * picture.Height];
        Head(file, picture.Width, picture.Height);
        var colours = scratch ??= new();
        colours.Begin();
        for (var y = 0; y < picture.Height; y++)
            colours.Count(pixels.Slice(y * picture.RowBytes / 4, picture.Width));
        colours.Place(MemoryMarshal.Cast<byte, uint>(file.AsSpan(FileHeader + PictureHeader, 4 * Most)));
        for (var y = 0; y < picture.Height; y++)
            colours.Put(file.AsSpan(Start + y * row, picture.Width));
        return file;
    }

    /// <summary>
    /// The colours of one picture by number, as they are met, and the runs of them it is made of. Every picture of the map comes this way while somebody
    /// waits for it: the colours stand in a table of its own, and each run looks up its colour once.
    /// </summary>
    sealed class Colours
    {
        /// <summary>Per place in the table the number of a colour and one, or 0.</summary>
        int[] table = new int[1 << 13];

        uint[] colours = new uint[1 << 12];
        int[] pixels = new int[1 << 12];
        byte[] places = new byte[1 << 12];
        (int Colour, int Length)[] runs = new (int, int)[1 << 16];
        int met, counted, put;

        public void Begin()
        {
            Array.Clear(table);
            (met, counted, put) = (0, 0, 0);
        }

        /// <summary>A line of the picture.</summary>
        public void Count(ReadOnlySpan<uint> line)
        {
            if (runs.Length - counted < line.Length)
                Array.Resize(ref runs, Math.Max(2 * runs.Length, counted + line.Length));
            for (var from = 0; from < line.Length;)
            {
                var (colour, end) = (line[from], from + 1);
                if (end < line.Length && line[end] == colour) // maps have large even areas
                    end = line[end..].IndexOfAnyExcept(colour) is >= 0 and var more ? end + more : line.Length;
                var number = Number(colour);
                pixels[number] += end - from;
                runs[counted++] = (number, end - from);
                from = end;
            }
        }

        int Number(uint colour)
        {
            var at = At(colour);
            if (table[at] != 0)
                return table[at] - 1;
            if (met == colours.Length)
            {
                Grow();
                at = At(colour);
            }
            (table[at], colours[met], pixels[met]) = (met + 1, colour, 0);
            return met++;
        }

        /// <summary>The place of a colour in the table, or the free one it would take.</summary>
        int At(uint colour)
        {
            var at = (int)((colour * 2654435769u) >> (32 - BitOperations.Log2((uint)table.Length)));
            while (table[at] != 0 && colours[table[at] - 1] != colour)
                at = (at + 1) & (table.Length - 1);
            return at;
        }

        /// <summary>The table stays half empty: else many would look in the same places.</summary>
        void Grow()
        {
            Array.Resize(ref colours, 2 * met);
            Array.Resize(ref pixels, 2 * met);
            Array.Resize(ref places, 2 * met);
            table = new int[4 * met];
            for (var number = 0; number < met; number++)
                table[At(colours[number])] = number + 1;
        }

        /// <summary>Fills the palette with the most frequent colours, and gives every other the nearest of them.</summary>
        public void Place(Span<uint> palette)
        {
            var order = new long[met];
            for (var number = 0; number < met; number++)
                order[number] = ((long)(int.MaxValue - pixels[number]) << 32) | (uint)number; // those of as many pixels as they are met
            if (met > Most)
                Array.Sort(order);
            Span<int> blue = stackalloc int[Most], green = stackalloc int[Most], red = stackalloc int[Most];
            for (var place = 0; place < Math.Min(met, Most); place++)
            {
                var (number, colour) = ((int)order[place], colours[(int)order[place]]);
                (palette[place], places[number]) = (colour & 0xffffff, (byte)place);
                (blue[place], green[place], red[place]) = ((byte)colour, (byte)(colour >> 8), (byte)(colour >> 16));
            }
            for (var i = Most; i < met; i++)
                places[(int)order[i]] = Nearest(blue, green, red, colours[(int)order[i]]);
        }

        /// <summary>The first of the palette's colours that is as near as any.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled where it runs, for its widest registers
        static byte Nearest(ReadOnlySpan<int> blue, ReadOnlySpan<int> green, ReadOnlySpan<int> red, uint colour)
        {
            var (b, g, r) = (Vector256.Create((int)(byte)colour), Vector256.Create((int)(byte)(colour >> 8)), Vector256.Create((int)(byte)(colour >> 16)));
            var (best, place) = (Vector256.Create(int.MaxValue), Vector256<int>.Indices);
            for (var i = 0; i < Most; i += Vector256<int>.Count, place += Vector256.Create(Vector256<int>.Count))
            {
                var (db, dg, dr) = (Vector256.Create(blue[i..]) - b, Vector256.Create(green[i..]) - g, Vector256.Create(red[i..]) - r);
                best = Vector256.Min(best, (((db * db) + (dg * dg) + (dr * dr)) << 8) | place); // the distance squared has 18 bits
            }
            var least = best[0];
            for (var i = 1; i < Vector256<int>.Count; i++)
                least = Math.Min(least, best[i]);
            return (byte)least;
        }

        /// <summary>The next line.</summary>
        public void Put(Span<byte> line)
        {
            for (var from = 0; from < line.Length;)
            {
                var (colour, length) = runs[put++];
                line.Slice(from, length).Fill(places[colour]);
                from += length;
            }
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
