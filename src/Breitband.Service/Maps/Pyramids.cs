using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Tiles;
using Microsoft.Extensions.Logging;

namespace Breitband.Service.Maps;

/// <summary>
/// The tile pyramids beside the store, one per disclosure class, brought up to date whenever the store has changed: the first reader who comes
/// afterwards sets it going and sees the last whole pyramid until the new one is there.
/// </summary>
sealed partial class Pyramids(StoreAccess access, Catalogue catalogue, string? folder) : IDisposable
{
    /// <summary>After a failure without anything to show: a full disk is not asked at every click.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly CancellationTokenSource stopped = new();
    readonly Dictionary<Disclosure, Kept> kept = [];

    /// <summary>Where background work says what went wrong.</summary>
    public ILogger? Log { get; set; }

    /// <summary>The pyramid for readers of a class; null while there is none: it is being made, or <see cref="Fault"/> says why not.</summary>
    public async Task<Pyramid?> Current(Disclosure sees)
    {
        var contents = await catalogue.Now();
        var tag = $"{contents.Run?.Id} {string.Join(',', contents.Editions.Where(e => e.Live).Select(e => e.Number))} {contents.MeasuresTag}";
        lock (gate)
        {
            var entry = kept.TryGetValue(sees, out var known) ? known : kept[sees] = new(Opened(Path(sees)));
            if (entry.Pyramid is { Damaged: true })
            {
                entry.Pyramid.Release(static () => { });
                (entry.Pyramid, entry.Tag) = (null, null);
            }
            var due = entry.Tag != tag || entry.Pyramid is null && entry.Fault is { Status: 503 } && TimeProvider.System.GetElapsedTime(entry.TriedAt) > Pause;
            if (due && entry.Making is null or { IsCompleted: true })
                (entry.TriedAt, entry.Making) = (TimeProvider.System.GetTimestamp(), Make(sees, tag));
            return entry.Pyramid;
        }
    }

    /// <summary>What there is for everybody, while the one for readers of a higher class is made for the first time; null where there is none.</summary>
    public Pyramid? Meanwhile(Disclosure sees)
    {
        lock (gate)
        {
            if (!ShowsMeanwhile || sees == Disclosure.Public || kept.GetValueOrDefault(sees) is not { Pyramid: null, Fault: not { Status: 404 } })
                return null;
            var open = kept.TryGetValue(Disclosure.Public, out var known) ? known : kept[Disclosure.Public] = new(Opened(Path(Disclosure.Public)));
            return open.Pyramid is { Damaged: false } whole ? whole : null;
        }
    }

    /// <summary>Whether readers of a higher class see at once what is there for everybody, or wait for what is theirs.</summary>
    public bool ShowsMeanwhile { get; set; }

    /// <summary>The zoom level done last of the pyramid that is being made; 0 before the first.</summary>
    public int Level(Disclosure sees)
    {
        lock (gate)
            return kept.GetValueOrDefault(sees)?.Level ?? 0;
    }

    /// <summary>Why there are no tiles for readers of a class; null when nothing went wrong. Paths and causes stand in the log only.</summary>
    public ProblemException? Fault(Disclosure sees)
    {
        lock (gate)
            return kept.GetValueOrDefault(sees)?.Fault is { } fault ? new(fault.Status, fault.Text) : null;
    }

    /// <summary>Waits for the pyramid that is being made, if one is.</summary>
    public Task Made(Disclosure sees)
    {
        lock (gate)
            return kept.GetValueOrDefault(sees)?.Making ?? Task.CompletedTask;
    }

    /// <summary>Where the tiles of other views are kept: <c>kreis-ansichten</c> beside <c>kreis.mbtiles</c>.</summary>
    public string ViewsFolder => System.IO.Path.ChangeExtension(Path(Disclosure.Public), null) + "-ansichten";

    string Path(Disclosure sees) => PathOf(access.Location, access.County, folder, sees);

