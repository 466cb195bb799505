using System.Diagnostics;
using System.Globalization;
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

    public static int Run(int points, int cells, int runs)
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
            return new PostGisImport(server, folder, runs).All(points, cells);
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
        return missed ? 1 : 0;
    }

    void Points(int count)
    {
        var file = Path.Combine(folder, "adressen.csv");
        PostGisFiles.Addresses(file, count);
        Console.WriteLine($"{count:N0} addresses, CSV -> PostGIS with GiST");
        var ours = Ours("breitband import", count, file, "lgb-geoadr");
        Read(Layer.Addresses, count);
        var floor = Floor("addresses", count);
        var ogr = Peer("ogr2ogr with COPY", "ogr2ogr", "-q", "-f", "PostgreSQL", PG, file, "-nln", "imp.addresses", "-a_srs", "EPSG:25833", "-oo", "X_POSSIBLE_NAMES=EEEEEE_EEE", "-oo", "Y_POSSIBLE_NAMES=NNNNNNN_NNN",
            "-oo", "KEEP_GEOM_COLUMNS=NO", "-oo", "SEPARATOR=SEMICOLON", "-lco", "GEOMETRY_NAME=geom", "-lco", "PRECISION=NO");
        var staged = Peer("\\copy into staging + insert (no checks)", "psql", "-v", "ON_ERROR_STOP=1", "-q",
            "-c", "create temp table raw (nba text, oi text, qua text, ags text, stn text, hnr text, adz text, plz text, onm text, e text, n text)",
            "-c", $"\\copy raw from '{file}' with (format csv, delimiter ';', header)",
            "-c", "create table imp.addresses as select oi, qua, ags, stn, hnr, adz, plz, onm, st_setsrid(st_makepoint(replace(e, ',', '.')::float8, replace(n, ',', '.')::float8), 25833)::geometry(Point, 25833) geom from raw",
            "-c", "create index on imp.addresses using gist (geom)");
        Told("times as fast as ogr2ogr", ogr / ours, 2.5);
        Told("times as fast as \\copy + insert", staged / ours, 1);
        Console.WriteLine(FormattableString.Invariant($"  {floor / ours:0.00} of the speed of bare binary COPY plus index"));
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
            var ours = Ours("breitband import", count, file, "bevoelkerung");
            if (file == shape)
                Read(Layer.Population, count);
            var floor = Floor("population", count);
            var ogr = Peer("ogr2ogr with COPY", "ogr2ogr", "-q", "-f", "PostgreSQL", PG, file, "-nln", "imp.cells", "-t_srs", "EPSG:25833", "-nlt", "MULTIPOLYGON", "-lco", "GEOMETRY_NAME=geom", "-lco", "PRECISION=NO");
            Told("times as fast as ogr2ogr", ogr / ours, 2);
            Console.WriteLine(FormattableString.Invariant($"  {floor / ours:0.00} of the speed of bare binary COPY plus index"));
        }
    }

    double Ours(string label, int count, string file, string mapping)
    {
        // As a county runs it, when the published program is named: docs/operations.md.
        var program = Environment.GetEnvironmentVariable("BREITBAND_PROGRAM") is { Length: > 0 } published ? published : typeof(Breitband.Service.CommandLine).Assembly.Location;
        long peak = 0;
        var median = Median(label, count, () =>
        {
            Execute(server, "DROP SCHEMA IF EXISTS breitband CASCADE");
            using var store = PostGisStore.Open(server, OpenMode.Create, "");
        }, () => peak = Timing.Process("dotnet", program, "import", file, "--store", server, "--county", "", "--mapping", mapping, "--edition", "2022-05-15", "--quiet"));
        Console.WriteLine($"  peak {peak >> 20} MiB");
        missed |= peak >> 20 >= 300;
        return median;
    }

    /// <summary>Into the arrays of an analysis' reader, once warm.</summary>
    void Read(Layer layer, int count)
    {
        using var store = PostGisStore.Open(server, OpenMode.Read);
        var edition = store.LiveEditions(layer).Single();
        var rows = new Row[count];
        var best = double.MaxValue;
        for (var run = 0; run < runs + 1; run++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            var at = 0;
            foreach (var row in store.Read(edition))
                rows[at++] = row;
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        Told($"million rows of {layer.Name} a second into memory", count / best / 1e6, 1);
    }

    /// <summary>What no import can beat: the same rows as a binary file, unchecked, and the index.</summary>
    double Floor(string layer, int count)
    {
        var file = Path.Combine(folder, "floor.bin");
        var edition = Scalar($"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'breitband.{layer}'::regclass");
        Psql($"\\copy {edition} to '{file}' with (format binary)");
        return Median("binary COPY + GiST (floor)", count, Fresh, () => Psql($"create table imp.f (like {edition})", $"\\copy imp.f from '{file}' with (format binary)", "create index on imp.f using gist (geom)"));
    }

    double Peer(string label, string program, params string[] arguments) => Median(label, 0, Fresh, () => Timing.Process(program, arguments));

    void Fresh() => Execute(server, "DROP SCHEMA IF EXISTS imp CASCADE; CREATE SCHEMA imp; CHECKPOINT");

    double Median(string label, int count, Action before, Action work)
    {
        var times = new double[runs];
        for (var i = -1; i < runs; i++)
        {
            before();
            var watch = Stopwatch.StartNew();
            work();
            if (i >= 0)
                times[i] = watch.Elapsed.TotalSeconds;
        }
        Array.Sort(times);
        var median = times[runs / 2];
        Console.WriteLine(FormattableString.Invariant($"  {label,-42} {median,7:0.00} s   ({times[0]:0.00} to {times[^1]:0.00}){(count > 0 ? $"   {count / median:N0}/s" : "")}"));
        return median;
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

    string Scalar(string sql)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (string)command.ExecuteScalar()!;
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
