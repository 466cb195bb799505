namespace Breitband.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Notes">What is not in the file although the collection has it: nothing is left out in silence.</param>
/// <param name="Renamed">Fields whose name the format cannot hold (shapefile: 10 characters), and what they are called.</param>
public sealed record Written(string File, long Rows, int Crs, string Licence, IReadOnlyList<string> Files, IReadOnlyList<(string Field, string Name)> Renamed, IReadOnlyList<Phrase> Notes);

/// <summary>A collection ready to be written: columns, rows in <see cref="Crs.Stored"/>, and what its reader must be told.</summary>
public sealed record Collection(string Name, Layer Layer, IReadOnlyList<Field> Columns, IEnumerable<Row> Rows, string Licence, IReadOnlyList<Phrase> Notes);

/// <summary>The verb <c>export</c>: a layer, a dataset or a result out, with its licence text.</summary>
public static class Exporter
{
    /// <param name="crs">EPSG code of the output; null for the format's own: GeoJSON 4326 (RFC 7946), anything else 25833.</param>
    /// <param name="allowed">The highest disclosure class that may leave.</param>
    public static Written Run(Store.Store store, string name, string path, int? crs, Disclosure allowed, CancellationToken cancelled = default)
    {
        var format = Path.GetExtension(path).ToLowerInvariant();
        if (format is not (".gpkg" or ".shp" or ".geojson" or ".json" or ".csv"))
            throw BreitbandException.WrongUse($"{path}: Diese Form kann Breitband nicht schreiben. Möglich: .gpkg, .shp, .geojson, .csv", $"{path}: Breitband cannot write this format. Possible: .gpkg, .shp, .geojson, .csv");
        if (Path.GetFullPath(path) == Path.GetFullPath(store.Location))
            throw BreitbandException.WrongUse($"{path} ist der Speicher selbst; bitte eine andere Datei nennen.", $"{path} is the store itself; please name another file.");
        var collection = Collections.Find(store, name, allowed);
        var target = crs ?? (format is ".geojson" or ".json" ? Crs.Geographic : Crs.Stored);
        var rows = collection.Rows.Select(r =>
        {
            cancelled.ThrowIfCancellationRequested();
            return r.Geometry is null ? r : r with { Geometry = Crs.Transform(r.Geometry, Crs.Stored, target) };
        });
        var ready = collection with { Rows = rows };
        return Atomically(path, format, temporary => format switch
        {
            ".gpkg" => Plain(path, collection, target, GeoPackage(temporary, ready, target)),
            ".shp" => ShapefileWriter.Write(temporary, path, ready, target),
            ".csv" => Plain(path, collection, target, CsvWriter.Write(temporary, ready)),
            _ => Plain(path, collection, target, GeoJsonWriter.Write(temporary, ready, target, crs is not null)),
        });
    }

    static Written Plain(string path, Collection collection, int crs, long rows) => new(path, rows, crs, collection.Licence, [path], [], collection.Notes);

    static long GeoPackage(string path, Collection collection, int crs) =>
        Store.GeoPackageExport.Write(path, collection.Layer.Name, collection.Layer, collection.Columns, collection.Rows, collection.Licence, crs);

    /// <summary>Written beside the target under another name and moved when whole: a target that was there before stays until then.</summary>
    static Written Atomically(string path, string format, Func<string, Written> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw BreitbandException.Refused($"Den Ordner {folder} gibt es nicht.", $"There is no folder {folder}.");
        if (Directory.Exists(path))
            throw BreitbandException.Refused($"{path} ist ein Ordner.", $"{path} is a folder.");
        RequireReplaceable(path, format);
        var work = WorkFolder(folder);
        try
        {
            var written = write(Path.Combine(work.FullName, Path.GetFileName(path)));
            if (format != ".gpkg")
                File.WriteAllText(Path.Combine(work.FullName, Path.GetFileName(LicenceFile(path))), written.Licence + "\n");
            foreach (var file in work.GetFiles())
                file.MoveTo(Path.Combine(folder, file.Name), overwrite: true);
            return written;
        }
        finally
        {
            work.Delete(true);
        }
    }

    static DirectoryInfo WorkFolder(string folder)
    {
        try
        {
            return Directory.CreateDirectory(Path.Combine(folder, $".breitband-{Guid.NewGuid():N}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"In den Ordner {folder} lässt sich nicht schreiben. Rechte prüfen oder einen anderen Ort angeben: --out PFAD",
                $"The folder {folder} cannot be written to. Check permissions or name another place: --out PATH", e);
        }
    }

    /// <summary>An existing file is replaced, but never another store with its history, nor a file that we may not write or that somebody holds.</summary>
    static void RequireReplaceable(string path, string format)
    {
        if (!File.Exists(path))
            return;
        if (format == ".gpkg" && Store.GeoPackageExport.IsStore(path))
            throw BreitbandException.Refused($"{path} ist ein Breitband-Speicher und wird nicht überschrieben; bitte eine andere Datei nennen.",
                $"{path} is a Breitband store and is not overwritten; please name another file.");
        try
        {
            File.Open(path, FileMode.Open, FileAccess.Write).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"{path} lässt sich nicht ersetzen ({e.Message}). Schließen, freigeben oder eine andere Datei nennen.",
                $"{path} cannot be replaced ({e.Message}). Close it, unlock it or name another file.", e);
        }
    }

    /// <summary>The licence travels beside formats that cannot hold it.</summary>
    static string LicenceFile(string path) => Path.ChangeExtension(path, null) + "_LIZENZ.txt";
}