    /// <summary><c>kreis.mbtiles</c> beside <c>kreis.gpkg</c>, for a database <c>tiles/breitband-COUNTY.mbtiles</c>; what is not public says so in its name.</summary>
    /// <param name="folder">Null for the usual one.</param>
    public static string PathOf(string store, string? county, string? folder, Disclosure sees)
    {
        var isFile = !Breitband.Store.Store.IsDatabase(store);
        var name = (isFile ? System.IO.Path.GetFileNameWithoutExtension(store) : county is null ? "breitband" : $"breitband-{county}") + (sees == Disclosure.Public ? "" : "-" + sees.Code()) + ".mbtiles";
        return System.IO.Path.Combine(folder ?? (isFile ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(store))! : "tiles"), name);
    }

    Task Make(Disclosure sees, string tag) => Task.Run(() =>
    {
        var path = Path(sees);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            access.Read(store => PyramidBuilder.Build(store, path, sees, zoom => Reached(sees, zoom), swap: move => Swap(sees, path, move)));
            Replace(sees, tag, Held(sees) ?? Opened(path) ?? throw new IOException("cut off while it was being opened"), null);
        }
        catch (OperationCanceledException)
        {
            return; // nobody looks any more
        }
        catch (BreitbandException e) when (e.Outcome == Outcome.InputRefused)
        {
            // What was on the tiles is no longer there, or no longer for these readers: the last ones may not go on showing it.
            LogRefusal(path, e.Text.En);
            Held(sees)?.Release(static () => { });
            Replace(sees, tag, null, new(404, e.Text));
            Remove(path);
        }
        catch (Exception e) when (e is BreitbandException or IOException or UnauthorizedAccessException)
        {
            // Readers keep the last whole pyramid; the next change tries again.
            LogRefusal(path, e is BreitbandException known ? known.Text.En : e.Message);
            Replace(sees, tag, null, new(503, new("Die Kacheln der Karte lassen sich nicht bauen; den Grund nennt das Protokoll des Dienstes.", "The map's tiles cannot be made; the service's log says why.")));
        }
    });

    /// <summary>The new file in the place of the old: whoever asks meanwhile waits the moment it takes.</summary>
    void Swap(Disclosure sees, string path, Action move)
    {
        lock (gate)
        {
            var entry = kept[sees];
            try
            {
                if (entry.Pyramid is { } old)
                    old.Release(move);
                else
                    move();
            }
            finally
            {
                // Where the move failed this is the old one again.
                entry.Pyramid = Opened(path);
            }
        }
    }

    void Reached(Disclosure sees, int zoom)
    {
        lock (gate)
            kept[sees].Level = zoom;
        stopped.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Gives up what is being made; ends when nothing is written any more.</summary>
    public Task Stop()
    {
        stopped.Cancel();
        lock (gate)
            return Task.WhenAll(kept.Values.Select(k => k.Making).OfType<Task>());
    }

    Pyramid? Held(Disclosure sees)
    {
        lock (gate)
            return kept[sees].Pyramid;
    }

    void Replace(Disclosure sees, string tag, Pyramid? fresh, Failure? fault)
    {
        lock (gate)
        {
            var entry = kept[sees];
            (entry.Tag, entry.Fault) = (tag, fault);
            if (fault is not { Status: 503 })
                entry.Pyramid = fresh;
        }
    }

    Pyramid? Opened(string path)
    {
        try
        {
            return File.Exists(path) ? Pyramid.Open(path) : null;
        }
        catch (BreitbandException e)
        {
            // Half-written or foreign: it will be made anew.
            LogRefusal(path, e.Text.En);
            return null;
        }
    }

    /// <summary>So that the next start does not show it either.</summary>
    void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogRefusal(path, $"please delete this file, it shows what is no longer public: {e.Message}");
        }
    }

    void LogRefusal(string path, string reason)
    {
        if (Log is not null)
            LogFailure(Log, path, reason);
    }

    public void Dispose()
    {
        lock (gate)
            foreach (var entry in kept.Values)
                entry.Pyramid?.Dispose();
        stopped.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The map's tiles in {Path}: {Reason}")]
    static partial void LogFailure(ILogger log, string path, string reason);

    sealed record Failure(int Status, Phrase Text);

    sealed class Kept(Pyramid? pyramid)
    {
        public Pyramid? Pyramid { get; set; } = pyramid;

        public string? Tag { get; set; }

        public Task? Making { get; set; }

        /// <summary>Zoom level done last of the one being made.</summary>
        public int Level { get; set; }

        /// <summary>Of the last attempt; null when it came out well.</summary>
        public Failure? Fault { get; set; }

        public long TriedAt { get; set; }
    }
}
