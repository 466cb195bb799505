using Breitband.Demo;

namespace Breitband.Service;

/// <summary>
/// The folder of a demonstration. It is new, empty, or an earlier demonstration's, which a marker names: then exactly the files that one made
/// are replaced. Anything else in it is somebody's work.
/// </summary>
sealed class DemoFolder
{
    const string Marker = ".breitband-demo", StoreName = "breitband.gpkg", ProjectName = "breitband.qgz", TilesName = "breitband.mbtiles", Readme = "LIESMICH.txt";

    static readonly string[] Own =
    [
        Marker, StoreName, ProjectName, TilesName, TilesName + ".tmp", "breitband-intern.mbtiles", "breitband-vertraulich.mbtiles", StoreName + ".audit.jsonl", Readme, "siedlungen.shp", "siedlungen.shx", "siedlungen.dbf", "siedlungen.prj", "geoadr.txt", "Zensus2022_Bevoelkerungszahl_100m-Gitter.csv",
        "breitbandatlas_20210630.gpkg", "breitbandatlas_20231231.gpkg", "massnahmen.geojson", "einrichtungen.geojson", "strassen.geojson", "haesslich.zip", "uebersicht.pdf", "bad-belzig.pdf",
        // What an interrupted run or an open QGIS leaves beside them.
        "siedlungen.cpg", "siedlungen.qix", "uebersicht.pdf.tmp", "bad-belzig.pdf.tmp", StoreName + "-journal", StoreName + "-wal", StoreName + "-shm",
        "breitbandatlas_20210630.gpkg-journal", "breitbandatlas_20231231.gpkg-journal", "breitbandatlas_20210630.gpkg-wal", "breitbandatlas_20231231.gpkg-wal",
        "breitbandatlas_20210630.gpkg-shm", "breitbandatlas_20231231.gpkg-shm",
    ];

    DemoFolder(string path) => Path = path;

    public string Path { get; }

    public string Store => System.IO.Path.Combine(Path, StoreName);

    public string Tiles => System.IO.Path.Combine(Path, TilesName);

    public string Project => System.IO.Path.Combine(Path, ProjectName);

    /// <exception cref="BreitbandException">Refused when the folder holds foreign files, Failed when it cannot be written.</exception>
    public static DemoFolder Prepare(string path)
    {
        if (File.Exists(path))
            throw BreitbandException.Refused($"{path} ist eine Datei. Einen Ordner angeben: --out ORDNER", $"{path} is a file. Name a folder: --out DIR");
        try
        {
            Directory.CreateDirectory(path);
            var there = Directory.EnumerateFileSystemEntries(path).Select(e => System.IO.Path.GetFileName(e)).Order(StringComparer.Ordinal).ToList();
            var foreign = there.Contains(Marker) ? [.. there.Except(Own)] : there;
            if (foreign.Count > 0)
                throw Foreign(path, foreign);
            var folder = new DemoFolder(path);
            folder.Clear();
            File.WriteAllText(System.IO.Path.Combine(path, Marker), "Dieser Ordner gehört „breitband demo“ und wird beim nächsten Lauf ersetzt.\n");
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"In {path} lässt sich nicht schreiben: {e.Message} Einen anderen Ordner angeben: --out ORDNER",
                $"{path} cannot be written: {e.Message} Name another folder: --out DIR", e);
        }
    }

    /// <summary>Removes what a demonstration made: half of one is worth nothing, and on a full disk its room is needed.</summary>
    public void Clear()
    {
        foreach (var name in Own)
            File.Delete(System.IO.Path.Combine(Path, name));
    }

    static BreitbandException Foreign(string path, List<string> names)
    {
        var listed = string.Join(", ", names.Take(5)) + (names.Count > 5 ? ", …" : "");
        return BreitbandException.Refused(
            $"{path} enthält Dateien, die nicht von „breitband demo“ stammen: {listed}. Nichts wurde geändert. Einen anderen Ordner angeben: --out ORDNER",
            $"{path} holds files that are not from \"breitband demo\": {listed}. Nothing was changed. Name another folder: --out DIR");
    }

    public void WriteReadme(IReadOnlyList<DemoFile> files) => File.WriteAllText(System.IO.Path.Combine(Path, Readme), $"""
        Breitband: Demonstrationsdaten
        ==============================

        Alle Siedlungen, Adressen, Einwohner je Zelle, Maßnahmen und Einrichtungen in diesem Ordner sind erfunden. Echt sind die Gemeindegrenzen,
        die Namen der Hauptorte, die Einwohnerzahlen der Gemeinden und die veröffentlichten Versorgungsanteile von Mitte 2021; die Zellen sind so
        geeicht, dass Breitband aus ihnen je Gemeinde diese Anteile errechnet. Postleitzahlen fehlen mit Absicht.

        {string.Join("\n", files.Select(f => $"{System.IO.Path.GetFileName(f.Path),-46} {f.What.De}{(f.Edition is { } day ? $" (--edition {day:yyyy-MM-dd})" : "")}"))}
        {StoreName,-46} der Speicher
        {ProjectName,-46} QGIS-Projekt dazu, mit Legende und deutschen Namen
        {TilesName,-46} Vektorkacheln der Karte (breitband serve, dann /map)
        uebersicht.pdf, bad-belzig.pdf                 gedruckte Blätter

        Die Dateien haben die Formate der echten Lieferanten und lassen sich mit „breitband import“ auch einzeln einlesen.

        """);
}
