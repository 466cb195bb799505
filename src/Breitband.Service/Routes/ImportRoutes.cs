using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breitband.Import;
using Breitband.Service.Http;
using Breitband.Service.Text;
using Breitband.Service.Verbs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Breitband.Service.Routes;

/// <summary>Import over the network: upload, then a job that can be watched and cancelled, with the report the command line gives.</summary>
static class ImportRoutes
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>More rows set aside than anybody looks at one by one.</summary>
    const int MostRejected = 10_000;

    /// <summary>Parts of a shapefile that are read with it and not by themselves.</summary>
    static readonly string[] Beside = [".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".xml"];

    public static void Map(Router router, Site site)
    {
        router.Post("/imports", context => Start(context, site), Role.Editor, "import");
        router.Get("/imports", context => List(context, site), Role.Editor);
        router.Get("/imports/{number}", context => One(context, site), Role.Editor);
        router.Get("/imports/{number}/events", context => Events(context, site), Role.Editor);
        router.Get("/imports/{number}/rejected", context => Rejected(context, site), Role.Editor);
        router.Delete("/imports/{number}", context => Cancel(context, site), Role.Editor, "import.cancel");
    }

    static async Task Start(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var folder = new WorkFolder();
        try
        {
            var upload = await Upload.Receive(context, folder, (long)site.Settings.MaxUploadMb << 20);
            var options = Options(upload.Fields, site);
            var shapes = upload.Files.Where(f => Path.GetExtension(f).Equals(".shp", StringComparison.OrdinalIgnoreCase)).Select(f => f[..^4]).ToList();
            List<string> names = [.. upload.Files.Where(f => !Beside.Contains(Path.GetExtension(f).ToLowerInvariant()) || !shapes.Exists(s => f.StartsWith(s + ".", StringComparison.OrdinalIgnoreCase)))];
            if (names.Count == 0)
                throw new ProblemException(400, new("Es fehlt eine Datei (curl -F file=@datei.zip).", "A file is missing (curl -F file=@file.zip)."));
            var job = site.Imports.Start(context.Reader(), context.Connection.RemoteIpAddress?.ToString(), names, folder, options);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Location = $"{context.Base()}/imports/{job.Number}";
            await Send(context, Described(job, context));
        }
        catch (Exception) when (!context.Response.HasStarted && context.Response.StatusCode != StatusCodes.Status202Accepted)
        {
            folder.Dispose();
            throw;
        }
    }

    static ImportOptions Options(IReadOnlyDictionary<string, string> given, Site site)
    {
        var faults = new List<Phrase>();
        string? Text(string name) => given.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
        T Read<T>(string name, Func<string, T> read, T standard)
        {
            try
            {
                return Text(name) is { } text ? read(text) : standard;
            }
            catch (BreitbandException e)
            {
                faults.Add(new(Scrub.OverHttp(e.Text.De), Scrub.OverHttp(e.Text.En)));
                return standard;
            }
        }
        bool Flag(string name) => Read(name, text => text switch { "true" or "1" or "on" => true, "false" or "0" => false, _ => throw BreitbandException.WrongUse($"{name}: true oder false.", $"{name}: true or false.") }, false);

        var options = new ImportOptions
        {
            As = Text("as"),
            Source = Text("source"),
            Mapping = Text("mapping"),
            Crs = Read("crs", text => ImportVerb.Epsg(text), null),
            Encoding = Text("encoding"),
            Edition = Read("edition", text => Session.Date(text, "edition"), null),
            DryRun = Flag("dry_run"),
            Synthetic = Flag("synthetic"),
            AcceptRejected = Flag("accept_rejected"),
            MappingsFolder = site.MappingsFolder,
        };
        string[] known = ["as", "source", "mapping", "crs", "encoding", "edition", "dry_run", "synthetic", "accept_rejected"];
        faults.AddRange(given.Keys.Except(known).Select(n => new Phrase($"{n}: dieses Feld gibt es hier nicht. {Suggest.German(n, known)}", $"{n}: there is no such field here. {Suggest.English(n, known)}")));
        return faults.Count == 0 ? options : throw new ProblemException(400, faults.Count == 1 ? faults[0] : new($"{faults.Count} Angaben sind falsch.", $"{faults.Count} fields are wrong."), faults);
    }

    static Task List(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        return Send(context, new JsonArray([.. site.Imports.All.Reverse().Select(j => Described(j, context))]));
    }

    static Task One(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        return Send(context, Described(Named(context, site), context));
    }

    /// <summary>What the import set aside, where it lies: of datasets the reader may see.</summary>
    static async Task Rejected(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var (job, sees) = (Named(context, site), context.Reader().Sees);
        var datasets = job.Options.DryRun ? [] : job.Status.Report?.Files.Select(f => f.Dataset).ToHashSet(StringComparer.Ordinal) ?? [];
        var rows = await site.OnACore(() => site.Access.Read(store => store.Editions().Where(e => datasets.Contains(e.Dataset.ToString()) && e.Disclosure <= sees)
            .GroupBy(e => e.Dataset).Select(d => MadeBy(job, d)).OfType<Edition>().SelectMany(store.Rejected).Take(MostRejected + 1).ToList()), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-cache";
        await Answer.Text(context, RejectedJson.Of(rows.Take(MostRejected), rows.Count > MostRejected, context.Language()).ToJsonString(Answer.Camel) + "\n", CollectionRoutes.GeoJson);
    }

    /// <summary>The edition a job made of a dataset; where the file was in already, the one it was.</summary>
    static Edition? MadeBy(ImportJob job, IEnumerable<Edition> editions) => editions.Where(e => e.ImportedAt >= job.At).MinBy(e => e.Number) ?? editions.FirstOrDefault(e => e.Live);

    static async Task Cancel(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        var job = Named(context, site);
        if (job.Status.IsOver)
            throw new ProblemException(409, new($"Auftrag {job.Number} ist schon beendet.", $"Job {job.Number} has ended already."));
        await job.Drop();
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await Send(context, Described(job, context));
    }

    static ImportJob Named(HttpContext context, Site site) => int.TryParse((string)context.Request.RouteValues["number"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && site.Imports.Find(number) is { } job
        ? job : throw ProblemException.NotFound("Diesen Auftrag gibt es nicht (mehr).", "There is no such job (any more).");

    /// <summary>Server-sent events: one at every change, the last one when the job is over.</summary>
    static async Task Events(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        var job = Named(context, site);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        for (; ; )
        {
            var (status, changed) = job.Watch();
            await Write(context, $"event: {(status.IsOver ? "end" : "progress")}\ndata: {Described(job, context, status).ToJsonString(Answer.Camel)}\n\n");
            if (status.IsOver)
                return;
            while (await Task.WhenAny(changed, Task.Delay(Heartbeat, until.Token)) != changed)
            {
                if (until.IsCancellationRequested)
                    return; // nobody listens any more, or the service ends and would wait for this request
                await Write(context, ": \n\n"); // proxies close what is silent
            }
        }
    }

    static async Task Write(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    static JsonObject Described(ImportJob job, HttpContext context, JobStatus? at = null)
    {
        var (status, language) = (at ?? job.Status, context.Language());
        return new()
        {
            ["number"] = job.Number,
            ["state"] = status.State.ToString().ToLowerInvariant(),
            ["message"] = status.Message?.In(language),
            ["files"] = new JsonArray([.. job.Names.Select(n => JsonValue.Create(n))]),
            ["dry_run"] = job.Options.DryRun,
            ["by"] = job.Owner.Name,
            ["at"] = job.At,
            ["progress"] = status.Progress is not { } p ? null : new JsonObject { ["table"] = p.Table, ["done"] = p.Done, ["all"] = p.All },
            ["report"] = status.Report is { } report ? JsonNode.Parse(ImportJobs.Clean(ReportJson.Write(report, language), job)) : null,
            ["links"] = new JsonObject { ["self"] = $"{context.Base()}/imports/{job.Number}", ["events"] = $"{context.Base()}/imports/{job.Number}/events" },
        };
    }

    static Task Send(HttpContext context, JsonNode document) => ResultRoutes.Send(context, document.ToJsonString(new JsonSerializerOptions(Answer.Camel) { WriteIndented = true }));
}
