using System.Text.Json;

namespace Breitband.Benchmarks;

/// <summary>The map of a county in a real browser: the first picture, the drawn map, a switched measure, frames a second while it is dragged and zoomed.</summary>
static class BrowseMap
{
    /// <param name="store">A county with measures, as <c>breitband demo</c> makes one.</param>
    public static int Run(string store)
    {
        var root = $"http://127.0.0.1:{ServeCounty.FreePort()}";
        using var server = ServeCounty.Start("dotnet", typeof(Breitband.Service.CommandLine).Assembly.Location, "serve", "--store", store, "--urls", root, "--quiet");
        try
        {
            ServeCounty.Await($"{root}/tilejson");
            using var seen = JsonDocument.Parse(Timing.Output("node", "--no-warnings", "--experimental-websocket", Path.Combine(AppContext.BaseDirectory, "peers", "browse.mjs"), $"{root}/map").Output);
            return Report(seen.RootElement);
        }
        finally
        {
            server.Kill();
        }
    }

    static int Report(JsonElement seen)
    {
        double Of(string part, string figure) => seen.GetProperty(part).GetProperty(figure).GetDouble();
        foreach (var (part, label) in new[] { ("cold", "first visit"), ("warm", "second visit") })
            Console.WriteLine(FormattableString.Invariant($"{label,-62} {Of(part, "first"),8:0} ms to the first picture, {Of(part, "drawn"):0} ms until the browser has drawn the map itself   (asked: first picture under 1,000 ms)"));
        foreach (var (part, label) in new[] { ("pan", "dragged"), ("zoom", "zoomed") })
            Console.WriteLine(FormattableString.Invariant($"{label,-62} {Of(part, "perSecond"),8:0} frames a second, longest wait {Of(part, "longest"):0} ms; processor a frame: page {Of(part, "page"):0.0} ms, drawing {Of(part, "drawing"):0.0} ms   (asked: 50)"));
        Console.WriteLine($"{"a measure switched, until the figures have changed",-62} {seen.GetProperty("trial").GetRawText(),8} ms");
        Console.WriteLine($"drawn by {seen.GetProperty("renderer").GetString()}");
        return Of("cold", "first") < 1000 && Of("pan", "perSecond") >= 50 && Of("zoom", "perSecond") >= 50 ? 0 : 1;
    }
}
