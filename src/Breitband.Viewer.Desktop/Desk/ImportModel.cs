using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using Breitband.Viewer.Desktop.Look;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>One file on its way into the store: first looked at, then imported.</summary>
sealed class ImportFile(string path) : Observable
{
    string state = "", recognised = "", report = "", fault = "", edition = "", crs = "", layer = "";
    double share;
    bool running;

    public string Path => path;

    public string Name => System.IO.Path.GetFileName(path);

    /// <summary>The look found nothing that keeps it out.</summary>
    public bool Fits { get; set; }

    /// <summary>The day the data describe, where the file does not say it: JJJJ-MM-TT.</summary>
    public string Edition { get => edition; set => Set(ref edition, value); }

    /// <summary>The coordinate system, where two are plausible: EPSG:25833.</summary>
    public string Crs { get => crs; set => Set(ref crs, value); }

    /// <summary>The layer, where no mapping recognises the file.</summary>
    public string Layer { get => layer; set => Set(ref layer, value); }

    /// <summary>Something is missing that only its reader knows.</summary>
    public bool Asks => Fault.Length > 0;

    public string State { get => state; set => Set(ref state, value); }

    public string Recognised { get => recognised; set => Set(ref recognised, value); }

    public string Report { get => report; set => Set(ref report, value); }

    public string Fault
    {
        get => fault;
        set
        {
            Set(ref fault, value);
            Changed(nameof(Asks));
        }
    }

    public double Share { get => share; set => Set(ref share, value); }

    public bool Running { get => running; set => Set(ref running, value); }
}

/// <summary>Dropped files: what the service recognises in them, the import itself, its report. A file that cannot be read does not hold up the others.</summary>
sealed class ImportModel(ServiceClient service, Work work, Action<IReadOnlySet<string>> done) : Observable
{
    /// <summary>Parts of a shapefile that travel with its .shp.</summary>
    static readonly string[] Beside = [".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj"];

    readonly HashSet<string> imported = new(StringComparer.Ordinal);
    bool canStart, canRetry, running;

    public ObservableCollection<ImportFile> Files { get; } = [];

    public bool CanStart { get => canStart; private set => Set(ref canStart, value); }

    public bool CanRetry { get => canRetry; private set => Set(ref canRetry, value); }

    public bool Running { get => running; private set => Set(ref running, value); }

