using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Breitband.Print;
using NetTopologySuite.Geometries;

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

    /// <summary>On this level a window shows a county whole.</summary>
    const int Overview = 9;

    static readonly TilePainter Painter = new(Legend.Default);

    /// <summary>One processor is left to the frames: a map that waits for its pictures may be moved meanwhile.</summary>
    static readonly SemaphoreSlim Hands = new(Math.Max(1, Environment.ProcessorCount - 1));

    readonly ConcurrentDictionary<TileAddress, Task<byte[]?>> fetched = [];

    int outdated;

    /// <summary>The service no longer has this edition, or that of the layers from elsewhere: somebody imported or analysed meanwhile. Raised once, on any thread.</summary>
    public event Action? Outdated;

    /// <summary>The same with some layers from elsewhere.</summary>
    public PaintedTiles With(PaintedTiles over, IReadOnlySet<string> replaced)
    {
        var both = new PaintedTiles(http, template, first, last, over, replaced);
        over.Outdated += both.Expire;
        return both;
    }

    void Expire()
    {
        if (Interlocked.Exchange(ref outdated, 1) == 0)
            Outdated?.Invoke();
    }

    public TilePicture With(PaintOptions options) => tile => Paint(tile, options with { Size = Size });

    async Task<byte[]?> Paint(TileAddress wanted, PaintOptions options)
    {
        if (wanted.Zoom < first)
            return null;
        var source = wanted.At(Math.Min(wanted.Zoom, last));
        if (await Whole(source).ConfigureAwait(false) is not { } tile)
            return null;
        await Hands.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Picture(tile, wanted, source, options)).ConfigureAwait(false);
        }
        finally
        {
            Hands.Release();
        }
    }

    static byte[] Picture(byte[] tile, TileAddress wanted, TileAddress source, PaintOptions options)
    {
        if (options.Transparent)
            return Painter.Paint(tile, wanted, source, options); // BMP knows no transparent palette
        using var picture = Painter.Picture(VectorTile.Read(tile), wanted, source, options);
        return BitmapFile.Of(picture);
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

    /// <summary>Paints a tile nobody sees, so that fonts and code are ready when the window is; what is wrong with it is told to whoever looks at it.</summary>
    /// <param name="place">Metres of the web's projection.</param>
    public async Task Prepare(Coordinate place)
    {
        var (zoom, (across, down)) = (Math.Clamp(Overview, first, last), TileAddress.World(place.X, place.Y));
        var tile = new TileAddress(zoom, (int)(across * (1 << zoom)), (int)(down * (1 << zoom)));
        try
        {
            using var answer = await http.GetAsync(Address(tile)).ConfigureAwait(false);
            Picture(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync().ConfigureAwait(false), tile, tile, PaintOptions.Default);
        }
        catch (Exception e) when (e is HttpRequestException or BreitbandException or OperationCanceledException or ObjectDisposedException)
        {
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
