using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Breitband.Tests.Store;

/// <summary>
/// A PostgreSQL cluster of the tests' own: made from the distribution's binaries in a temporary folder, on a free port of loopback, never as
/// root, with a password nobody else knows; gone when disposed. The distribution's default cluster is not touched.
/// </summary>
public sealed class PostGisCluster : IDisposable
{
    const string User = "postgres";

    readonly string folder = Directory.CreateTempSubdirectory("breitband-pg-").FullName;
    readonly string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
    readonly string bin = Binaries ?? throw new InvalidOperationException(OwnMissing);
    readonly int port = FreePort();

    /// <param name="settings">Lines of postgresql.conf besides those of every test.</param>
    public PostGisCluster(params string[] settings)
    {
        File.WriteAllText(Path.Combine(folder, "password"), password);
        if (AsRoot)
            Call("chown", "-R", User, folder);
        Run("initdb", "-D", Data, "-U", User, "-A", "scram-sha-256", $"--pwfile={Path.Combine(folder, "password")}", "-E", "UTF8", "--locale=C", "-N");
        File.WriteAllLines(Path.Combine(folder, "settings"),
        [
            $"port = {port.ToString(CultureInfo.InvariantCulture)}", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "max_connections = 200",
            // A test outlives a killed server, not a power cut.
            "fsync = off", "log_min_messages = fatal", .. settings,
        ]);
        Call("sh", "-c", $"cat '{folder}/settings' >> '{Data}/postgresql.conf'");
        Start();
    }

    /// <summary>Kilobytes a file of the server may have from the next start on; no limit when 0.</summary>
    public int LargestFile
    {
        get;
        init
        {
            Stop();
            field = value;
            Start();
        }
    }

    /// <summary>What to do where there is no PostGIS; a test that needs one fails with it.</summary>
    public const string Missing =
        "PostgreSQL with PostGIS is missing. Install it with tests/run --install (or: sudo apt-get install postgresql-postgis), or name a server: BREITBAND_POSTGIS=\"Host=...;Username=...;Password=...\" with a superuser.";

    /// <summary>The same for a test that stops, kills or fills its server, which a server that is named is not for.</summary>
    public const string OwnMissing =
        "This test starts, stops, kills or fills a server of its own, also where BREITBAND_POSTGIS names one. It needs PostgreSQL with PostGIS on this machine (initdb, pg_ctl, pg_dump, psql): tests/run --install, or sudo apt-get install postgresql-postgis.";

    /// <summary>Where initdb and pg_ctl are: the newest version beside an installed PostGIS; null when there is none.</summary>
    public static string? Binaries => !Directory.Exists("/usr/lib/postgresql") ? null : Directory.EnumerateDirectories("/usr/lib/postgresql")
        .Where(v => File.Exists($"/usr/share/postgresql/{Path.GetFileName(v)}/extension/postgis.control") && File.Exists($"{v}/bin/initdb"))
        .OrderByDescending(v => int.Parse(Path.GetFileName(v), CultureInfo.InvariantCulture)).Select(v => $"{v}/bin").FirstOrDefault();

    static bool AsRoot => Environment.UserName == "root";

    string Data => Path.Combine(folder, "data");

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = User,
        Password = password,
        // A test's pool must not outlive it: connections that idle would run into the server's limit.
        ConnectionIdleLifetime = 2,
        ConnectionPruningInterval = 1,
    }.ToString();

    public void Start() => Limited("pg_ctl", "-D", Data, "-l", Path.Combine(Data, "log"), "-w", "-t", "60", "-s", "start");

    public void Stop() => Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "-s", "stop");

    /// <summary>kill -9 of the server and all its backends, as a crash would.</summary>
    public void Kill()
    {
        var postmaster = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        Call("kill", "-STOP", postmaster); // so that it has no more children than those found now
        string[] family = [postmaster, .. Call("pgrep", "-P", postmaster).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Call("sh", "-c", $"kill -9 {string.Join(' ', family)} 2>/dev/null || true");
        foreach (var id in family)
        {
            using var last = ProcessOf(int.Parse(id, CultureInfo.InvariantCulture));
            last?.WaitForExit();
        }
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    static Process? ProcessOf(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null; // it is gone already
        }
    }

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            Stop();
        Directory.Delete(folder, true);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    void Run(string program, params string[] arguments)
    {
        if (AsRoot)
            Call("runuser", ["-u", User, "--", Path.Combine(bin, program), .. arguments]);
        else
            Call(Path.Combine(bin, program), arguments);
    }

    void Limited(string program, params string[] arguments)
    {
        if (LargestFile == 0)
            Run(program, arguments);
        else
            Run("/bin/sh", ["-c", $"ulimit -f {LargestFile * 2}; exec \"$@\"", "sh", $"{bin}/{program}", .. arguments]);
    }

    /// <summary>Runs a program in the temporary folder (root's own is closed to others). Its output goes to a file, because a server would keep a pipe open.</summary>
    string Call(string program, params string[] arguments)
    {
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, program, .. arguments]) { WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var said = File.ReadAllText(log);
        File.Delete(log);
        return process.ExitCode == 0 || program == "pgrep" ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
    }
}
