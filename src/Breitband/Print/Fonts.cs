using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using SkiaSharp;

namespace Breitband.Print;

/// <summary>Size in points and weight of a text.</summary>
readonly record struct TypeStyle(double Points, bool Bold = false)
{
    public const double MillimetresPerPoint = 25.4 / 72;

    public double Millimetres => Points * MillimetresPerPoint;

    /// <summary>Distance of baselines, millimetres.</summary>
    public double Line => Millimetres * 1.26;
}

/// <summary>The font of the sheets, Inter (SIL Open Font License), taken from the package it is published in, so that no machine needs fonts.</summary>
static class Fonts
{
    static readonly Lazy<SKTypeface> Regular = new(() => Load("/Assets/Inter-Regular.ttf"));
    static readonly Lazy<SKTypeface> Bold = new(() => Load("/Assets/Inter-SemiBold.ttf"));
    static readonly Lazy<TrueType> RegularFile = new(() => new(Resource("/Assets/Inter-Regular.ttf")));
    static readonly Lazy<TrueType> BoldFile = new(() => new(Resource("/Assets/Inter-SemiBold.ttf")));
    static readonly ConcurrentDictionary<TypeStyle, SKFont> Sized = new();

    /// <summary>A font whose size and advances are millimetres.</summary>
    public static SKFont Get(TypeStyle style) => Sized.GetOrAdd(style, static s => new SKFont((s.Bold ? Bold : Regular).Value, (float)s.Millimetres)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
    });

    /// <summary>Width in millimetres. Small sizes are measured large, because advances are rounded to the font's pixels.</summary>
    public static double Width(string text, TypeStyle style) => Get(new(1000, style.Bold)).MeasureText(text) * style.Points / 1000;

    /// <summary>Both fonts as style rules that carry them; the names are those the SVG writer gives.</summary>
    public static string Css => Face("Inter", "Regular", 400) + Face("Inter SemiBold", "SemiBold", 500);

    static string Face(string family, string file, int weight) =>
        $"@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/ttf;base64,{Convert.ToBase64String(Resource($"/Assets/Inter-{file}.ttf"))})}}";

    /// <summary>The number of a character's glyph; 0, an empty box, for one the fonts do not have.</summary>
    public static ushort Glyph(System.Text.Rune character, bool bold) => (bold ? Bold : Regular).Value.GetGlyph(character.Value);

    public static TrueType TrueType(bool bold) => (bold ? BoldFile : RegularFile).Value;

    static SKTypeface Load(string name)
    {
        using var data = SKData.CreateCopy(Resource(name));
        return SKTypeface.FromData(data) ?? throw BreitbandException.Failed($"Die Schrift {name} ist nicht lesbar.", $"The font {name} cannot be read.");
    }

    /// <summary>
    /// The package keeps its fonts in one manifest resource: length of the index, then version and count, then per file its path, offset
    /// and size, then the files. It is read as data; no code of the package runs.
    /// </summary>
    static byte[] Resource(string name)
    {
        using var stream = typeof(Fonts).Assembly.GetManifestResourceStream("fonts")
            ?? throw BreitbandException.Failed("Die Schriften fehlen in dieser Installation.", "The fonts are missing from this installation.");
        using var assembly = new PEReader(stream);
        var metadata = assembly.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource).First(r => metadata.GetString(r.Name) == "!AvaloniaResources");
        var section = assembly.GetSectionData(assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        using var content = new MemoryStream([.. section.GetContent((int)resource.Offset + 4, BitConverter.ToInt32([.. section.GetContent((int)resource.Offset, 4)]))]);
        using var reader = new BinaryReader(content);
        var (index, _, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        for (var i = 0; i < count; i++)
        {
            var (path, offset, size) = (reader.ReadString(), reader.ReadInt32(), reader.ReadInt32());
            if (path != name)
                continue;
            content.Position = 4 + index + offset;
            return reader.ReadBytes(size);
        }
        throw BreitbandException.Failed($"Die Schrift {name} fehlt in dieser Installation.", $"The font {name} is missing from this installation.");
    }
}
