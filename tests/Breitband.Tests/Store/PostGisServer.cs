using Npgsql;

[assembly: AssemblyFixture(typeof(Breitband.Tests.Store.PostGisServer))]

namespace Breitband.Tests.Store;

/// <summary>
/// The PostGIS of one test run: the server BREITBAND_POSTGIS names, else a private cluster, started when the first test asks for a database.
/// Where there is neither, the test says how to get one and is left out; in CI it fails.
/// </summary>
public sealed class PostGisServer : IDisposable
{
    readonly Lazy<(string Admin, PostGisCluster? Cluster, string Template)> server = new(Start);
    readonly List<string> databases = [], users = [];
    readonly Lock gate = new();

    /// <summary>A connection string of a superuser to a database of the test's own, with PostGIS and nothing else.</summary>
    public string NewDatabase()
    {
        var name = $"breitband_{Guid.NewGuid():N}";
        lock (gate) // a template must not be in use while it is copied
            Execute(server.Value.Admin, $"CREATE DATABASE {name} TEMPLATE {server.Value.Template}");
        lock (databases)
            databases.Add(name);
        return To(name);
    }

    /// <summary>A database without the extension.</summary>
    public string NewPlainDatabase()
    {
        var name = $"breitband_{Guid.NewGuid():N}";
        lock (gate)
            Execute(server.Value.Admin, $"CREATE DATABASE {name} TEMPLATE template0");
        lock (databases)
            databases.Add(name);
        return To(name);
    }

    /// <summary>A connection string of a new user to a test's database.</summary>
    /// <param name="roles">Roles of the store the user is a member of; the store must be there.</param>
    public string NewUser(string database, params string[] roles)
    {
        var (name, password) = ($"breitband_test_{Guid.NewGuid():N}", Guid.NewGuid().ToString("N"));
        Execute(server.Value.Admin, $"CREATE ROLE {name} LOGIN PASSWORD '{password}' {(roles.Length > 0 ? $"IN ROLE {string.Join(", ", roles)}" : "")}");
        lock (databases)
            users.Add(name);
        return new NpgsqlConnectionStringBuilder(database) { Username = name, Password = password }.ToString();
    }

    string To(string database) => new NpgsqlConnectionStringBuilder(server.Value.Admin) { Database = database }.ToString();

    static (string, PostGisCluster?, string) Start()
    {
        var named = Environment.GetEnvironmentVariable("BREITBAND_POSTGIS");
        if (string.IsNullOrEmpty(named))
            RequireBinaries();
        var cluster = string.IsNullOrEmpty(named) ? new PostGisCluster() : null;
        var admin = cluster?.ConnectionString("postgres") ?? named!;
        var template = $"breitband_template_{Guid.NewGuid():N}";
        Execute(admin, $"CREATE DATABASE {template} TEMPLATE template0");
        Execute(new NpgsqlConnectionStringBuilder(admin) { Database = template }.ToString(), "CREATE EXTENSION postgis");
        return (admin, cluster, template);
    }

    /// <summary>For tests with a cluster of their own. Leaves the test out where there is no PostGIS, saying how to get it; in CI making the cluster fails.</summary>
    public static void RequireBinaries() => Assert.SkipWhen(PostGisCluster.Binaries is null && Environment.GetEnvironmentVariable("CI") != "true", PostGisCluster.Missing);

    /// <summary>Without a pool: a connection kept open would hold the template or a database that is to go.</summary>
    public static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (!server.IsValueCreated)
            return;
        if (server.Value.Cluster is { } cluster)
            cluster.Dispose();
        else
            foreach (var what in databases.Append(server.Value.Template).Select(d => $"DATABASE IF EXISTS {d} WITH (FORCE)").Concat(users.Select(u => $"ROLE {u}")))
                Execute(server.Value.Admin, $"DROP {what}");
    }
}
