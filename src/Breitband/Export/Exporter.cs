namespace Breitband.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Renamed">Fields whose name the format cannot hold (shapefile: 10 characters), and what they are called.</param>
public sealed record Written(string File, long Rows, int Crs, string Licence, IReadOnlyList<string> Files, IReadOnlyList<(string Field, string Name)> Renamed);

/// <summary>A collection ready to be written: columns, rows in <see cref="Crs.Stored"/>, and what its reader must be told.</summary>
public sealed record Collection(string Name, Layer Layer, IReadOnlyList<Field> Columns, IEnumerable<Row> Rows, string Licence);

/// <summary>The verb <c>export</c>: a layer, a dataset or a result out, with its licence text.</summary>
public static class Exporter
{
    /// <param name="crs">EPSG code of the output; null for the format's own: GeoJSON 4326 (RFC 7946), anything else 25833.</param>
    /// <param name="allowed">The highest disclosure class that may leave.</param>
    public static Written Run(Store.Store store, string name, string path, int? crs, Disclosure allowed)
    {
        var format = Path.GetExtension(path).ToLowerInvariant();
        if (format is not (".gpkg" or ".shp" or ".geojson" or ".json" or ".csv"))
            throw BreitbandException.WrongUse($"{path}: Diese Form kann Breitband nicht schreiben. Möglich: .gpkg, .shp, .geojson, .csv", $"{path}: Breitband cannot write this format. Possible: .gpkg, .shp, .geojson, .csv");
        if (Path.GetFullPath(path) == Path.GetFullPath(store.Location))
            throw BreitbandException.WrongUse($"{path} ist der Speicher selbst; bitte eine andere Datei nennen.", $"{path} is the store itself; please name another file.");
        var collection = Collections.Find(store, name, allowed);
        var target = crs ?? (format is ".geojson" or ".json" ? Crs.Geographic : Crs.Stored);
        var rows = collection.Rows.Select(r => r.Geometry is null ? r : r with { Geometry = Crs.Transform(r.Geometry, Crs.Stored, target) });
        var ready = collection with { Rows = rows };
        return Atomically(path, format, temporary => format switch
        {
            ".gpkg" => Plain(path, collection, target, GeoPackage(temporary, ready, target)),
            ".shp" => ShapefileWriter.Write(temporary, path, ready, target),
            ".csv" => Plain(path, collection, target, CsvWriter.Write(temporary, ready)),
            _ => Plain(path, collection, target, GeoJsonWriter.Write(temporary, ready, target, crs is not null)),
        });
    }

    static Written Plain(string path, Collection collection, int crs, long rows) => new(path, rows, crs, collection.Licence, [path], []);

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
        var work = Directory.CreateDirectory(Path.Combine(folder, $".breitband-{Guid.NewGuid():N}"));
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

    /// <summary>The licence travels beside formats that cannot hold it.</summary>
    static string LicenceFile(string path) => Path.ChangeExtension(path, null) + "_LIZENZ.txt";
}
