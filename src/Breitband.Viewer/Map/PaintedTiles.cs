using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Breitband.Print;

namespace Breitband.Viewer.Map;

/// <summary>
/// Our own map: vector tiles from the service, painted here with the legend of print and web. The tiles themselves are kept, so that switching a
/// layer or its opacity paints again without asking the service.
/// </summary>
/// <param name="template">Address of a tile with <c>{z}</c>, <c>{x}</c>, <c>{y}</c>; it names the edition, so what was fetched stays true.</param>
/// <param name="last">The nearest zoom level there are tiles of; nearer ones are painted from it.</param>
/// <param name="over">Tiles of another choice whose layers take the place of ours.</param>
/// <param name="replaced">The names of those layers.</param>
public sealed class PaintedTiles(HttpClient http, string template, int first, int last, PaintedTiles? over = null, IReadOnlySet<string>? replaced = null)
{
    /// <summary>Pixels. Fewer and larger pictures mean fewer seams in names and fewer calls per frame.</summary>
    public const int Size = 512;

    /// <summary>A county's pyramid is a few thousand tiles of some kilobytes.</summary>
    const int Most = 2000;

    /// <summary>A window full with the levels above it, twice over; on a plain screen a quarter of a megabyte each.</summary>
    const int MostPainted = 60;

    /// <summary>Levels above the one looked at which a map asks for, too, to have something to show while it is zoomed out.</summary>
    const int Above = 3;

    static readonly TilePainter Painter = new(Legend.Default);

    static readonly GivingWay Painters = new("painter");

    /// <summary>One processor is left to the frames: a map that waits for its pictures may be moved meanwhile.</summary>
    static readonly SemaphoreSlim Hands = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Who has what he looks at painted otherwise has just pressed something, and holds the map still.</summary>
    static readonly SemaphoreSlim AllHands = new(Environment.ProcessorCount);

    readonly ConcurrentDictionary<TileAddress, Task<byte[]?>> fetched = [];

    readonly ConcurrentDictionary<TileAddress, Task<byte[]?>> ahead = [];

    /// <summary>The pictures painted last, with what of a trial is seen on them: one more tick changes few of them.</summary>
    readonly ConcurrentDictionary<TileAddress, Painting> painted = [];

    PaintOptions aheadAs = PaintOptions.Default;

    int outdated;

    /// <summary>The service no longer has this edition, or that of the layers from elsewhere: somebody imported or analysed meanwhile. Raised once, on any thread.</summary>
    public event Action? Outdated;

    public bool IsOutdated => outdated != 0;

    /// <summary>The same with some layers from elsewhere.</summary>
    public PaintedTiles With(PaintedTiles over, IReadOnlySet<string> replaced)
    {
        var both = new PaintedTiles(http, template, first, last, over, replaced);
        over.Outdated += both.Expire;
        return both;
    }

    /// <summary>Others are there in their place.</summary>
    internal void Expire()
    {
        if (Interlocked.Exchange(ref outdated, 1) == 0)
            Outdated?.Invoke();
    }

    public TilePicture With(PaintOptions options)
    {
        var asked = options with { Size = Size };
        if (!asked.PaintsLike(aheadAs))
            ahead.Clear();
        return tile => ahead.TryRemove(tile, out var picture) ? Begun(picture, tile, asked) : Paint(tile, asked);
    }

    async Task<byte[]?> Begun(Task<byte[]?> picture, TileAddress wanted, PaintOptions options)
    {
        await ((Task)picture).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return picture.IsCompletedSuccessfully ? await picture.ConfigureAwait(false) : await Paint(wanted, options).ConfigureAwait(false);
    }

