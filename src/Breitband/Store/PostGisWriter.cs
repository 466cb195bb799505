using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// Writes an edition: until <see cref="Commit"/> nobody sees anything, and a kill, of this program or of the server, leaves
/// the old edition whole. Imports of one dataset wait for each other; others run side by side. A large edition is written in parts, which
/// the server indexes side by side; what a killed import left of them the next one sweeps away.
/// </summary>
sealed class PostGisWriter : EditionWriter
{
    /// <summary>Rejected rows kept back before the COPY of good rows is interrupted for them.</summary>
    const int Held = 500;

    /// <summary>Parts the server indexes while the next is filled: more would only compete for its cores.</summary>
    const int AtOnce = 2;

    readonly PostGisDatabase database;
    readonly PostGisTransaction transaction;
    readonly bool own;
    readonly string county;
    readonly Edition draft;
    readonly Layer layer;
    readonly IReadOnlyList<Field> columns;
    readonly PostGisMeasures? measures;
    readonly List<RejectedRow> held = [];
    readonly List<PostGisPart> parts = [];
    readonly int partSize;
    int rows, rejected;
    Actor by = Actor.Here;
    bool committed;

    /// <summary>A new edition in a transaction of its own.</summary>
    /// <param name="partSize">Rows after which another part begins.</param>
    public PostGisWriter(PostGisDatabase database, string county, Edition draft, IReadOnlyList<Field> columns, int partSize) : this(database, database.Begin(), partSize, county, draft, columns)
    {
    }

    /// <summary>An edition as another store had it, number and all, in the caller's transaction.</summary>
    public PostGisWriter(PostGisDatabase database, PostGisTransaction transaction, string county, Edition exact, IReadOnlyList<Field> columns) : this(database, transaction, 0, county, exact, columns)
    {
    }

