using System.Globalization;

namespace Breitband.Benchmarks.Gaps;

/// <summary>PostGIS through <c>psql</c>: server and database by the usual PG* variables, the data in a schema of the scale's name.</summary>
sealed class Peer(string schema)
{
    static string File_(string name) => Path.Combine(AppContext.BaseDirectory, "peers", "gaps", name + ".sql");

    public void Run(string name, params string[] variables) =>
        Timing.Output("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", $"set search_path = {schema}, public", .. variables.SelectMany(v => (string[])["-v", v]), "-f", File_(name)]);

    public void Execute(params string[] commands) =>
        Timing.Output("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", $"set search_path = {schema}, public; set client_min_messages = warning", .. commands.SelectMany(c => (string[])["-c", c])]);

    /// <summary>The rows of a query as words.</summary>
    public IEnumerable<string[]> Rows(string query) =>
        Timing.Output("psql", "-X", "-q", "-A", "-t", "-F", "|", "-v", "ON_ERROR_STOP=1", "-c", $"set search_path = {schema}, public", "-c", query).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|'));

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