    /// <summary>Paints what a window that is still being made will ask for first: it gets these pictures, if it asks with the same options.</summary>
    /// <returns>Ends with the last of them, whatever became of it.</returns>
    public Task PaintAhead(MapPose pose, PaintOptions options)
    {
        aheadAs = options with { Size = Size };
        var seen = Seen(pose);
        foreach (var tile in Enumerable.Range(0, Above + 1).SelectMany(up => seen.Where(t => t.Zoom - up >= first).Select(t => t.At(t.Zoom - up))).Distinct())
            ahead[tile] = Paint(tile, aheadAs);
        return Task.WhenAll(ahead.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>The pictures a map looks at, from its centre outwards.</summary>
    public static IReadOnlyList<TileAddress> Seen(MapPose pose)
    {
        var zoom = Math.Max(0, (int)Math.Floor(pose.Zoom) - 1); // a picture of 512 pixels shows what one of 256 shows a level on
        if (pose.Resolution - MapPose.ResolutionOf(zoom + 2) < MapPose.ResolutionOf(zoom + 1) - pose.Resolution)
            zoom++;
        var (box, count) = (pose.Box, 1 << zoom);
        var ((west, north), (east, south), (x, y)) = (TileAddress.World(box.MinX, box.MaxY), TileAddress.World(box.MaxX, box.MinY), TileAddress.World(pose.X, pose.Y));
        return [.. from across in Indices(west, east) from down in Indices(north, south) orderby Math.Pow(across + 0.5 - x * count, 2) + Math.Pow(down + 0.5 - y * count, 2) select new TileAddress(zoom, across, down)];

        IEnumerable<int> Indices(double from, double to) => Enumerable.Range((int)(Math.Clamp(from, 0, 1) * count), (int)(Math.Clamp(to, 0, 1) * count) - (int)(Math.Clamp(from, 0, 1) * count) + 1).Where(i => i < count);
    }

    async Task<byte[]?> Paint(TileAddress wanted, PaintOptions options)
    {
        if (wanted.Zoom < first)
            return null;
        if (Painted(wanted, options) is { } there)
            return there;
        var source = wanted.At(Math.Min(wanted.Zoom, last));
        if (await Whole(source).ConfigureAwait(false) is not { } tile)
            return null;
        var hands = painted.ContainsKey(wanted) ? AllHands : Hands;
        await hands.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Painters.Run(() => Picture(tile, wanted, source, options)).ConfigureAwait(false);
        }
        finally
        {
            hands.Release();
        }
    }

    byte[] Picture(byte[] packed, TileAddress wanted, TileAddress source, PaintOptions options)
    {
        var tile = VectorTile.Read(packed);
        var gaps = TilePainter.GapKeys(tile);
        using var picture = Painter.Picture(tile, wanted, source, options);
        var file = options.Transparent ? MapImage.Encode(picture) : BitmapFile.Of(picture); // BMP knows no transparent palette
        if (painted.Count >= MostPainted / Math.Max(1, options.Scale * options.Scale))
            foreach (var (old, _) in painted.OrderBy(p => p.Value.Used).Take(painted.Count / 2))
                painted.TryRemove(old, out _);
        painted[wanted] = new(options, gaps, Painter.Tried(gaps, wanted, options), file);
        return file;
    }

    /// <summary>The picture of before, where it would be painted the same again: known without unpacking the tile.</summary>
    byte[]? Painted(TileAddress wanted, PaintOptions options)
    {
        if (!painted.TryGetValue(wanted, out var last) || !options.PaintsLike(last.As with { Gaps = options.Gaps }) || !Painter.Tried(last.Gaps, wanted, options).PaintsLike(last.Tried))
            return null;
        last.Used = Environment.TickCount64;
        return last.Picture;
    }

    /// <param name="Gaps">Keys of the gap areas on it.</param>
    sealed record Painting(PaintOptions As, IReadOnlyList<string> Gaps, TriedPart Tried, byte[] Picture)
    {
        /// <summary>Milliseconds of the machine's clock.</summary>
        public long Used { get; set; } = Environment.TickCount64;
    }

    async Task<byte[]?> Whole(TileAddress tile)
    {
        var other = over?.Fetch(tile);
        var own = await Fetch(tile).ConfigureAwait(false);
        return other is null ? own : TileMerge.Merge(own ?? [], await other.ConfigureAwait(false) ?? [], replaced!);
    }

    async Task<byte[]?> Fetch(TileAddress tile)
    {
        if (fetched.Count > Most)
            fetched.Clear();
        var asked = fetched.GetOrAdd(tile, Ask);
        try
        {
            return await asked.ConfigureAwait(false);
        }
        catch
        {
            fetched.TryRemove(tile, out _); // the next look asks again
            throw;
        }
    }

    Uri Address(TileAddress tile)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        return new(template.Replace("{z}", Text(tile.Zoom), StringComparison.Ordinal).Replace("{x}", Text(tile.X), StringComparison.Ordinal).Replace("{y}", Text(tile.Y), StringComparison.Ordinal), UriKind.RelativeOrAbsolute);
    }

    async Task<byte[]?> Ask(TileAddress tile)
    {
        using var answer = await http.GetAsync(Address(tile)).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Gone)
            Expire();
        if (answer.StatusCode == HttpStatusCode.NoContent)
            return [];
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }
}
