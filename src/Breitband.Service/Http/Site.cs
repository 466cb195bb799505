using Breitband.Service.Features;

namespace Breitband.Service.Http;

/// <summary>What the routes of one running service share.</summary>
sealed class Site : IDisposable
{
    readonly string data;

    /// <param name="store">What stands after <c>--store</c>.</param>
    /// <param name="data">Folder with profiles.json and mappings/.</param>
    /// <param name="launchToken">Opens everything to whoever started the service on loopback; null where keys guard it.</param>
    public Site(string store, string data, ServiceSettings settings, string? launchToken)
    {
        (this.data, Settings, LaunchToken) = (data, settings, launchToken);
        Access = new(store);
        Catalogue = new(Access);
        Snapshots = new(Access, (long)settings.SnapshotMemoryMb << 20);
        Results = new(Access, Catalogue, Profiles);
        Pyramids = new(Access, Catalogue, settings.TilesFolder);
        Views = new(Access, Catalogue, Results, () => Pyramids.ViewsFolder);
        Keyring = new(settings.Keys, launchToken);
        Audit = new(settings.AuditFile ?? (File.Exists(store) ? store : "breitband") + ".audit.jsonl");
        Scrub = new(new Dictionary<string, string> { [store] = "store", [data] = "data" });
        Imports = new(Access, Writing, Catalogue, Audit, Metrics, Scrub, TimeSpan.FromMinutes(settings.ImportMinutes));
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

    public Audit Audit { get; }

    public ImportJobs Imports { get; }

    public Metrics Metrics { get; } = new();

    /// <summary>Computing, printing and exporting take a core each; more at once would only make all of them slow.</summary>
    public SemaphoreSlim Cores { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>One change at a time: an import, an analysis, an edit of a measure.</summary>
    public SemaphoreSlim Writing { get; } = new(1);

    public string MappingsFolder => Path.Combine(data, "mappings");

    public Profiles Profiles() => Breitband.Profiles.Load(Path.Combine(data, "profiles.json"));

    public async Task<T> OnACore<T>(Func<T> work, CancellationToken cancelled)
    {
        await Cores.WaitAsync(cancelled);
        try
        {
            return await Task.Run(work, cancelled);
        }
        finally
        {
            Cores.Release();
        }
    }

    /// <summary>Waits for its turn, changes the store, and lets the next reader see it.</summary>
    public async Task<T> Change<T>(Func<Breitband.Store.Store, T> work, CancellationToken cancelled)
    {
        await Writing.WaitAsync(cancelled);
        try
        {
            return await Task.Run(() => Access.Write(work), cancelled);
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
        Audit.Dispose();
        Pyramids.Dispose();
        Views.Dispose();
        Cores.Dispose();
        Writing.Dispose();
    }
}
