namespace Breitband.Viewer;

/// <summary>What lies in a drop: files, the shapefiles whose parts were dropped, the files in folders. What cannot be taken is named with the reason.</summary>
public static class DroppedFiles
{
    /// <summary>Of one folder; a whole disk dropped by mistake is not read through.</summary>
    const int Most = 200;

    /// <summary>Parts of a shapefile that travel with its .shp.</summary>
    static readonly string[] Beside = [".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".shp.xml"];

    /// <summary>What lies beside data on a desk and is none. Photographs are large: they are not sent to be refused.</summary>
    static readonly string[] Documents = [".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".msg", ".eml", ".jpg", ".jpeg", ".png", ".gif", ".heic", ".tif", ".tiff", ".mp4"];

    static readonly EnumerationOptions Through = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    public static IReadOnlyList<ImportFile> Of(IEnumerable<string> paths) => [.. paths.SelectMany(p => Directory.Exists(p) ? Folder(p) : [File(p)]).DistinctBy(f => f.Path)];

    /// <summary>
    /// The files and folders a pasted text names, one a line: as paths, in quotes as Windows copies them, or as file addresses. Other lines are no
    /// files; one that is a path of nothing is named too where others are files, so that nobody misses it.
    /// </summary>
    public static IReadOnlyList<string> Named(string text)
    {
        string[] paths = [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Trim('"')).Select(l => l.StartsWith("file:/", StringComparison.OrdinalIgnoreCase) ? Addressed(l) : l)
            .Where(Path.IsPathFullyQualified)];
        return paths.Any(Path.Exists) ? paths : [];
    }

    /// <summary>The path of a file address. Some programs leave out its two strokes, some name this machine in it, which would make a share of Windows of the path.</summary>
    static string Addressed(string line)
    {
        if (!Uri.TryCreate(line[5..].StartsWith("//", StringComparison.Ordinal) ? line : "file://" + line[5..], UriKind.Absolute, out var address))
            return line;
        var here = new[] { "localhost", Environment.MachineName }.Contains(address.Host, StringComparer.OrdinalIgnoreCase);
        return here ? new UriBuilder(address) { Host = "" }.Uri.LocalPath : address.LocalPath;
    }

    /// <summary>What is sent for a file: a shapefile with its parts.</summary>
    public static IEnumerable<string> Parts(string path) => !path.EndsWith(".shp", StringComparison.OrdinalIgnoreCase) ? [path]
        : Siblings(path[..^4]).Where(f => f == path || Part(f) is not null);

    static IEnumerable<ImportFile> Folder(string folder)
    {
        if (Database(folder) is { } database)
            return [database];
        try
        {
            var files = Directory.EnumerateFiles(folder, "*", Through).Take(Most + 1).ToList();
            return files.Count switch
            {
                0 => [ImportFile.Unfit(folder, Tongue.Of("In diesem Ordner liegt keine lesbare Datei.", "There is no readable file in this folder."))],
                > Most => [ImportFile.Unfit(folder, Tongue.Of($"In diesem Ordner liegen mehr als {Most} Dateien. Bitte die gemeinten auswählen.", $"There are more than {Most} files in this folder. Please choose those meant."))],
                _ => files.Select(File),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [ImportFile.Unfit(folder, Tongue.Of($"Der Ordner lässt sich nicht lesen: {SystemFault.Of(e).De}", $"The folder cannot be read: {SystemFault.Of(e).En}"))];
        }
    }

    static ImportFile File(string path) => Database(path) ?? Document(path) ?? Store(path) ?? (Part(path) is not { } name ? new(path)
        : Siblings(name).FirstOrDefault(f => f.Length == name.Length + 4 && f.EndsWith(".shp", StringComparison.OrdinalIgnoreCase)) is { } whole ? new(whole)
        : ImportFile.Unfit(path, Tongue.Of("Das ist ein Teil eines Shapefiles; die Datei .shp dazu fehlt daneben.", "This is a part of a shapefile; its .shp file is missing beside it.")));

    static ImportFile? Document(string path) => !Documents.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? null
        : ImportFile.Unfit(path, Tongue.Of("Das ist ein Schriftstück oder ein Bild. Gelesen werden Tabellen und Geodaten.", "This is a document or a picture. Tables and geodata are read."));

    static ImportFile? Store(string path) => !IsStore(path) ? null
        : ImportFile.Unfit(path, Tongue.Of("Das ist ein Breitband-Speicher und keine Lieferung: öffnen statt importieren.", "This is a Breitband store and no delivery: open it instead of importing it."));

    /// <summary>Whether a file is a store, which is opened and not imported. One that cannot be read now is treated as any other.</summary>
    public static bool IsStore(string path)
    {
        try
        {
            return path.EndsWith(".gpkg", StringComparison.OrdinalIgnoreCase) && System.IO.File.Exists(path) && Breitband.Store.GeoPackageExport.IsStore(path);
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A file geodatabase is a folder: dropped itself or with the folder around it.</summary>
    static ImportFile? Database(string path)
    {
        for (var folder = path.TrimEnd('/', '\\'); folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
            if (folder.EndsWith(".gdb", StringComparison.OrdinalIgnoreCase) && Directory.Exists(folder))
                return ImportFile.Unfit(folder, Tongue.Of($"Eine FileGDB wird nicht gelesen. Umwandeln mit: ogr2ogr \"{folder[..^4]}.gpkg\" \"{folder}\"", $"A FileGDB is not read. Convert it with: ogr2ogr \"{folder[..^4]}.gpkg\" \"{folder}\""));
        return null;
    }

    /// <summary>The path without the ending of a part; null for what is none.</summary>
    static string? Part(string path) => Beside.FirstOrDefault(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending ? path[..^ending.Length] : null;

    static IEnumerable<string> Siblings(string name) => Path.GetDirectoryName(name) is { } folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, Path.GetFileName(name) + ".*") : [];
}
