using System.Diagnostics;
using System.Globalization;
using Breitband.Analyse;
using Breitband.Store;
using Breitband.Tests.Store;
using Npgsql;

namespace Breitband.Benchmarks;

/// <summary>
/// The imports of a state into PostGIS, as whole processes with all checks, report and indexes, beside what an expert would type: 1.4 million
/// addresses (CSV) and 800,000 cells (shapefile and GeoPackage, EPSG:3035), then the reading of an analysis.
/// </summary>
sealed class PostGisImport(string server, string folder, int runs)
{
    /// <summary>As a database administrator would set them on a small machine; durable, as they must be.</summary>
    static readonly string[] Settings = ["fsync = on", "shared_buffers = 1GB", "maintenance_work_mem = 512MB", "max_wal_size = 4GB", "work_mem = 128MB", "effective_cache_size = 12GB", "random_page_cost = 1.1", "jit = off", "autovacuum = off"];

    bool missed;
    long peak;

    public static int Run(int points, int cells, int runs) => With(b => b.All(points, cells), runs);

    /// <summary>Only the reading of an analysis, after one import of each.</summary>
    public static int Reading(int points, int cells, int runs) => With(b => b.OnlyRead(points, cells), runs);

    static int With(Func<PostGisImport, int> measure, int runs)
    {
        // Where the server and the files lie for the run: gigabytes, and not everybody's /tmp is a disk.
        if (Environment.GetEnvironmentVariable("BENCH_DIR") is { Length: > 0 } room)
            Environment.SetEnvironmentVariable("TMPDIR", room);
        var named = Environment.GetEnvironmentVariable("BREITBAND_POSTGIS");
        using var cluster = string.IsNullOrEmpty(named) ? new PostGisCluster(Settings) : null;
        var admin = cluster?.ConnectionString("postgres") ?? named!;
        var folder = Directory.CreateTempSubdirectory("breitband-bench-").FullName;
        var database = $"breitband_bench_{Guid.NewGuid():N}";
        try
        {
            Execute(admin, $"CREATE DATABASE {database}");
            var server = new NpgsqlConnectionStringBuilder(admin) { Database = database }.ToString();
            Execute(server, "CREATE EXTENSION postgis");
            return measure(new PostGisImport(server, folder, runs));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Execute(admin, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
            Directory.Delete(folder, true);
        }
    }

    int All(int points, int cells)
    {
        Points(points);
        Cells(cells);
        Import(Path.Combine(folder, "adressen.csv"), "lgb-geoadr");
        ReadBoth(points, cells);
        return missed ? 1 : 0;
    }

    int OnlyRead(int points, int cells)
    {
        Empty();
        var (addresses, grid) = (Path.Combine(folder, "adressen.csv"), Path.Combine(folder, "gitter.shp"));
        PostGisFiles.Addresses(addresses, points);
        Import(addresses, "lgb-geoadr");
        Read("addresses", points, c => c.Addresses.Count, "addresses");
        ImportCells.Write(grid, cells);
        Import(grid, "bevoelkerung");
        ReadBoth(points, cells);
        return missed ? 1 : 0;
    }

    void ReadBoth(int points, int cells) =>
        Told("million rows a second into an analysis", Read("rows of both layers", points + cells, c => c.Addresses.Count + c.Population.Count, "addresses", "population"), 1);

    void Points(int count)
    {
        var file = Path.Combine(folder, "adressen.csv");
        PostGisFiles.Addresses(file, count);
        Console.WriteLine($"{count:N0} addresses, CSV -> PostGIS with GiST");
        var times = Beside(count, Ours(file, "lgb-geoadr"), Floor("addresses"),
            Peer("ogr2ogr with COPY", "ogr2ogr", "-q", "-f", "PostgreSQL", PG, file, "-nln", "imp.addresses", "-a_srs", "EPSG:25833", "-oo", "X_POSSIBLE_NAMES=EEEEEE_EEE", "-oo", "Y_POSSIBLE_NAMES=NNNNNNN_NNN",
                "-oo", "KEEP_GEOM_COLUMNS=NO", "-oo", "SEPARATOR=SEMICOLON", "-lco", "GEOMETRY_NAME=geom", "-lco", "PRECISION=NO"),
            Peer("\\copy into staging + insert (no checks)", "psql", "-v", "ON_ERROR_STOP=1", "-q",
                "-c", "create temp table raw (nba text, oi text, qua text, ags text, stn text, hnr text, adz text, plz text, onm text, e text, n text)",
                "-c", $"\\copy raw from '{file}' with (format csv, delimiter ';', header)",
                "-c", "create table imp.addresses as select oi, qua, ags, stn, hnr, adz, plz, onm, st_setsrid(st_makepoint(replace(e, ',', '.')::float8, replace(n, ',', '.')::float8), 25833)::geometry(Point, 25833) geom from raw",
                "-c", "create index on imp.addresses using gist (geom)"));
        Told("times as fast as ogr2ogr", times[2] / times[0], 2.5);
        Told("times as fast as \\copy + insert", times[3] / times[0], 1);
        Console.WriteLine(FormattableString.Invariant($"  {times[1] / times[0]:0.00} of the speed of bare binary COPY plus index"));
        Read("addresses", count, c => c.Addresses.Count, "addresses");
    }

    void Cells(int count)
    {
        var shape = Path.Combine(folder, "gitter.shp");
        ImportCells.Write(shape, count);
        var package = Path.Combine(folder, "gitter.gpkg");
        Timing.Process("ogr2ogr", "-q", "-f", "GPKG", package, shape);
        foreach (var file in (string[])[shape, package])
        {
            Console.WriteLine($"{count:N0} cells, {Path.GetExtension(file)[1..]} EPSG:3035 -> PostGIS EPSG:25833 with GiST");
            var times = Beside(count, Ours(file, "bevoelkerung"), Floor("population"),
                Peer("ogr2ogr with COPY", "ogr2ogr", "-q", "-f", "PostgreSQL", PG, file, "-nln", "imp.cells", "-t_srs", "EPSG:25833", "-nlt", "MULTIPOLYGON", "-lco", "GEOMETRY_NAME=geom", "-lco", "PRECISION=NO"));
            Told("times as fast as ogr2ogr", times[2] / times[0], 2);
            Console.WriteLine(FormattableString.Invariant($"  {times[1] / times[0]:0.00} of the speed of bare binary COPY plus index"));
        }
        Read("population cells", count, c => c.Population.Count, "population");
    }

    (string, Action, Action) Ours(string file, string mapping) => ("breitband import", Empty, () => peak = Math.Max(peak, Import(file, mapping)));

    void Empty()
    {
        Execute(server, "DROP SCHEMA IF EXISTS breitband CASCADE");
        using (PostGisStore.Open(server, OpenMode.Create, ""))
            Execute(server, "CHECKPOINT");
    }

    long Import(string file, string mapping) => Timing.Process("dotnet", ServeCounty.Breitband,
        "import", file, "--store", server, "--county", "", "--mapping", mapping, "--edition", "2022-05-15", "--quiet");

    /// <summary>Everything an analysis computes from, once warm: texts made, municipalities found, in order. Millions of rows a second.</summary>
    double Read(string what, int count, Func<County, int> rows, params string[] layers)
    {
        var municipalities = Path.Combine(folder, "gemeinden.geojson");
        PostGisFiles.Municipalities(municipalities);
        Import(municipalities, "vg250-gemeinden");
        using var store = PostGisStore.Open(server, OpenMode.Read, "");
        var (times, bare) = (new double[runs], new double[runs]);
        for (var run = -1; run < runs; run++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            var read = rows(CountyReader.Figures(store, null));
            var time = watch.Elapsed.TotalSeconds;
            if (read != count)
                throw new InvalidOperationException($"{read} of {count} {what} read");
            watch.Restart();
            Psql([.. layers.Select(l => $"\\copy (select geom, key from breitband.{l}) to '/dev/null' with (format binary)")]);
            if (run >= 0)
                (times[run], bare[run]) = (time, watch.Elapsed.TotalSeconds);
        }
        Array.Sort(times);
        Array.Sort(bare);
        double Millions(double seconds) => count / seconds / 1e6;
        Console.WriteLine(FormattableString.Invariant($"  {Millions(times[runs / 2]):0.00} million {what} a second into an analysis ({Millions(times[^1]):0.00} to {Millions(times[0]):0.00}); bare COPY to nowhere of geometry and key {Millions(bare[runs / 2]):0.00}"));
        return Millions(times[runs / 2]);
    }

    /// <summary>What no import can beat: the same rows as a binary file, unchecked, and the index.</summary>
    (string, Action, Action) Floor(string layer)
    {
        var file = Path.Combine(folder, $"{layer}.bin");
        return ("binary COPY + GiST (floor)", () =>
        {
            Psql($"\\copy (select * from breitband.{layer}) to '{file}' with (format binary)");
            Fresh();
        }, () => Psql($"create table imp.f (like breitband.{layer})", $"\\copy imp.f from '{file}' with (format binary)", "create index on imp.f using gist (geom)"));
    }

    (string, Action, Action) Peer(string label, string program, params string[] arguments) => (label, Fresh, () => Timing.Process(program, arguments));

    void Fresh() => Execute(server, "DROP SCHEMA IF EXISTS imp CASCADE; CREATE SCHEMA imp; CHECKPOINT");

    /// <summary>All of them in turn, again and again: a machine's speed drifts.</summary>
    double[] Beside(int count, params (string Label, Action Before, Action Work)[] contestants)
    {
        var times = contestants.Select(_ => new double[runs]).ToArray();
        peak = 0;
        for (var run = -1; run < runs; run++)
            for (var c = 0; c < contestants.Length; c++)
            {
                contestants[c].Before();
                var watch = Stopwatch.StartNew();
                contestants[c].Work();
                if (run >= 0)
                    times[c][run] = watch.Elapsed.TotalSeconds;
            }
        for (var c = 0; c < contestants.Length; c++)
        {
            Array.Sort(times[c]);
            Console.WriteLine(FormattableString.Invariant($"  {contestants[c].Label,-42} {times[c][runs / 2],7:0.00} s   ({times[c][0]:0.00} to {times[c][^1]:0.00})   {count / times[c][runs / 2]:N0}/s"));
        }
        Console.WriteLine($"  peak {peak >> 20} MiB");
        missed |= peak >> 20 >= 300;
        return [.. times.Select(t => t[runs / 2])];
    }

    void Told(string what, double value, double demanded)
    {
        missed |= value < demanded;
        Console.WriteLine(FormattableString.Invariant($"  {value:0.00} {what} (demanded: {demanded:0.0}){(value < demanded ? "   MISSED" : "")}"));
    }

    string PG
    {
        get
        {
            var address = new NpgsqlConnectionStringBuilder(server);
            Environment.SetEnvironmentVariable("PGPASSWORD", address.Password);
            Environment.SetEnvironmentVariable("PGHOST", address.Host);
            Environment.SetEnvironmentVariable("PGPORT", address.Port.ToString(CultureInfo.InvariantCulture));
            Environment.SetEnvironmentVariable("PGUSER", address.Username);
            Environment.SetEnvironmentVariable("PGDATABASE", address.Database);
            Environment.SetEnvironmentVariable("PG_USE_COPY", "YES");
            return $"PG:dbname={address.Database}";
        }
    }

    void Psql(params string[] commands)
    {
        _ = PG;
        Timing.Process("psql", ["-v", "ON_ERROR_STOP=1", "-q", .. commands.SelectMany(c => new[] { "-c", c })]);
    }

    static void Execute(string where, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(where) { Pooling = false, CommandTimeout = 0 }.ToString());
        connection.Open();
        foreach (var statement in sql.Split(';'))
        {
            using var command = new NpgsqlCommand(statement, connection);
            command.ExecuteNonQuery();
        }
    }
}
