using Breitband.Analyse;
using Breitband.Print;
using Microsoft.Extensions.Logging;

namespace Breitband.Service.Http;

/// <summary>
/// What the first reader after a start would wait for, done before he comes: the county is read and computed, the tiles are brought up to date,
/// the program's own code is compiled along the way.
/// </summary>
static partial class WarmUp
{
    /// <summary>Goes on in the background; that something is missing is no fault of the start, whoever asks for it is told then.</summary>
    public static Task Begin(Site site, ILogger log) => Task.Run(async () =>
    {
        try
        {
            await Tiles(site);
            _ = (await site.Results.Last()).GapAreas.Count;
            var whatIf = await site.Results.WhatIf(static options => options);
            await site.OnACore(() => (whatIf.Answer(MeasureChoice.None), Routes.AnalyseRoutes.BesideUsual(whatIf, MeasureChoice.None)), default); // the cells are cut, too
        }
        catch (Exception e) when (e is ProblemException or BreitbandException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            LogLeft(log, e.Message);
        }
    });

    static async Task Tiles(Site site)
    {
        await site.Pyramids.Current(Disclosure.Public);
        await site.Pyramids.Made(Disclosure.Public);
        if (!Routes.MapRoutes.Available || await site.Pyramids.Current(Disclosure.Public) is not { } pyramid)
            return;
        var bounds = pyramid.Bounds;
        var (x, y) = Crs.Transform(Crs.Geographic, Crs.WebMercator)((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2);
        var (across, down) = TileAddress.World(x, y);
        var middle = new TileAddress(9, (int)(across * 512), (int)(down * 512));
        if (pyramid.Read(middle) is { } tile)
            new TilePainter(Legend.Default).Paint(tile, middle, middle);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing was prepared for the first question: {Reason}")]
    static partial void LogLeft(ILogger log, string reason);
}
