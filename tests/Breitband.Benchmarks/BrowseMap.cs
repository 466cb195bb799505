using System.Text.Json;

namespace Breitband.Benchmarks;

/// <summary>
/// The map of a county in a real browser: the first picture, the drawn map, a switched measure, frames a second while it is dragged and zoomed.
/// The service is as it always is in an office: its tiles are made, and somebody has looked at the page before. It is the published program
/// where BREITBAND_PROGRAM names its breitband.dll.
/// </summary>
static class BrowseMap
{
    /// <param name="store">A county with measures, as <c>breitband demo</c> makes one.</param>
    public static int Run(string store)
    {
        var root = $"http://127.0.0.1:{ServeCounty.FreePort()}";
        Timing.Output("dotnet", ServeCounty.Breitband, "tiles", "--store", store, "--quiet");
        using var server = ServeCounty.Start("dotnet", ServeCounty.Breitband, "serve", "--store", store, "--urls", root, "--quiet");
        try
        {
            ServeCounty.Await($"{root}/tilejson");
            // The first browser of all is the one that looks before; the one whose figures count comes after it.
            Browse(root);
            using var seen = JsonDocument.Parse(Browse(root));
            return Report(seen.RootElement);
        }
        finally
        {
            server.Kill();
        }
    }

    static string Browse(string root) => Timing.Output("node", "--no-warnings", "--experimental-websocket", Path.Combine(AppContext.BaseDirectory, "peers", "browse.mjs"), $"{root}/map").Output;

    static int Report(JsonElement seen)
    {
        double Of(string part, string figure) => seen.GetProperty(part).GetProperty(figure).GetDouble();
        foreach (var (part, label) in new[] { ("start", "first visit, in a browser just started"), ("cold", "first visit, in a browser that runs"), ("warm", "second visit") })
            Console.WriteLine(FormattableString.Invariant($"{label,-62} {Of(part, "first"),8:0} ms to the first picture, {Of(part, "drawn"):0} ms until the browser has drawn the map itself   (asked: first picture under 1,000 ms)"));
        foreach (var (part, label) in new[] { ("pan", "dragged"), ("zoom", "zoomed") })
            Console.WriteLine(FormattableString.Invariant($"{label,-62} {Of(part, "perSecond"),8:0} frames a second in which the map was seen to move, longest wait {Of(part, "longest"):0} ms; processor a frame: page {Of(part, "page"):0.0} ms, drawing {Of(part, "drawing"):0.0} ms   (asked: 50)"));
        Console.WriteLine($"{"a measure switched, until the figures have changed",-62} {seen.GetProperty("trial").GetRawText(),8} ms");
        Console.WriteLine($"drawn by {seen.GetProperty("renderer").GetString()}");
        return Of("cold", "first") < 1000 && Of("pan", "perSecond") >= 50 && Of("zoom", "perSecond") >= 50 ? 0 : 1;
    }
}
