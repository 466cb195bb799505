using System.Globalization;
using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Files dropped on the window: each is looked at on its own, and none holds up the others.</summary>
public sealed class ImportModelTests(Served served) : IClassFixture<Served>, IDisposable
{
    readonly ServiceClient service = new(new Uri(served.Root), "editor");
    readonly TemporaryFolder folder = new();
    readonly Work work = new();

    ImportModel Model(List<int>? imported = null) => new(service, work, TimeProvider.System, numbers => imported?.AddRange(numbers));

    public void Dispose()
    {
        service.Dispose();
        folder.Dispose();
    }

    string Write(string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    string Census(string name, int inhabitants) => Write(name, $"GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner\n{Village100m};0;0;{inhabitants}\n");

    /// <summary>A cell of the census grid in the village.</summary>
    static string Village100m
    {
        get
        {
            var (x, y) = Crs.Transform(Crs.Stored, Crs.CensusGrid)(Breitband.Tests.Analyse.Village.X0 + 250, Breitband.Tests.Analyse.Village.Y0 + 250);
            return string.Create(CultureInfo.InvariantCulture, $"CRS3035RES100mN{Math.Floor(y / 100) * 100:0}E{Math.Floor(x / 100) * 100:0}");
        }
    }

    [Fact]
    public async Task Forty_mixed_files_are_looked_at_and_nothing_is_changed()
    {
        var imported = new List<int>();
        var model = Model(imported);
        var drop = Enumerable.Range(0, 40).Select(i => (i % 4) switch
        {
            0 => Census($"Zensus2022_{i}.csv", i + 1),
            1 => Write($"plan_{i}.dxf", "0\nSECTION\n"),
            2 => Write($"brief_{i}.txt", "Sehr geehrte Damen und Herren,"),
            _ => Write($"teil_{i}.dbf", "gehört zu einem Shapefile, das nicht dabei ist"),
        }).ToList();
        await model.Look(drop);
        Assert.Equal(40, model.Files.Count);
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".dbf", StringComparison.Ordinal)), f => Assert.Contains(".shp", f.Fault, StringComparison.Ordinal));
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".csv", StringComparison.Ordinal)), f => Assert.True(f.Fits, f.Fault));
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".dxf", StringComparison.Ordinal)), f => Assert.Contains("ogr2ogr", f.Fault, StringComparison.Ordinal));
        Assert.All(model.Files.Where(f => f.Name.EndsWith(".txt", StringComparison.Ordinal)), f => Assert.NotEqual("", f.Fault));
        Assert.True(model.CanStart);
        Assert.Empty(imported);
    }

    [Fact]
    public async Task A_look_warns_of_an_older_edition_and_an_import_can_be_taken_back()
    {
        var told = new List<int>();
        var model = Model(told);
        await model.Look([Census("Zensus2022_neu.csv", 7)]);
        await model.Start();
        var before = await Live();
        var older = Model(told);
        await older.Look([Census("Zensus2022_alt.csv", 9)]);
        var file = older.Files.Single();
        Assert.Contains("Ersetzt „Bevölkerung (Raster)", file.Warning, StringComparison.Ordinal);
        Assert.DoesNotContain("Achtung", file.Warning, StringComparison.Ordinal);
        Assert.False(file.CanUndo);
        (file.Fits, file.Edition) = (false, "2011-05-09");
        await older.Again();
        Assert.Contains("älter", file.Warning, StringComparison.Ordinal);
        await older.Start();
        Assert.True(file.CanUndo, file.Fault);
        Assert.NotEqual(before, await Live());
        await older.Undo(file);
        Assert.Equal("", file.Fault);
        Assert.Equal(before, await Live());
        Assert.False(file.CanUndo);

        async Task<string> Live() => string.Join(',', (await service.Get("/editions", TestContext.Current.CancellationToken)).AsArray().Where(e => (bool)e!["live"]!).Select(e => (int)e!["number"]!).Order());
    }

    [Fact]
    public async Task A_pasted_list_of_every_kind_of_file_says_of_each_what_it_is_or_why_it_is_not_taken()
    {
        var imported = new List<int>();
        var model = Model(imported);
        var pasted = Mixed();
        Assert.Equal(40, pasted.Count);
        await model.Look(DroppedFiles.Named(string.Join('\n', pasted)));
        Assert.Equal(38, model.Files.Count); // three parts are one shapefile, the store was named twice, of a folder its two files are told
        Assert.All(model.Files, f => Assert.True(f.Fits ? f.Recognised.Length > 0 : f.Fault.Length > 0, f.Name));
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => $"Zensus2022_{i}.csv"), "Zensus2022_Ordner.csv"], model.Files.Where(f => f.Fits).Select(f => f.Name));
        foreach (var (name, why) in new[] { ("bescheid_0.pdf", "Schriftstück"), ("foto_3.jpg", "Bild"), ("brief_1.txt", "Keine Zuordnung"), ("tabelle.xlsx", "ogr2ogr -f CSV"), ("leer.csv", "leer"), ("kaputt.zip", "lässt sich nicht lesen"), ("kein.gpkg", "GeoPackage"), ("plan.dxf", "ogr2ogr"), ("halb.geojson", "abgeschnitten"), ("wege.shp", "kein Shapefile"), ("verwaist.shx", ".shp"), ("leer", "Ordner"), ("netz.gdb", "FileGDB"), ("dorf.gpkg", "Breitband-Speicher"), ("verschwunden.csv", "gibt es hier nicht") })
            Assert.Contains(why, model.Files.Single(f => f.Name == name).Fault, StringComparison.Ordinal);
        Assert.Equal("38 Dateien · 11 erkannt · 14 nicht erkannt · 13 nicht lesbar", model.Summary);
        Assert.Empty(imported);
        await model.Start();
        Assert.All(model.Files.Where(f => f.Fits), f => Assert.True(f.Imported, f.Fault));
        Assert.Equal(11, imported.Count);
        Assert.StartsWith("38 Dateien · 11 im Speicher", model.Summary, StringComparison.Ordinal);
        Assert.True(model.CanRetry); // the rest waits for answers
    }

    /// <summary>Forty files and folders as they lie on a planner's desk, and one that is there no longer.</summary>
    List<string> Mixed()
    {
        string Raw(string name, params byte[] bytes)
        {
            File.WriteAllBytes(folder.File(name), bytes);
            return folder.File(name);
        }

        Directory.CreateDirectory(folder.File("Ordner/tief"));
        Directory.CreateDirectory(folder.File("leer"));
        Directory.CreateDirectory(folder.File("netz.gdb"));
        Write("netz.gdb/a00000001.gdbtable", "x");
        Census("Ordner/tief/Zensus2022_Ordner.csv", 3);
        Write("Ordner/lies.mich.txt", "Anbei die Daten.");
        List<string> paths =
        [
            .. Enumerable.Range(0, 10).Select(i => Census($"Zensus2022_{i}.csv", i + 1)),
            .. Enumerable.Range(0, 4).Select(i => Write($"bescheid_{i}.pdf", "%PDF-1.7\n")),
            .. Enumerable.Range(0, 4).Select(i => Write($"brief_{i}.txt", "Sehr geehrte Damen und Herren,")),
            .. Enumerable.Range(0, 4).Select(i => Raw($"foto_{i}.jpg", 0xff, 0xd8, 0xff, 0xe0)),
            Raw("tabelle.xlsx", 0x50, 0x4b, 3, 4, 0), Raw("leer.csv"), Raw("kaputt.zip", 0x50, 0x4b, 3, 4), Raw("kaputt.gpkg", [.. "SQLite format 3\0"u8]), Write("kein.gpkg", "x"),
            served.Location, served.Location, Write("plan.dxf", "0\nSECTION\n"), Write("halb.geojson", "{\"type\":\"FeatureCollection\",\"features\":["),
            Write("wege.shp", "kein Shapefile"), Write("wege.dbf", ""), Write("wege.prj", ""), Write("verwaist.dbf", ""), Write("verwaist.shx", ""),
            folder.File("Ordner"), folder.File("leer"), folder.File("netz.gdb"), folder.File("verschwunden.csv"),
        ];
        return paths;
    }

    [Fact]
    public async Task What_was_recognised_is_imported_and_reported()
    {
        var imported = new List<int>();
        var model = Model(imported);
        await model.Look([Census("Zensus2022_neu.csv", 12)]);
        var file = Assert.Single(model.Files);
        Assert.Contains("zensus2022-bevoelkerung", file.Recognised, StringComparison.Ordinal);
        Assert.Contains("EPSG:3035", file.Recognised, StringComparison.Ordinal);
        Assert.Contains($"Kennung: {Village100m}", Assert.Single(file.FirstRows), StringComparison.Ordinal);
        await model.Start();
        Assert.Equal("importiert", file.State);
        Assert.Contains("1 gespeichert", file.Report, StringComparison.Ordinal);
        Assert.Single(imported);
        Assert.False(model.CanStart); // it is in
    }

    [Fact]
    public async Task Numbers_and_days_of_the_first_rows_are_those_of_the_window_s_language()
    {
        var model = Model([]);
        await model.Look([Write("massnahmen_20250630.geojson", """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"Z1","titel":"Probe","stand":"Bau","down":1000.5,"up":500,"inbetriebnahme":"2029-06-30"},
            "geometry":{"type":"Polygon","coordinates":[[[12.657,52.238],[12.659,52.238],[12.659,52.239],[12.657,52.238]]]}}]}
            """)]);
        var file = Assert.Single(model.Files);
        var row = Assert.Single(file.FirstRows);
        Assert.Contains("Download (Mbit/s): 1.000,5 ", row, StringComparison.Ordinal);
        Assert.Contains("30.06.2029", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_file_asks_is_asked_in_the_window_s_words()
    {
        var model = Model();
        await model.Look([Write("brief.txt", "Sehr geehrte Damen und Herren,")]);
        var unknown = Assert.Single(model.Files);
        Assert.Contains("das Feld „Zuordnung“", unknown.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("mapping NAME", unknown.Fault, StringComparison.Ordinal);
        Assert.Contains(unknown.Layers, l => l.Code == "settlements");
    }

    [Fact]
    public async Task A_file_that_lacks_its_date_asks_for_it_and_goes_on_with_it()
    {
        var model = Model();
        await model.Look([Write("schulen.csv", "id;name;art;x;y;ags\nS1;Grundschule;Schule;340010;5790010;12069017\n")]);
        var file = Assert.Single(model.Files);
        Assert.True(file.Asks);
        Assert.False(model.CanStart);
        (file.Edition, file.Crs) = ("2026-01-31", "25833");
        await model.Again();
        Assert.True(file.Fits, file.Fault);
    }

    [Fact]
    public async Task Stopped_after_the_first_file_an_import_tells_what_is_in_and_can_go_on()
    {
        await using var line = await Line.To(served.Root);
        using var through = new ServiceClient(new Uri(line.Address), "editor");
        var imported = new List<int>();
        var model = new ImportModel(through, work, TimeProvider.System, imported.AddRange);
        await model.Look([Census("Zensus2022_a.csv", 21), Census("Zensus2022_b.csv", 22), Census("Zensus2022_c.csv", 23)]);
        Assert.All(model.Files, f => Assert.True(f.Fits, f.Fault));
        var starts = 0;
        line.Before = context =>
        {
            if (context.Request.Method == "POST" && ++starts == 2)
            {
                model.Cancel();
                context.Response.StatusCode = 503;
            }
            return Task.CompletedTask;
        };
        await model.Start();
        Assert.Single(imported);
        Assert.Equal(("importiert", "abgebrochen"), (model.Files[0].State, model.Files[2].State));
        Assert.True(model.CanStart);
        Assert.False(model.Running);
        line.Before = null;
        await model.Start();
        Assert.Equal("importiert", model.Files[2].State);
        Assert.Equal(1, line.Asked.Count(a => a.StartsWith("POST", StringComparison.Ordinal)) - starts - 3); // the first was not sent again
    }

    [Fact]
    public async Task What_is_stopped_when_the_service_has_it_whole_is_told_as_the_service_ended_it()
    {
        await using var line = await Line.To(served.Root);
        using var through = new ServiceClient(new Uri(line.Address), "editor");
        var imported = new List<int>();
        var model = new ImportModel(through, work, TimeProvider.System, imported.AddRange);
        await model.Look([Census("Zensus2022_f.csv", 31)]);
        line.Before = context =>
        {
            if (context.Request.Method == "POST")
                model.Cancel();
            return Task.CompletedTask;
        };
        await model.Start();
        var job = (await served.Json("/imports", "editor"))[0];
        var isIn = !job.GetProperty("dry_run").GetBoolean() && job.GetProperty("state").GetString() == "done";
        Assert.Equal(isIn ? "importiert" : "abgebrochen", Assert.Single(model.Files).State);
        Assert.Equal(isIn, imported.Count == 1);
    }

    [Fact]
    public async Task A_stopped_look_can_be_taken_up_again()
    {
        var model = Model();
        work.PropertyChanged += Stop;
        await model.Look([Census("Zensus2022_g.csv", 5)]);
        Assert.False(model.CanStart);
        Assert.True(model.CanRetry);
        work.PropertyChanged -= Stop;
        await model.Again();
        Assert.True(model.CanStart);

        void Stop(object? sender, System.ComponentModel.PropertyChangedEventArgs e)
        {
            if (work.Running)
                work.Cancel();
        }
    }

    [Fact]
    public async Task A_service_that_goes_away_for_a_moment_does_not_end_the_import_it_works_on()
    {
        await using var line = await Line.To(served.Root);
        using var through = new ServiceClient(new Uri(line.Address), "editor");
        var (time, imported) = (new ManualTime(), new List<int>());
        var model = new ImportModel(through, work, time, imported.AddRange);
        var looked = model.Look([Census("Zensus2022_d.csv", 6)]);
        await time.Until(() => looked.IsCompleted);
        line.Before = context =>
        {
            line.Cut = context.Request.Method == "GET";
            return Task.CompletedTask;
        };
        var started = model.Start();
        await time.Until(() => work.Text.Contains("antwortet nicht", StringComparison.Ordinal));
        (line.Before, line.Cut) = (null, false);
        await time.Until(() => started.IsCompleted);
        Assert.Equal("importiert", Assert.Single(model.Files).State);
        Assert.Single(imported);
    }

    [Fact]
    public async Task A_folder_is_taken_apart_and_a_file_that_cannot_be_read_holds_up_nothing()
    {
        Directory.CreateDirectory(folder.File("drop/tief"));
        Directory.CreateDirectory(folder.File("drop/alt.gdb"));
        Directory.CreateDirectory(folder.File("leer"));
        Write("drop/alt.gdb/a00000001.gdbtable", "x");
        var good = Census("drop/tief/Zensus2022_e.csv", 7);
        var model = Model();
        await model.Look([folder.File("drop"), folder.File("leer"), folder.File("verschwunden.csv"), good]);
        Assert.Equal(["Zensus2022_e.csv", "alt.gdb", "leer", "verschwunden.csv"], model.Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.True(Named("Zensus2022_e.csv").Fits, Named("Zensus2022_e.csv").Fault);
        Assert.Contains("ogr2ogr", Named("alt.gdb").Fault, StringComparison.Ordinal);
        Assert.True(Named("leer").IsUnfit);
        Assert.Equal("nicht lesbar", Named("verschwunden.csv").State);
        Assert.True(model.CanStart);

        ImportFile Named(string name) => model.Files.Single(f => f.Name == name);
    }

    [Fact]
    public async Task A_file_that_has_become_a_folder_is_said_to_be_unreadable()
    {
        var model = Model();
        var path = Write("schulen.csv", "id;name\n");
        await model.Look([path]);
        File.Delete(path);
        Directory.CreateDirectory(path);
        await model.Again();
        Assert.Equal("nicht lesbar", Assert.Single(model.Files).State);
    }

    [Fact]
    public void A_store_among_files_is_opened_and_not_imported()
    {
        using (Breitband.Store.Store.Open(folder.File("kreis.gpkg"), Breitband.Store.OpenMode.Create, "12069"))
            Write("fremd.gpkg", "");
        Assert.True(DroppedFiles.IsStore(folder.File("kreis.gpkg")));
        Assert.False(DroppedFiles.IsStore(folder.File("fremd.gpkg")));
        var file = Assert.Single(DroppedFiles.Of([folder.File("kreis.gpkg")]));
        Assert.True(file.IsUnfit);
        Assert.Contains("öffnen statt importieren", file.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_part_of_a_shapefile_means_the_whole()
    {
        foreach (var ending in new[] { ".shp", ".SHX", ".dbf", ".shp.xml" })
            Write("wege" + ending, "");
        var file = Assert.Single(DroppedFiles.Of([folder.File("wege.dbf"), folder.File("wege.shp.xml"), folder.File("wege.shp")]));
        Assert.Equal(("wege.shp", false), (file.Name, file.IsUnfit));
        Assert.Equal(["wege.SHX", "wege.dbf", "wege.shp", "wege.shp.xml"], DroppedFiles.Parts(file.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_pasted_text_names_files_as_paths_in_quotes_or_as_addresses_and_other_lines_are_no_files()
    {
        var (plain, spaced) = (Write("a%20b.csv", ""), Write("wege neu.csv", ""));
        var address = new Uri(spaced).AbsoluteUri;
        Assert.Contains("%20", address, StringComparison.Ordinal);
        Assert.Equal([plain, spaced, spaced, folder.File("fehlt.csv")], DroppedFiles.Named($"{plain}\r\nNur ein Satz\n\"{spaced}\"\n{address}\nwege neu.csv\n{folder.File("fehlt.csv")}\n"));
        Assert.Empty(DroppedFiles.Named(folder.File("fehlt.csv"))); // a text that names no file is a text
        Assert.Empty(DroppedFiles.Named(""));
    }

    [Fact]
    public void A_dropped_list_of_addresses_may_have_remarks_and_name_this_machine_or_none()
    {
        var file = Write("Straße 100% #1 äöü.csv", "");
        var path = new Uri(file).AbsolutePath;
        Assert.Contains("%23", path, StringComparison.Ordinal);
        path = "/" + path.TrimStart('/');
        Assert.Equal([file, file, file, file], DroppedFiles.Named($"# file://{path}\r\nfile://{path}\r\nfile:{path}\r\nfile://localhost{path}\r\nfile://{Environment.MachineName}{path}\r\n"));
        Assert.DoesNotContain(file, DroppedFiles.Named($"file://anderswo.example{path}\r\nhttps://localhost{path}\r\nfile:///%\r\nfile:/\r\n"));
    }
}
