using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Breitband.Service.Http;

/// <summary>Counts for /metrics in the text format of Prometheus: requests and their time by route, memory, jobs.</summary>
sealed class Metrics
{
    static readonly double[] Bounds = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    readonly ConcurrentDictionary<(string Method, string Route, int Status), long> requests = new();
    readonly ConcurrentDictionary<string, Histogram> times = new();
    readonly ConcurrentDictionary<string, long> events = new();
    long running;

    public void Begin() => Interlocked.Increment(ref running);

    /// <summary>Others are what a client made up: each would be a line of its own for good.</summary>
    static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public void End(string method, string route, int status, TimeSpan took)
    {
        method = Methods.Contains(method) ? method : "other";
        Interlocked.Decrement(ref running);
        requests.AddOrUpdate((method, route, status), 1, static (_, n) => n + 1);
        times.GetOrAdd(route, static _ => new()).Add(took.TotalSeconds);
    }

    /// <summary>Something worth a counter of its own: an import done, failed, cancelled; a key refused.</summary>
    public void Count(string name) => events.AddOrUpdate(name, 1, static (_, n) => n + 1);

    public string Text(IEnumerable<(string Name, string Help, double Value)> gauges)
    {
        var text = new StringBuilder();
        text.Append("# HELP breitband_requests_total Requests answered.\n# TYPE breitband_requests_total counter\n");
        foreach (var ((method, route, status), count) in requests.OrderBy(r => r.Key.Route, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"breitband_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}\n");
        text.Append("# HELP breitband_request_seconds Time of an answer.\n# TYPE breitband_request_seconds histogram\n");
        foreach (var (route, histogram) in times.OrderBy(t => t.Key, StringComparer.Ordinal))
            histogram.Write(text, route);
        text.Append("# HELP breitband_events_total Imports, changes, refusals.\n# TYPE breitband_events_total counter\n");
        foreach (var (name, count) in events.OrderBy(e => e.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"breitband_events_total{{event=\"{name}\"}} {count}\n");
        foreach (var (name, help, value) in gauges.Append(("breitband_requests_running", "Requests being answered.", Interlocked.Read(ref running))))
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        return text.ToString();
    }

    sealed class Histogram
    {
        readonly long[] counts = new long[Bounds.Length + 1];
        long ticks;

        public void Add(double seconds)
        {
            var at = Array.FindIndex(Bounds, b => seconds <= b);
            Interlocked.Increment(ref counts[at < 0 ? Bounds.Length : at]);
            Interlocked.Add(ref ticks, (long)(seconds * TimeSpan.TicksPerSecond));
        }

        public void Write(StringBuilder text, string route)
        {
            var total = 0L;
            for (var i = 0; i < Bounds.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"breitband_request_seconds_bucket{{route=\"{route}\",le=\"{Bounds[i]}\"}} {total += Interlocked.Read(ref counts[i])}\n");
            text.Append(CultureInfo.InvariantCulture, $"breitband_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {total += Interlocked.Read(ref counts[^1])}\n");
            text.Append(CultureInfo.InvariantCulture, $"breitband_request_seconds_sum{{route=\"{route}\"}} {Interlocked.Read(ref ticks) / (double)TimeSpan.TicksPerSecond}\n");
            text.Append(CultureInfo.InvariantCulture, $"breitband_request_seconds_count{{route=\"{route}\"}} {total}\n");
        }
    }
}
