using System.CommandLine;
using Breitband.Analyse;
using Breitband.Demo;
using Breitband.Import;
using Breitband.Print;
using Breitband.Service.Text;
using Breitband.Store;
using Breitband.Tiles;

namespace Breitband.Service.Verbs;

/// <summary>The main job in one go, on the shipped data and a synthetic county below it.</summary>
sealed class DemoVerb : Verb
{
    readonly Option<string?> target;
    readonly Option<bool> serve;

    public DemoVerb(Language language) : base(language, "demo", new("alles einmal vorführen", "show everything once"), new(
        "Legt einen Ordner an, liest die mitgelieferten echten Daten und einen synthetischen Landkreis darunter ein, analysiert, vergleicht mit den\nveröffentlichten Anteilen und druckt Übersicht und ein Gemeindeblatt. Alles Erfundene heißt überall „Demonstrationsdaten“.\nEin vorhandener Speicher wird nie angefasst; eine frühere Vorführung im selben Ordner wird ersetzt.",
        "Makes a folder, reads the shipped real data and a synthetic county below it, analyses, compares with the published shares\nand prints the overview and one municipality sheet. Everything invented is called demonstration data everywhere.\nAn existing store is never touched; an earlier demonstration in the same folder is replaced."),
        "breitband demo", "breitband demo --out /tmp/breitband-demo", "breitband demo --serve")
    {
        target = Value("--out", In("ORDNER", "DIR"), "Ordner der Vorführung (sonst ./breitband-demo)", "folder of the demonstration (otherwise ./breitband-demo)");
        serve = Switch("--serve", "danach im Browser ansehen (breitband serve)", "then look at it in a browser (breitband serve)");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        if (session.StorePath != "breitband.gpkg")
            throw BreitbandException.WrongUse($"demo legt einen eigenen Speicher an und rührt {session.StorePath} nicht an. Statt --store: --out ORDNER",
                $"demo makes a store of its own and does not touch {session.StorePath}. Instead of --store: --out DIR");
        var folder = DemoFolder.Prepare(parsed.GetValue(target) ?? "breitband-demo");
        try
        {
            Make(folder, session);
        }
        catch (Exception)
        {
            folder.Clear();
            throw;
        }
        return parsed.GetValue(serve) ? ServeVerb.Serve(new(), folder.Store, session) : Outcome.Done;
    }

    static void Make(DemoFolder folder, Session session)
    {
        void Step(string de, string en) => session.Say($"– {de} …", $"– {en} …");
        Step("Synthetischen Landkreis erzeugen", "Making the synthetic county");
        var files = SyntheticCounty.Write(Installation.Data, folder.Path, what => session.Progress(what, 0, null));
        folder.WriteReadme(files);
        using var store = Breitband.Store.Store.Open(folder.Store, OpenMode.Create, "12069");
        Step("Echte und synthetische Daten einlesen", "Reading real and synthetic data");
        var reports = Import(store, files, session);
        Step("Analysieren", "Analysing");
        var result = GapEngine.RunAndSave(store, new AnalysisOptions(session.Profiles.Get(null), Basis.Atlas, MeasureChoice.Every, DateOnly.FromDateTime(DateTime.Today)));
        var probe = Probe.Run(store, result);
        Step("Kacheln der Karte bauen", "Building the map's tiles");
        PyramidBuilder.Build(store, folder.Tiles, Disclosure.Public);
        Step("Drucken", "Printing");
        var sheets = Print(store, result, folder, session);
        QgisProject.Write(folder.Store, folder.Project);
        session.ClearProgress();
        session.Out.Write(session.Json
            ? Json.Write(new { Folder = folder.Path, folder.Store, Sheets = sheets, result.Run, result.Synthetic, probe.LargestMunicipal, probe.LargestCounty, Files = files.Select(f => f.Path) }) + "\n"
            : DemoText.Of(folder, files, reports, result, probe, sheets, Later(store), session.Language));
    }

    /// <summary>The edition of the end of 2023, which waits behind the live one.</summary>
    static Edition Later(Breitband.Store.Store store) => store.Editions().Single(e => !e.Live && e.Dataset.Layer == Layer.CoverageCells.Name);

    static List<ImportReport> Import(Breitband.Store.Store store, IReadOnlyList<DemoFile> files, Session session)
    {
        var reports = new List<ImportReport>();
        var options = new ImportOptions { MappingsFolder = session.MappingsFolder, Progress = session.Progress };
        void Take(string[] paths, ImportOptions chosen) => reports.Add(Importer.Run(store, paths, chosen));
        string Shipped(params string[] parts) => Path.Combine([Installation.Data, .. parts]);
        Take([Shipped("vg250", "vg250_gemeinden_pm.geojson")], options with { Edition = new(2016, 1, 1) });
        Take([Shipped("gemeinden", "gemeinden_pm.csv"), Shipped("gemeinden", "household_size_pm.csv"), Shipped("breitbandatlas", "breitbandatlas_pm_2021.csv")], options);
        foreach (var file in files)
            Take([file.Path], options with { Synthetic = true, Edition = file.Edition });
        return reports;
    }

    static List<string> Print(Breitband.Store.Store store, GapResult result, DemoFolder folder, Session session)
    {
        var options = new PrintOptions { PrintDate = DateOnly.FromDateTime(DateTime.Today), Language = session.Language, Backdrop = Backdrop.Read(store) };
        return
        [
            .. OverviewSheet.Print(result, options, Path.Combine(folder.Path, "uebersicht.pdf")),
            .. MunicipalitySheet.Print(result, "12069020", PrintVerb.MeasureAreas(store, result), options with { Paper = Paper.Parse("A4") }, Path.Combine(folder.Path, "bad-belzig.pdf")),
        ];
    }
}
