using System.Globalization;

namespace Breitband.Demo;

/// <summary>A file of the demonstration, in the order of import.</summary>
/// <param name="Edition">Day to give with <c>--edition</c> where the file does not say it.</param>
/// <param name="Ugly">Spoilt on purpose; its report is worth reading.</param>
public sealed record DemoFile(string Path, Phrase What, DateOnly? Edition = null, bool Ugly = false);

/// <summary>
/// A synthetic county below the real one: invented settlements, addresses, population and cells inside the real municipalities, calibrated so
/// that what is computed from them agrees with the published shares. Written in the suppliers' own formats; the same bytes every time.
/// </summary>
public static class SyntheticCounty
{
    /// <summary>What the synthetic addresses, settlements and registers claim to describe.</summary>
    static readonly DateOnly Described = new(2021, 6, 30);

    /// <param name="dataFolder">The shipped data: outlines, inhabitants, households, places and published shares.</param>
    /// <param name="outFolder">An existing folder; files of the same names are replaced.</param>
    /// <exception cref="BreitbandException">Failed when a file cannot be written.</exception>
    public static IReadOnlyList<DemoFile> Write(string dataFolder, string outFolder, Action<string>? progress)
    {
        progress?.Invoke("Siedlungen und Adressen");
        var grounds = Ground.Read(dataFolder);
        var towns = new Town[grounds.Count];
        Parallel.For(0, towns.Length, i => towns[i] = Town.Make(grounds[i]));
        try
        {
            return WriteFiles(towns, outFolder, progress);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BreitbandException.Failed($"In {outFolder} lässt sich nicht schreiben: {e.Message} Platz schaffen, Rechte prüfen oder einen anderen Ordner angeben: --out ORDNER",
                $"{outFolder} cannot be written: {e.Message} Make room, check permissions or name another folder: --out DIR", e);
        }
    }

    static IReadOnlyList<DemoFile> WriteFiles(IReadOnlyList<Town> towns, string folder, Action<string>? progress)
    {
        string At(string name) => Path.Combine(folder, name);
        progress?.Invoke("Adressen und Bevölkerung schreiben");
        TextFiles.Settlements(At("siedlungen.shp"), towns);
        TextFiles.Addresses(At("geoadr.txt"), towns);
        TextFiles.Population(At("Zensus2022_Bevoelkerungszahl_100m-Gitter.csv"), towns);
        progress?.Invoke("Versorgungsdaten schreiben");
        AtlasFile.Write(At("breitbandatlas_20210630.gpkg"), new(2021, 6, 30), towns.SelectMany(t => t.Cells(Targets.Published(t.Ground))));
        AtlasFile.Write(At("breitbandatlas_20231231.gpkg"), new(2023, 12, 31), towns.SelectMany(t => t.Cells(Targets.Published(t.Ground).WithFibre(t.FibreLater))));
        MeasureFile.Write(At("massnahmen.geojson"), towns);
        FacilityFile.Write(At("einrichtungen.geojson"), towns);
        RoadFile.Write(At("strassen.geojson"), towns);
        UglyArchive.Write(At("haesslich.zip"), towns);
        // The later edition of the coverage comes first: the last one imported is live, and that of 2021 agrees with the published shares.
        return
        [
            new(At("siedlungen.shp"), new("Siedlungen (Shapefile, CP1252 ohne .cpg)", "settlements (shapefile, CP1252 without .cpg)"), Described),
            new(At("geoadr.txt"), new("Adressen", "addresses"), Described),
            new(At("Zensus2022_Bevoelkerungszahl_100m-Gitter.csv"), new("Bevölkerungsraster", "population grid")),
            new(At("breitbandatlas_20231231.gpkg"), new("Versorgung Ende 2023, mit mehr Glasfaser", "coverage of the end of 2023, with more fibre")),
            new(At("breitbandatlas_20210630.gpkg"), new("Versorgung Mitte 2021, auf die veröffentlichten Anteile geeicht", "coverage of mid-2021, calibrated to the published shares")),
            new(At("einrichtungen.geojson"), new("Schulen, Krankenhäuser, Gewerbegebiete", "schools, hospitals, business parks"), Described),
            new(At("massnahmen.geojson"), new("Maßnahmen", "measures"), Described),
            new(At("strassen.geojson"), new("Straßen zur Orientierung", "roads to find one's way"), Described),
            new(At("haesslich.zip"), new("Versorgungsgebiete, absichtlich hässlich", "coverage areas, ugly on purpose"), Described, Ugly: true),
        ];
    }
}

/// <summary>A municipality with everything invented in it.</summary>
sealed record Town(Ground Ground, IReadOnlyList<Village> Villages, IReadOnlyList<House> Houses, IReadOnlyList<CensusCell> Census)
{
    readonly IReadOnlyList<double> weights = CensusCells.Weights(Houses, Census);

    /// <summary>Percent of households with fibre in the later edition.</summary>
    public double FibreLater => Math.Round(new Chance(Chance.Hash("fibre " + Ground.Ags)).Between(4, 62), 0);

    public static Town Make(Ground ground)
    {
        var villages = VillageMaker.Make(ground);
        var houses = HouseMaker.Make(ground, villages);
        return new(ground, villages, houses, CensusCells.Make(ground, houses));
    }

    public IEnumerable<AtlasCell> Cells(Targets targets) => AtlasCells.Make(Ground, Houses, weights, targets);

    public static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