    /// <summary>Looks at files without changing anything.</summary>
    public async Task Look(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(p => !Beside.Contains(Path.GetExtension(p).ToLowerInvariant()) && Files.All(f => f.Path != p)).ToList())
            Files.Add(new(path));
        await Each(Files.Where(f => !f.Fits).ToList(), dry: true);
        (CanStart, CanRetry) = (Files.Any(f => f.Fits), Files.Any(f => f.Asks));
    }

    /// <summary>Looks again at those that asked for something.</summary>
    public Task Again() => Look([]);

    public async Task Start()
    {
        CanStart = false;
        await Each(Files.Where(f => f.Fits).ToList(), dry: false);
        done(imported);
    }

    async Task Each(IReadOnlyList<ImportFile> files, bool dry)
    {
        Running = true;
        try
        {
            await work.Run(dry ? Tongue.Of("Dateien werden angesehen …", "Looking at files …") : Tongue.Of("Import läuft …", "Importing …"), async cancelled =>
            {
                foreach (var file in files)
                    await One(file, dry, cancelled);
            });
        }
        finally
        {
            Running = false;
        }
    }

    async Task One(ImportFile file, bool dry, CancellationToken cancelled)
    {
        (file.Running, file.Fault, file.State) = (true, "", dry ? Tongue.Of("wird angesehen", "looking") : Tongue.Of("wird importiert", "importing"));
        try
        {
            var job = await Send(file, dry, cancelled);
            job = await Watch(job, file, cancelled);
            if ((string?)job["state"] != "done")
                throw BreitbandException.Refused((string?)job["message"] ?? "", (string?)job["message"] ?? "");
            Tell(file, job["report"], dry);
            if (!dry)
                imported.UnionWith(job["report"]?["files"]?.AsArray().Select(t => (string?)t?["dataset"]).OfType<string>() ?? []);
        }
        catch (BreitbandException e)
        {
            (file.Fits, file.Fault, file.State) = (false, e.Text.In(Tongue.Current.Language), Tongue.Of("nicht importiert", "not imported"));
        }
        catch (IOException e)
        {
            (file.Fits, file.Fault, file.State) = (false, e.Message, Tongue.Of("nicht lesbar", "cannot be read"));
        }
        finally
        {
            file.Running = false;
        }
    }

    async Task<JsonNode> Send(ImportFile file, bool dry, CancellationToken cancelled)
    {
        using var content = new MultipartFormDataContent { { new StringContent(dry ? "true" : "false"), "dry_run" } };
        foreach (var (name, value) in new[] { ("edition", file.Edition), ("crs", file.Crs), ("as", file.Layer) })
            if (value.Trim().Length > 0)
                content.Add(new StringContent(value.Trim()), name);
        foreach (var part in Parts(file.Path))
            content.Add(new StreamContent(File.OpenRead(part)), "file", Path.GetFileName(part));
        return await service.Upload("/imports", content, cancelled);
    }

    static IEnumerable<string> Parts(string path) => !path.EndsWith(".shp", StringComparison.OrdinalIgnoreCase) ? [path]
        : Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + ".*").Where(f => f == path || Beside.Contains(Path.GetExtension(f).ToLowerInvariant()));

    async Task<JsonNode> Watch(JsonNode job, ImportFile file, CancellationToken cancelled)
    {
        var number = (int)job["number"]!;
        await using var stop = cancelled.Register(() => _ = service.Delete($"/imports/{number}"));
        while ((string?)job["state"] is "waiting" or "running")
        {
            await Task.Delay(150, CancellationToken.None);
            job = await service.Get($"/imports/{number}", CancellationToken.None);
            if (job["progress"] is JsonObject at && (double?)at["all"] is > 0 and var all)
                work.Report(file.Name, file.Share = (double)at["done"]! / all);
        }
        return job;
    }

    static void Tell(ImportFile file, JsonNode? report, bool dry)
    {
        var tables = report?["files"]?.AsArray().Select(f => f!).ToList() ?? [];
        file.Recognised = string.Join('\n', tables.Select(Recognised));
        file.Report = string.Join('\n', tables.Select(Counted));
        (file.Fits, file.Share) = (tables.Count > 0, 1);
        file.State = dry ? Tongue.Of("erkannt", "recognised") : tables.All(t => (bool?)t["unchanged"] == true) ? Tongue.Of("war schon da", "was there already") : Tongue.Of("importiert", "imported");
    }

    static string Recognised(JsonNode t) => Tongue.Of(
        $"Ebene {t["layer"]} · Zuordnung {t["mapping"]} · Stand {t["edition"]} · EPSG:{t["crs"]?["epsg"]} ({t["crs"]?["why"]}) · {t["encoding"]?["name"]} ({t["encoding"]?["why"]})",
        $"layer {t["layer"]} · mapping {t["mapping"]} · edition {t["edition"]} · EPSG:{t["crs"]?["epsg"]} ({t["crs"]?["why"]}) · {t["encoding"]?["name"]} ({t["encoding"]?["why"]})");

    static string Counted(JsonNode t)
    {
        string Count(string name) => Formats.Whole((long?)t[name] ?? 0, Tongue.Current.Language);
        var counts = Tongue.Of($"{Count("read")} gelesen, {Count("stored")} gespeichert, {Count("repaired")} repariert, {Count("rejected")} zurückgewiesen, {Count("outside")} außerhalb",
            $"{Count("read")} read, {Count("stored")} stored, {Count("repaired")} repaired, {Count("rejected")} rejected, {Count("outside")} outside");
        return t["warnings"] is JsonArray { Count: > 0 } warnings ? counts + "\n" + string.Join('\n', warnings.Select(w => "· " + (string?)w?["text"])) : counts;
    }
}
