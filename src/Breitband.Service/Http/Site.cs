using Breitband.Service.Features;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Http;

/// <summary>What the routes of one running service share.</summary>
sealed class Site : IDisposable
{
    /// <summary>Analyses and edits that a database takes while imports run.</summary>
    const int RoomBesideImports = 4;

    readonly string data;

    /// <param name="store">What stands after <c>--store</c>.</param>
    /// <param name="data">Folder with profiles.json and mappings/.</param>
    /// <param name="launchToken">Opens everything to whoever started the service on loopback; null where keys guard it.</param>
    public Site(string store, string data, ServiceSettings settings, string? launchToken)
    {
        (this.data, Settings, LaunchToken) = (data, settings, launchToken);
        Access = new(store, settings.County);
        Writing = new(Access.IsDatabase ? settings.ParallelImports + RoomBesideImports : 1);
        Catalogue = new(Access);
        Snapshots = new(Access, (long)settings.SnapshotMemoryMb << 20);
        Results = new(Access, Catalogue, Profiles);
        Pyramids = new(Access, Catalogue, settings.TilesFolder);
        Views = new(Access, Catalogue, Results, () => Pyramids.ViewsFolder);
        Keyring = new(settings.Keys, launchToken);
        Refusals = new(settings.AuditFile ?? (File.Exists(store) ? store : "breitband") + ".audit.jsonl");
        Scrub = new(new Dictionary<string, string> { [store] = "store", [data] = "data" });
        Imports = new(Access, Writing, Access.IsDatabase ? settings.ParallelImports : 1, Catalogue, Refusals, Metrics, Scrub, TimeSpan.FromMinutes(settings.ImportMinutes));
    }

    public ServiceSettings Settings { get; }

    public string? LaunchToken { get; }

    public StoreAccess Access { get; }

    public Catalogue Catalogue { get; }

    public Snapshots Snapshots { get; }

    public Results Results { get; }

    public Keyring Keyring { get; }

    public Maps.Pyramids Pyramids { get; }

    public Maps.Views Views { get; }

    public Scrub Scrub { get; }

    public Refusals Refusals { get; }

    public ImportJobs Imports { get; }

    public Metrics Metrics { get; } = new();

    /// <summary>Computing, printing and exporting take a core each; more at once would only make all of them slow.</summary>
    public SemaphoreSlim Cores { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Changes under way: imports, analyses, edits of measures. In a file one at a time; a database has room for others beside its imports.</summary>
    public SemaphoreSlim Writing { get; }

    public string MappingsFolder => Path.Combine(data, "mappings");

    public Profiles Profiles() => Breitband.Profiles.Load(Path.Combine(data, "profiles.json"));

    /// <summary>Where answers are computed: a window that has the service within it gives them threads that give way to its own.</summary>
    public TaskScheduler Computing { get; set; } = TaskScheduler.Default;

    public async Task<T> OnACore<T>(Func<T> work, CancellationToken cancelled)
    {
        await Cores.WaitAsync(cancelled);
        try
        {
            return await Task.Factory.StartNew(work, cancelled, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler | TaskCreationOptions.RunContinuationsAsynchronously, Computing);
        }
        finally
        {
            Cores.Release();
        }
    }

    /// <summary>Waits for its turn, changes the store, and lets the next reader see it.</summary>
    public async Task<T> Change<T>(HttpContext context, Func<Breitband.Store.Store, T> work)
    {
        var by = context.Actor();
        await Writing.WaitAsync(context.RequestAborted);
        try
        {
            return await Task.Run(() => Access.Write(by, work), context.RequestAborted);
        }
        finally
        {
            Writing.Release();
            Catalogue.Expire();
        }
    }

    public void Dispose()
    {
        Imports.Dispose();
        Refusals.Dispose();
        Pyramids.Dispose();
        Views.Dispose();
        Cores.Dispose();
        Writing.Dispose();
    }
}
