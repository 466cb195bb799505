using Breitband.Service.Features;
using Breitband.Tiles;
using Microsoft.Extensions.Logging;

namespace Breitband.Service.Maps;

/// <summary>
/// The tile pyramids beside the store, one per disclosure class, brought up to date whenever the store has changed: the first reader who comes
/// afterwards sets it going and sees the last whole pyramid until the new one is there.
/// </summary>
sealed partial class Pyramids(StoreAccess access, Catalogue catalogue, string? folder) : IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<Disclosure, Kept> kept = [];

    /// <summary>Where background work says what went wrong.</summary>
    public ILogger? Log { get; set; }

    /// <summary>The pyramid for readers of a class; null while the first one is being made.</summary>
    public async Task<Pyramid?> Current(Disclosure sees)
    {
        var contents = await catalogue.Now();
        var tag = $"{contents.Run?.Id} {string.Join(',', contents.Editions.Where(e => e.Live).Select(e => e.Number))} {contents.MeasuresTag}";
        lock (gate)
        {
            var entry = kept.TryGetValue(sees, out var known) ? known : kept[sees] = new(Opened(Path(sees)));
            if (entry.Pyramid is { Damaged: true })
                (entry.Pyramid, entry.Tag) = (null, null);
            if (entry.Tag != tag && entry.Making is null or { IsCompleted: true })
                entry.Making = Make(sees, tag);
            return entry.Pyramid;
        }
    }

    /// <summary>Waits for the pyramid that is being made, if one is.</summary>
    public Task Made(Disclosure sees)
    {
        lock (gate)
            return kept.GetValueOrDefault(sees)?.Making ?? Task.CompletedTask;
    }

    /// <summary>Where the tiles of other views are kept: <c>kreis-ansichten</c> beside <c>kreis.mbtiles</c>.</summary>
    public string ViewsFolder => System.IO.Path.ChangeExtension(Path(Disclosure.Public), null) + "-ansichten";

    string Path(Disclosure sees)
    {
        var isFile = access.Location.EndsWith(".gpkg", StringComparison.OrdinalIgnoreCase);
        var name = (isFile ? System.IO.Path.GetFileNameWithoutExtension(access.Location) : "breitband") + (sees == Disclosure.Public ? "" : "-" + sees.Code()) + ".mbtiles";
        return System.IO.Path.Combine(folder ?? (isFile ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(access.Location))! : "tiles"), name);
    }

    Task Make(Disclosure sees, string tag) => Task.Run(() =>
    {
        try
        {
            var path = Path(sees);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            access.Read(store => PyramidBuilder.Build(store, path, sees));
            Replace(sees, tag, Opened(path));
        }
        catch (BreitbandException e)
        {
            // Readers keep the last whole pyramid; the next change tries again.
            if (Log is not null)
                LogFailure(Log, e.Text.En);
            Replace(sees, tag, null);
        }
    });

    void Replace(Disclosure sees, string tag, Pyramid? fresh)
    {
        lock (gate)
        {
            var entry = kept[sees];
            entry.Tag = tag;
            if (fresh is null)
                return;
            // Requests under way may still read the old one; it is closed by its finaliser.
            entry.Pyramid = fresh;
        }
    }

    static Pyramid? Opened(string path)
    {
        try
        {
            return File.Exists(path) ? Pyramid.Open(path) : null;
        }
        catch (BreitbandException)
        {
            // Half-written or foreign: it will be made anew.
            return null;
        }
    }

    public void Dispose()
    {
        lock (gate)
            foreach (var entry in kept.Values)
                entry.Pyramid?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The map's tiles could not be made: {Reason}")]
    static partial void LogFailure(ILogger log, string reason);

    sealed class Kept(Pyramid? pyramid)
    {
        public Pyramid? Pyramid { get; set; } = pyramid;

        public string? Tag { get; set; }

        public Task? Making { get; set; }
    }
}
