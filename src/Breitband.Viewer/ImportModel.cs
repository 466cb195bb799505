using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Breitband.Viewer;

/// <summary>Dropped files: what the service recognises in them, the import itself, its report. A file that cannot be read does not hold up the others.</summary>
/// <param name="done">Told the numbers of the imports that brought something, also when the rest was stopped.</param>
public sealed partial class ImportModel(ServiceClient service, Work work, TimeProvider time, Action<IReadOnlyList<int>> done) : Observable
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(150), WhileAway = TimeSpan.FromSeconds(4);

    /// <summary>A service that has a whole file says so in a moment; longer nobody waits who has pressed stop.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    WorkItem? under;
    Task turn = Task.CompletedTask;
    bool canStart, canRetry, running;

    public ObservableCollection<ImportFile> Files { get; } = [];

    public bool CanStart { get => canStart; private set => Set(ref canStart, value); }

    public bool CanRetry { get => canRetry; private set => Set(ref canRetry, value); }

    public bool Running { get => running; private set => Set(ref running, value); }

    /// <summary>How far the files came, in a line: of forty nobody counts them.</summary>
    public string Summary => string.Join(" · ", new[]
    {
        Formats.Whole(Files.Count, Tongue.Current.Language) + (Files.Count == 1 ? Tongue.Of(" Datei", " file") : Tongue.Of(" Dateien", " files")),
        Some(f => f.Fits && !f.Imported, "erkannt", "recognised"),
        Some(f => f.Imported, "im Speicher", "in the store"),
        Some(f => f.Asks, "nicht erkannt", "not recognised"),
        Some(f => f.IsUnfit, "nicht lesbar", "cannot be read"),
    }.Where(part => part.Length > 0));

    string Some(Func<ImportFile, bool> which, string de, string en) => Files.Count(which) is > 0 and var count ? $"{Formats.Whole(count, Tongue.Current.Language)} {Tongue.Of(de, en)}" : "";

    /// <summary>Ends when nothing is looked at or imported any more.</summary>
    public Task Idle => turn;

    /// <summary>Looks at files without changing anything; those dropped while others are under way wait for their turn.</summary>
    public Task Look(IEnumerable<string> paths) => InTurn(async () =>
    {
        var found = await Task.Run(() => DroppedFiles.Of(paths)); // a folder may be large, and far away
        foreach (var file in found.Where(f => Files.All(known => known.Path != f.Path)).ToList())
            Files.Add(file);
        Changed(nameof(Summary));
        await Each(Files.Where(f => !f.Fits && !f.Imported && !f.IsUnfit), dry: true);
    });

    /// <summary>Looks again at those that asked for something.</summary>
    public Task Again() => Look([]);

    public Task Start() => InTurn(async () =>
    {
        var imported = new List<int>();
        await Each(Files.Where(f => f.Fits && !f.Imported), dry: false, imported.Add);
        if (imported.Count > 0)
            done(imported);
    });

    /// <summary>Stops after what is in the store already; the rest can be started again.</summary>
    public void Cancel() => under?.Stop();

    Task InTurn(Func<Task> next)
    {
        return turn = After(turn);
        async Task After(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext); // whoever asked for it has heard
            await next();
        }
    }

    async Task Each(IEnumerable<ImportFile> files, bool dry, Action<int>? imported = null)
    {
        (CanStart, CanRetry, Running) = (false, false, true);
        try
        {
            await work.Run(Purpose.Import, dry ? Tongue.Of("Dateien werden angesehen …", "Looking at files …") : Tongue.Of("Import läuft …", "Importing …"), async item =>
            {
                under = item;
                foreach (var file in files.ToList())
                    await One(file, dry, item, imported);
            });
        }
        catch (OperationCanceledException)
        {
            return; // every file says for itself how far it came
        }
        finally
        {
            under = null;
            (Running, CanStart, CanRetry) = (false, Files.Any(f => f.Fits && !f.Imported), Files.Any(f => !f.Fits && !f.Imported && !f.IsUnfit));
            Changed(nameof(Summary));
        }
    }

    async Task One(ImportFile file, bool dry, WorkItem item, Action<int>? imported)
    {
        if (item.Cancelled.IsCancellationRequested)
            file.State = Tongue.Of("abgebrochen", "cancelled");
        item.Cancelled.ThrowIfCancellationRequested();
        (file.Running, file.Fault, file.State) = (true, "", dry ? Tongue.Of("wird angesehen", "looking") : Tongue.Of("wird importiert", "importing"));
        try
        {
            var job = await Watch(await Task.Run(() => Send(file, dry, item.Cancelled), CancellationToken.None), file, item);
            if ((string?)job["state"] == "cancelled")
                throw new OperationCanceledException();
            if ((string?)job["state"] != "done")
                throw BreitbandException.Refused((string?)job["message"] ?? "", (string?)job["message"] ?? "");
            Tell(file, job["report"], dry);
            if (dry)
                await Compare(file, job["report"]);
            file.Stands();
            if (!dry)
                imported?.Invoke((int)job["number"]!);
        }
        catch (OperationCanceledException)
        {
            file.State = Tongue.Of("abgebrochen", "cancelled");
            throw;
        }
        catch (Exception e)
        {
            file.Fits = false;
            (file.State, file.Fault) = e switch
            {
                BreitbandException known => (Tongue.Of("nicht importiert", "not imported"), OfWindow(known.Text.In(Tongue.Current.Language))),
                FileNotFoundException or DirectoryNotFoundException => (Tongue.Of("nicht lesbar", "cannot be read"), Tongue.Of("Diese Datei gibt es hier nicht (mehr).", "There is no such file here (any more).")),
                IOException or UnauthorizedAccessException => (Tongue.Of("nicht lesbar", "cannot be read"),
                    Tongue.Of($"Die Datei lässt sich nicht lesen: {SystemFault.Of(e).De} In anderen Programmen schließen oder die Rechte prüfen.", $"The file cannot be read: {SystemFault.Of(e).En} Close it in other programs or check its permissions.")),
                _ => (Tongue.Of("nicht importiert", "not imported"), DeskModel.Unforeseen(e)),
            };
        }
        finally
        {
            file.Running = false;
            Changed(nameof(Summary));
        }
    }

    async Task<JsonNode> Send(ImportFile file, bool dry, CancellationToken cancelled)
    {
        using var content = new MultipartFormDataContent { { new StringContent(dry ? "true" : "false"), "dry_run" } };
        foreach (var (name, value) in new[] { ("edition", file.Edition), ("crs", file.Crs), ("as", file.Layer?.Code ?? ""), ("mapping", file.Mapping), ("accept_rejected", file.AcceptRejected ? "true" : "") })
            if (value.Trim().Length > 0)
                content.Add(new StringContent(value.Trim()), name);
        foreach (var part in DroppedFiles.Parts(file.Path))
            content.Add(new FileContent(File.OpenRead(part), cancelled), "file", Path.GetFileName(part));
        using var late = new CancellationTokenSource();
        await using var patience = cancelled.Register(() => late.CancelAfter(Grace));
        try
        {
            return await service.Upload("/imports", content, late.Token);
        }
        catch (BreitbandException e) when (cancelled.IsCancellationRequested && ServiceClient.IsAway(e))
        {
            throw new OperationCanceledException("stopped in the middle of the upload", e);
        }
    }

    /// <summary>A file on its way. Stopped, it ends in the middle and the service drops it; once it is there whole, the service works on it, and only its job's number can stop that.</summary>
    sealed class FileContent(FileStream file, CancellationToken stopped) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => file.CopyToAsync(stream, stopped);

        protected override bool TryComputeLength(out long length)
        {
            length = file.Length;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Until the job is over, also when it was stopped: whether it was in time only the service knows. One that does not answer for a while works on all the same.</summary>
    async Task<JsonNode> Watch(JsonNode job, ImportFile file, WorkItem item)
    {
        var number = (int)job["number"]!;
        await using var stop = item.Cancelled.Register(() => _ = Stop(number));
        while ((string?)job["state"] is "waiting" or "running")
        {
            await Task.Delay(BetweenLooks, time, CancellationToken.None);
            try
            {
                job = await service.Get($"/imports/{number}", CancellationToken.None);
            }
            catch (BreitbandException e) when (ServiceClient.IsAway(e))
            {
                item.Report(Tongue.Of($"{file.Name}: Der Dienst antwortet nicht; es wird weiter versucht …", $"{file.Name}: the service does not answer; trying on …"), null);
                await Task.Delay(WhileAway, time, item.Cancelled);
                continue;
            }
            if (job["progress"] is JsonObject at && (double?)at["all"] is > 0 and var all)
                item.Report(file.Name, file.Share = (double)at["done"]! / all);
        }
        return job;
    }

    async Task Stop(int number)
    {
        try
        {
            await service.Delete($"/imports/{number}");
        }
        catch (BreitbandException)
        {
            return; // over already: its status, which is watched, says how
        }
    }

    static void Tell(ImportFile file, JsonNode? report, bool dry)
    {
        var tables = report?["files"]?.AsArray().Select(f => f!).ToList() ?? [];
        file.Recognised = string.Join('\n', tables.Select(Recognised));
        file.FirstRows = [.. tables.SelectMany(FirstRows)];
        file.Report = string.Join('\n', tables.Select(Counted));
        (file.Fits, file.Imported, file.Share) = (tables.Count > 0, !dry, 1);
        file.State = dry ? Tongue.Of("erkannt", "recognised") : tables.All(t => (bool?)t["unchanged"] == true) ? Tongue.Of("war schon da", "was there already") : Tongue.Of("importiert", "imported");
    }

    static string Recognised(JsonNode t)
    {
        var crs = (int?)t["crs"]?["epsg"] is { } epsg ? $"EPSG:{epsg} ({t["crs"]?["why"]})" : $"{t["crs"]?["why"]}";
        return Tongue.Of($"Ebene {LayerOf(t)} · Zuordnung {t["mapping"]} · Stand {Day(t["edition"])} · {crs} · {t["encoding"]?["name"]} ({t["encoding"]?["why"]})",
            $"layer {LayerOf(t)} · mapping {t["mapping"]} · edition {t["edition"]} · {crs} · {t["encoding"]?["name"]} ({t["encoding"]?["why"]})");
    }

    static string Day(JsonNode? date) => DateOnly.TryParseExact((string?)date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Formats.Date(day, Tongue.Current.Language) : $"{date}";

    static IEnumerable<string> FirstRows(JsonNode t) => t["first_rows"] is not JsonArray rows ? [] : rows.Select(r => string.Join(" · ", r!.AsObject().Take(8).Select(v => $"{Label(t, v.Key)}: {Value(t, v.Key, v.Value)}")));

    static string LayerOf(JsonNode t) => Layer.Imported.FirstOrDefault(l => l.Name == (string?)t["layer"]) is { } known ? $"{known.Label.In(Tongue.Current.Language)} ({known.Name})" : $"{t["layer"]}";

    static string Label(JsonNode t, string field) => Layer.Imported.FirstOrDefault(l => l.Name == (string?)t["layer"])?.Find(field)?.Label.In(Tongue.Current.Language) ?? field;

    static string Counted(JsonNode t)
    {
        string Count(string name) => Formats.Whole((long?)t[name] ?? 0, Tongue.Current.Language);
        var counts = Tongue.Of($"{Count("read")} gelesen, {Count("stored")} gespeichert, {Count("repaired")} repariert, {Count("rejected")} zurückgewiesen, {Count("outside")} außerhalb",
            $"{Count("read")} read, {Count("stored")} stored, {Count("repaired")} repaired, {Count("rejected")} rejected, {Count("outside")} outside");
        return t["warnings"] is JsonArray { Count: > 0 } warnings ? counts + "\n" + string.Join('\n', warnings.Select(w => "· " + (string?)w?["text"])) : counts;
    }
}
