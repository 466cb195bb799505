using Npgsql;

[assembly: AssemblyFixture(typeof(Breitband.Tests.Store.PostGisServer))]

namespace Breitband.Tests.Store;

/// <summary>
/// The PostGIS of one test run: the server BREITBAND_POSTGIS names, else a private cluster, started when the first test asks for a database.
/// Where there is neither, the test says how to get one and is left out; in CI it fails.
/// </summary>
public sealed class PostGisServer : IDisposable
{
    /// <summary>The roles a store makes, each after those that are its members.</summary>
    static readonly string[] Roles = ["breitband_editor", "breitband_confidential", "breitband_internal", "breitband_reader", "breitband_owner"];

    readonly Lazy<(string Admin, PostGisCluster? Cluster, string Template, string[] Made)> server;
    readonly List<string> databases = [], users = [];
    readonly Lock gate = new();

    public PostGisServer() : this(Environment.GetEnvironmentVariable("BREITBAND_POSTGIS"))
    {
    }

    /// <param name="named">A connection string of a superuser; a private cluster when there is none.</param>
    internal PostGisServer(string? named) => server = new(() => Start(named));

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

    static (string, PostGisCluster?, string, string[]) Start(string? named)
    {
        if (string.IsNullOrEmpty(named))
            RequireBinaries();
        var cluster = string.IsNullOrEmpty(named) ? new PostGisCluster() : null;
        var admin = cluster?.ConnectionString("postgres") ?? named!;
        var template = $"breitband_template_{Guid.NewGuid():N}";
        Execute(admin, $"CREATE DATABASE {template} TEMPLATE template0");
        Execute(new NpgsqlConnectionStringBuilder(admin) { Database = template }.ToString(), "CREATE EXTENSION postgis");
        return (admin, cluster, template, [.. Roles.Where(r => !There(admin, r))]);
    }

    static void RequireBinaries() => Require(PostGisCluster.Missing);

    /// <summary>For tests with a cluster of their own: leaves the test out where there is no PostGIS on this machine, saying how to get it; in CI it fails with that.</summary>
    public static void RequireOwnServer() => Require(PostGisCluster.OwnMissing);

    static void Require(string missing)
    {
        if (PostGisCluster.Binaries is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(missing);
        Assert.SkipWhen(PostGisCluster.Binaries is null, missing);
    }

    static bool There(string admin, string role)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", connection) { Parameters = { new() { Value = role } } };
        return (bool)command.ExecuteScalar()!;
    }

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
            foreach (var what in databases.Append(server.Value.Template).Select(d => $"DATABASE IF EXISTS {d} WITH (FORCE)").Concat(users.Concat(server.Value.Made).Select(u => $"ROLE IF EXISTS {u}")))
                Execute(server.Value.Admin, $"DROP {what}");
    }
}
