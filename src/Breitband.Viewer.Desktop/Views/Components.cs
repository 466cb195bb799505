using System.Text.Json;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What the program is made of, as the list beside it says: packages asked for and those they bring along, each with its licence.</summary>
static class Components
{
    /// <summary>By the beginning of a package's name, the longest first.</summary>
    static readonly (string Begins, string Licence, string Holder)[] Licences =
    [
        ("Avalonia.Fonts.Inter", "MIT; Inter: OFL-1.1", "The AvaloniaUI Project; The Inter Project Authors"),
        ("Avalonia", "MIT", "The AvaloniaUI Project"), ("MicroCom", "MIT", "Nikita Tsukanov"), ("Tmds.DBus", "MIT", "Tom Deseyn"),
        ("Mapsui", "MIT", "The Mapsui authors"), ("BruTile", "Apache-2.0", "The BruTile authors"),
        ("SkiaSharp", "MIT; Skia: BSD-3-Clause", "Xamarin, Microsoft; Google"), ("HarfBuzzSharp", "MIT", "Microsoft; the HarfBuzz authors"),
        ("Svg.Custom", "MS-PL", "The SVG.NET authors"), ("Svg", "MIT", "Wiesław Šoltés"), ("ShimSkiaSharp", "MIT", "Wiesław Šoltés"), ("ExCSS", "MIT", "Tyler Brinks"), ("Topten.RichTextKit", "Apache-2.0", "Topten Software"),
        ("NetTopologySuite.IO.VectorTiles", "MIT", "NetTopologySuite team"), ("NetTopologySuite", "BSD-3-Clause", "NetTopologySuite team"), ("ProjNET", "LGPL-2.1", "Morten Nielsen, NetTopologySuite team"),
        ("protobuf-net", "Apache-2.0", "Marc Gravell"), ("Npgsql", "PostgreSQL", "The Npgsql development team"), ("Dapper", "Apache-2.0", "Stack Exchange"),
        ("SQLitePCLRaw", "Apache-2.0; SQLite: public domain", "SourceGear"), ("Sylvan", "MIT", "Mark Pflug"), ("Microsoft", "MIT", "Microsoft"), ("System", "MIT", "Microsoft"), ("runtime", "MIT", "Microsoft"),
    ];

    /// <summary>One line a package; those of the browser's map, which goes along in the folder, too.</summary>
    public static string Lines => string.Join('\n', [.. Packages().Select(p => $"{p.Name} {p.Version} · {Licence(p.Name)}"), $".NET, ASP.NET Core {Environment.Version} · MIT · Microsoft", .. Scripts()]);

    static IEnumerable<string> Scripts() => !File.Exists(ScriptTexts) ? []
        : ScriptLicences.Names(File.ReadAllText(ScriptTexts)).Select(s => $"{s} · {Tongue.Of("Karte im Browser", "map in the browser")}");

    static string Licence(string name) => Licences.FirstOrDefault(l => name.StartsWith(l.Begins, StringComparison.OrdinalIgnoreCase)) is { Begins: not null } known ? $"{known.Licence} · {known.Holder}" : Tongue.Of("Lizenz im Paket", "licence in the package");

    static IEnumerable<(string Name, string Version)> Packages()
    {
        var list = Path.Combine(AppContext.BaseDirectory, "breitband-viewer.deps.json");
        if (!File.Exists(list))
            return [];
        using var read = JsonDocument.Parse(File.ReadAllBytes(list));
        return [.. read.RootElement.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package")
            .Select(l => l.Name.Split('/')).Select(l => (l[0], l[1])).OrderBy(l => l.Item1, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The texts of the licences lie beside the program.</summary>
    public static IReadOnlyList<string> Texts => [.. (Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.txt") : []).Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal),
        .. File.Exists(ScriptTexts) ? [BrowserMap] : Array.Empty<string>()];

    public static string Text(string licence) => File.ReadAllText(licence == BrowserMap ? ScriptTexts : Path.Combine(Folder, licence + ".txt"));

    static string BrowserMap => Tongue.Of("Karte im Browser", "Map in the browser");

    static string ScriptTexts => Path.Combine(AppContext.BaseDirectory, "map", "licences.txt");

    static string Folder => Path.Combine(AppContext.BaseDirectory, "Assets", "Lizenzen");
}
