using System.IO.Compression;

namespace Breitband.Import;

/// <summary>A file opened for import: its tables, and what must be tidied up after it.</summary>
public sealed class OpenedFile(IReadOnlyList<Source> sources, string? folder) : IDisposable
{
    public IReadOnlyList<Source> Sources => sources;

    public void Dispose()
    {
        foreach (var source in sources)
            source.Dispose();
        if (folder != null)
            Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Finds the reader for a path by its extension.</summary>
public static class Sources
{
    const int MaxEntries = 2000;
    const long MaxUnpacked = 16L << 30;
    const long MaxRatio = 300;
    static readonly string[] Readable = [".shp", ".gpkg", ".geojson", ".json", ".geojsonl", ".ndjson", ".csv", ".txt", ".tsv"];

    /// <param name="knownColumns">Column names mappings know, as <see cref="CsvDialect.Plain"/> writes them; they find the header row of a CSV.</param>
    public static OpenedFile Open(string path, string? encoding, IReadOnlySet<string> knownColumns)
    {
        if (Directory.Exists(path) && !path.TrimEnd('/', '\\').EndsWith(".gdb", StringComparison.OrdinalIgnoreCase))
            throw BreitbandException.Refused($"{path} ist ein Ordner. Bitte die Dateien darin nennen.", $"{path} is a folder. Please name the files in it.");
        if (!File.Exists(path) && !Directory.Exists(path))
            throw BreitbandException.Refused($"{path} gibt es nicht.{Near(path, "Meinten Sie")}", $"{path} does not exist.{Near(path, "Did you mean")}");
        try
        {
            return Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase)
                ? Zip(path, encoding, knownColumns)
                : new(Plain(path, path, encoding, knownColumns), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw BreitbandException.Refused($"{path} lässt sich nicht lesen: {e.Message}", $"{path} cannot be read: {e.Message}", e);
        }
    }

    static string Near(string path, string ask)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var near = Directory.Exists(folder) ? Suggest.Near(Path.GetFileName(path), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f))).Take(3).ToList() : [];
        return near.Count == 0 ? "" : $" {ask} {string.Join(", ", near)}?";
    }

    static IReadOnlyList<Source> Plain(string path, string display, string? encoding, IReadOnlySet<string> known)
    {
        if (File.Exists(path) && new FileInfo(path).Length == 0)
            throw BreitbandException.Refused($"{display}: Die Datei ist leer.", $"{display}: the file is empty.");
        return Path.GetExtension(path.TrimEnd('/', '\\')).ToLowerInvariant() switch
        {
            ".shp" => [new ShapefileSource(path, display, encoding)],
            ".gpkg" => GeoPackageSource.Open(path, display),
            ".geojson" or ".json" or ".geojsonl" or ".ndjson" => [new GeoJsonSource(path, display)],
            ".csv" or ".txt" or ".tsv" => [new CsvSource(path, display, encoding, known)],
            ".dbf" or ".shx" or ".prj" or ".cpg" => throw BreitbandException.Refused(
                $"{display} ist Teil eines Shapefiles. Bitte die .shp-Datei nennen.", $"{display} is a part of a shapefile. Please name the .shp file."),
            ".xlsx" or ".xls" or ".ods" => throw Unread(display, "CSV", "csv"),
            var other => throw Unread(display, "GeoPackage", "gpkg", other is ".dxf" or ".dwg" ? " -a_srs EPSG:25833" : ""),
        };
    }

    static BreitbandException Unread(string file, string format, string extension, string more = "")
    {
        var driver = format == "CSV" ? "CSV" : "GPKG";
        var name = Path.GetFileNameWithoutExtension(file.TrimEnd('/', '\\'));
        var line = $"ogr2ogr -f {driver}{more} \"{name}.{extension}\" \"{file}\"";
        return BreitbandException.Refused(
            $"{file}: Dieses Format liest Breitband nicht. Bitte vorher umwandeln: {line}",
            $"{file}: Breitband does not read this format. Please convert it first: {line}");
    }

    static OpenedFile Zip(string path, string? encoding, IReadOnlySet<string> known)
    {
        var folder = Directory.CreateTempSubdirectory("breitband-").FullName;
        var sources = new List<Source>();
        try
        {
            Unpack(path, folder);
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                if (Readable.Contains(Path.GetExtension(file).ToLowerInvariant()))
                    sources.AddRange(Plain(file, $"{path}/{Path.GetRelativePath(folder, file)}", encoding, known));
            if (sources.Count == 0)
                throw BreitbandException.Refused(
                    $"{path}: Das Archiv enthält keine lesbare Datei (gesucht: {string.Join(", ", Readable)}).",
                    $"{path}: the archive has no readable file (looked for: {string.Join(", ", Readable)}).");
            return new(sources, folder);
        }
        catch
        {
            new OpenedFile(sources, folder).Dispose();
            throw;
        }
    }

    /// <summary>Unpacks with every size counted as it is written: what the archive's directory says may be a lie.</summary>
    static void Unpack(string path, string folder)
    {
        using var archive = ZipFile.OpenRead(path);
        if (archive.Entries.Count > MaxEntries)
            throw Hostile(path, $"es enthält mehr als {MaxEntries} Dateien", $"it has more than {MaxEntries} files");
        var limit = Math.Min(MaxUnpacked, Math.Max(64L << 20, MaxRatio * new FileInfo(path).Length));
        var buffer = new byte[1 << 17];
        foreach (var entry in archive.Entries.Where(e => e.Name.Length > 0))
        {
            var name = entry.FullName.Replace('\\', '/');
            if (name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/').Contains(".."))
                throw Hostile(path, $"der Eintrag „{name}“ zeigt aus dem Archiv hinaus", $"the entry \"{name}\" points out of the archive");
            var target = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var from = entry.Open();
            using var to = File.Create(target);
            for (int read; (read = from.Read(buffer)) > 0; to.Write(buffer, 0, read))
                if ((limit -= read) < 0)
                    throw Hostile(path, "es wird beim Auspacken unverhältnismäßig groß", "it grows out of all proportion when unpacked");
        }
    }

    static BreitbandException Hostile(string path, string de, string en) => BreitbandException.Refused(
        $"{path}: Das Archiv wird nicht ausgepackt, {de}. Bitte selbst auspacken und die Dateien einzeln nennen.",
        $"{path}: the archive is not unpacked, {en}. Please unpack it yourself and name the files.");
}