    PostGisWriter(PostGisDatabase database, PostGisTransaction transaction, int partSize, string county, Edition draft, IReadOnlyList<Field> columns)
    {
        (this.database, this.transaction, this.partSize, this.county) = (database, transaction, partSize, county);
        own = partSize > 0;
        layer = Layer.Get(draft.Dataset.Layer);
        this.columns = [.. layer.Fields.Where(f => columns.Any(c => c.Name == f.Name))];
        try
        {
            transaction.Lock(county, draft.Dataset.ToString());
            this.draft = own ? draft with { Number = NextNumber(), ImportedAt = DateTime.UtcNow } : draft;
            if (own)
                Sweep();
            Register();
            if (HasRows)
                NextPart();
            else if (own)
                measures = new PostGisMeasures(Connection, county, this.columns, $"Import {draft.Dataset.Source}, {Path.GetFileName(draft.File)}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    NpgsqlConnection Connection => transaction.Connection;

    /// <summary>Says who imports.</summary>
    public PostGisWriter As(Actor actor) => database.Guarded(() =>
    {
        by = actor;
        if (measures is not null)
            PostGisAudit.Announce(Connection, by);
        return this;
    });

    bool HasRows => layer != Layer.Measures;

    /// <summary>
    /// Numbers count up without gaps in every county. Imports side by side take different ones, each held by a lock until its transaction ends;
    /// one that is given up is taken again.
    /// </summary>
    int NextNumber()
    {
        int Last() => Connection.ExecuteScalar<int>("SELECT coalesce(max(number), 0) FROM breitband.editions WHERE county = @county", new { county });

        for (var number = Last() + 1; ; number++)
            // Somebody may have committed this very number between the question and the lock.
            if (transaction.TryLock(county, PostGisTable.EditionLock(number)) && Last() < number)
                return number;
    }

    void Register() => Connection.Execute("""
        INSERT INTO breitband.editions (county, number, layer, source, date, live, disclosure, imported_at, file, row_count, rejected_count, has_rows, columns, edition, report)
        VALUES (@county, @Number, @layer, @source, @date::date, false, @disclosure, @ImportedAt, @File, 0, 0, @hasRows, @columns, '', '')
        """, new
    {
        county,
        draft.Number,
        layer = layer.Name,
        source = draft.Dataset.Source,
        date = draft.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        disclosure = (short)draft.Disclosure,
        ImportedAt = DateTime.SpecifyKind(draft.ImportedAt, DateTimeKind.Utc),
        draft.File,
        hasRows = HasRows,
        columns = string.Join(',', columns.Select(c => c.Name)),
    });

    /// <summary>In a transaction of its own, so that the names are free for the parts to come.</summary>
    void Sweep() => database.Guarded(() =>
    {
        using var sweep = database.Begin();
        PostGisTable.Sweep(sweep, county, draft.Number);
        sweep.Commit();
        return 0;
    });

    void NextPart()
    {
        if (parts.Count > 0)
            parts[^1].Finish();
        while (parts.Where(p => p.IsFinishing).ToList() is { Count: >= AtOnce } busy)
            busy[0].Await();
        var first = parts.Count == 0 ? (int?)null : rows + 1;
        var part = new PostGisPart(parts.Count == 0 ? transaction : database.Begin(), parts.Count > 0, PostGisTable.NameOf(layer, county, draft.Number, parts.Count), layer, county, draft, columns, rows + 1);
        parts.Add(part);
        part.Create(new(first, own ? rows + 1 + partSize : null));
    }

    public override void Write(Row row)
    {
        try
        {
            if (HasRows)
            {
                if (own && parts[^1].Count == partSize)
                    NextPart();
                parts[^1].Write(row);
            }
            else
                measures?.Write(row);
            rows++;
        }
        catch (Exception e) when (PostGisErrors.Known(e))
        {
            throw PostGisErrors.Translate(e, database.Name);
        }
    }

    public override void Reject(RejectedRow row)
    {
        held.Add(row);
        if (held.Count >= Held)
            database.Guarded(Interrupt);
    }

    /// <summary>A connection does one thing at a time, and the first part is made on this one.</summary>
    int Interrupt()
    {
        if (held.Count == 0)
            return rejected;
        if (parts.Count > 0)
            parts[0].Pause();
        var rest = new PostGisCopy(Connection, "rejected", PostGisStore.RejectedLayer, PostGisStore.RejectedLayer.Fields, rejected + 1, false,
            ("county", county), ("edition", draft.Number), ("disclosure", (short)draft.Disclosure));
        foreach (var row in held)
            rest.Write(new(row.Geometry is { IsEmpty: false } g ? g : null, [row.File, row.Number, row.Key, row.Reason.De, row.Reason.En]));
        rest.Finish();
        rejected += held.Count;
        held.Clear();
        return rejected;
    }

    public override Edition Commit(string reportJson) => database.Guarded(() =>
    {
        if (parts.Count > 0)
            parts[^1].Finish();
        parts.ForEach(p => p.Await());
        Interrupt();
        var edition = draft with { Live = own || draft.Live, RowCount = own ? rows : draft.RowCount, RejectedCount = rejected };
        parts.ForEach(p => p.Attach(transaction));
        Connection.Execute("UPDATE breitband.editions SET row_count = @RowCount, rejected_count = @RejectedCount, edition = @json, report = @reportJson WHERE county = @county AND number = @Number",
            new { edition.RowCount, edition.RejectedCount, json = JsonSerializer.Serialize(edition, StoredJson.Default.Edition), reportJson, county, edition.Number });
        if (edition.Live)
            PostGisTable.MakeLive(Connection, county, edition);
        if (own)
        {
            PostGisAudit.Write(Connection, county, by, "import", AuditEntry.SubjectOf(edition));
            transaction.Commit();
        }
        committed = true;
        return edition;
    });

    public override void Dispose()
    {
        parts.ForEach(p => p.Dispose());
        if (!own)
            return;
        if (!committed && parts.Exists(p => p.Own))
            Forget();
        transaction.Dispose();
    }

    /// <summary>Best effort, while the lock on the number is still held: what cannot be swept now (the server is gone) the next import sweeps.</summary>
    void Forget()
    {
        try
        {
            Sweep();
        }
        catch (BreitbandException)
        {
            // The import's own error is the one to tell.
        }
    }
}
