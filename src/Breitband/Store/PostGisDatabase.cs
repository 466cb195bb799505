using System.Diagnostics;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>The connections to one shared store: opened with patience, checked once, one per reader and one per transaction.</summary>
sealed class PostGisDatabase
{
    /// <summary>Waits between the attempts to reach a server that starts or restarts. One that takes long to say nothing is asked twice.</summary>
    static readonly TimeSpan[] Pauses = [.. new[] { 0.25, 0.5, 1, 2 }.Select(TimeSpan.FromSeconds)];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>
    /// Connections come from the pool the process keeps for this text: a service opens the store for every request, and the handshake alone
    /// would take longer than most answers.
    /// </summary>
    readonly string address;

    /// <summary>The moment every connection reads at; null for now.</summary>
    readonly string? snapshot;

    PostGisDatabase(string address, string name, string? snapshot = null) => (this.address, Name, this.snapshot) = (address, name, snapshot);

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Version of the store's tables: older than the program's where nobody has written yet.</summary>
    public int Version { get; private set; }

    /// <exception cref="BreitbandException">The server is away, does not let us in, or is no store and <paramref name="mode"/> does not make one.</exception>
    public static PostGisDatabase Open(string where, OpenMode mode)
    {
        var address = PostGisAddress.Parse(where);
        var database = new PostGisDatabase(address.ToString(), PostGisAddress.Name(address));
        return database.Start(c =>
        {
            using var connection = c;
            database.Version = PostGisSchema.Require(database, connection, mode);
            return database;
        });
    }

    /// <summary>
    /// The first thing done on a connection. A pooled one may be dead because the server was restarted meanwhile; as nothing has happened on
    /// it yet, all are given up and a new one begins again.
    /// </summary>
    public T Start<T>(Func<NpgsqlConnection, T> work) => Guarded(() =>
    {
        try
        {
            return Once(Reach(), work);
        }
        catch (Exception e) when (PostGisErrors.Lost(e))
        {
            using (var pooled = new NpgsqlConnection(address))
                NpgsqlConnection.ClearPool(pooled);
            return Once(Reach(), work);
        }
    });

    static T Once<T>(NpgsqlConnection connection, Func<NpgsqlConnection, T> work)
    {
        try
        {
            return work(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A transaction with the owner's rights, which editors may take. It is undone unless committed.</summary>
    public PostGisTransaction Begin() => Start(c => new PostGisTransaction(c, Name));

    /// <summary>This moment, kept for as many connections as are asked for it.</summary>
    public PostGisMoment Moment() => Start(c => new PostGisMoment(c, id => new PostGisDatabase(address, Name, id) { Version = Version }));

    public T Guarded<T>(Func<T> work) => PostGisErrors.Guarded(Name, work);

    NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(address);
        return Once(connection, c =>
        {
            c.Open();
            if (snapshot is not null)
                c.Execute($"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '{snapshot}'");
            return c;
        });
    }

    NpgsqlConnection Reach()
    {
        var watch = Stopwatch.StartNew();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return Connect();
            }
            catch (Exception e) when (PostGisErrors.Passing(e) && attempt < Pauses.Length && watch.Elapsed < Patience)
            {
                Task.Delay(Pauses[attempt]).GetAwaiter().GetResult();
            }
            catch (Exception e) when (PostGisErrors.Passing(e))
            {
                throw PostGisErrors.Away(e, Name, attempt + 1, watch.Elapsed);
            }
            catch (Exception e) when (PostGisErrors.Known(e))
            {
                throw PostGisErrors.Translate(e, Name);
            }
        }
    }
}

/// <summary>One transaction on a connection of its own, as breitband_owner.</summary>
sealed class PostGisTransaction : IDisposable
{
    readonly string store;
    readonly NpgsqlTransaction transaction;

    public PostGisTransaction(NpgsqlConnection connection, string store)
    {
        (Connection, this.store) = (connection, store);
        transaction = connection.BeginTransaction();
        // The parts of a large edition are what runs side by side; workers for the index of one of them would only be in the way.
        connection.Execute("SET LOCAL max_parallel_maintenance_workers = 0; SET LOCAL ROLE breitband_owner; SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL lock_timeout = '10min'; SET LOCAL idle_in_transaction_session_timeout = 0");
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>One at a time for everybody who names the same thing of this county, until the transaction ends.</summary>
    public void Lock(string county, string what) => Connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))", new { name = $"breitband/{county}/{what}" });

    /// <summary>As <see cref="Lock"/>, but false at once when somebody else has it.</summary>
    public bool TryLock(string county, string what) =>
        Connection.ExecuteScalar<bool>("SELECT pg_try_advisory_xact_lock(hashtextextended(@name, 0))", new { name = $"breitband/{county}/{what}" });

    public void Commit()
    {
        try
        {
            transaction.Commit();
        }
        catch (Exception e) when (PostGisErrors.Known(e) && e is not PostgresException)
        {
            throw BreitbandException.Failed(
                $"{store}: Die Verbindung ist beim Abschließen abgerissen; ob es noch galt, zeigt: breitband editions. Es ist ganz geschehen oder gar nicht.",
                $"{store}: the connection was lost while committing; whether it still counted shows: breitband editions. All of it happened or nothing.", e);
        }
    }

    public void Dispose() => PostGisErrors.PutAway(Connection); // the server undoes what was not committed
}

/// <summary>A moment of a database: what was committed then and nothing since, on every connection of <see cref="Database"/>, until it is disposed.</summary>
sealed class PostGisMoment : IDisposable
{
    readonly NpgsqlConnection connection;

    public PostGisMoment(NpgsqlConnection connection, Func<string, PostGisDatabase> at)
    {
        this.connection = connection;
        connection.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0");
        Database = at(connection.ExecuteScalar<string>("SELECT pg_export_snapshot()")!);
    }

    public PostGisDatabase Database { get; }

    public void Dispose() => PostGisErrors.PutAway(connection);
}
