using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// Writes an edition in one transaction: until <see cref="Commit"/> nobody sees anything, and a kill, of this program or of the server, leaves
/// the old edition whole. Imports of one dataset wait for each other; others run side by side.
/// </summary>
sealed class PostGisWriter : EditionWriter
{
    /// <summary>Rejected rows kept back before the COPY of good rows is interrupted for them.</summary>
    const int Held = 500;

    readonly PostGisDatabase database;
    readonly PostGisTransaction transaction;
    readonly bool own;
    readonly string county, table;
    readonly Edition draft;
    readonly Layer layer;
    readonly IReadOnlyList<Field> columns;
    readonly PostGisMeasures? measures;
    readonly List<RejectedRow> held = [];
    PostGisCopy? copy;
    int rows, rejected;

    /// <summary>A new edition in a transaction of its own.</summary>
    public PostGisWriter(PostGisDatabase database, string county, Edition draft, IReadOnlyList<Field> columns) : this(database, database.Begin(), true, county, draft, columns)
    {
    }

    /// <summary>An edition as another store had it, number and all, in the caller's transaction.</summary>
    public PostGisWriter(PostGisDatabase database, PostGisTransaction transaction, string county, Edition exact, IReadOnlyList<Field> columns) : this(database, transaction, false, county, exact, columns)
    {
    }

    PostGisWriter(PostGisDatabase database, PostGisTransaction transaction, bool own, string county, Edition draft, IReadOnlyList<Field> columns)
    {
        (this.database, this.transaction, this.own, this.county) = (database, transaction, own, county);
        layer = Layer.Get(draft.Dataset.Layer);
        this.columns = [.. layer.Fields.Where(f => columns.Any(c => c.Name == f.Name))];
        try
        {
            transaction.Lock(county, draft.Dataset.ToString());
            this.draft = own ? draft with { Number = NextNumber(), ImportedAt = DateTime.UtcNow } : draft;
            table = PostGisTable.NameOf(layer, county, this.draft.Number);
            Register();
            if (layer != Layer.Measures)
                PostGisTable.Create(Connection, table, layer, county, this.draft.Number, draft.Disclosure);
            else if (own)
                measures = new PostGisMeasures(Connection, county, this.columns, $"Import {draft.Dataset.Source}, {draft.File}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    NpgsqlConnection Connection => transaction.Connection;

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
            if (transaction.TryLock(county, string.Create(CultureInfo.InvariantCulture, $"edition {number}")) && Last() < number)
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

    public override void Write(Row row) => database.Guarded(() =>
    {
        if (HasRows)
            (copy ??= new PostGisCopy(Connection, table, layer, columns, rows + 1, freeze: true)).Write(row);
        else
            measures?.Write(row);
        return rows++;
    });

    public override void Reject(RejectedRow row)
    {
        held.Add(row);
        if (held.Count >= Held)
            database.Guarded(Interrupt);
    }

    /// <summary>A connection copies into one table at a time.</summary>
    int Interrupt()
    {
        copy?.Finish();
        copy = null;
        if (held.Count == 0)
            return rejected;
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
        Interrupt();
        var edition = draft with { Live = own || draft.Live, RowCount = own ? rows : draft.RowCount, RejectedCount = rejected };
        if (HasRows)
            PostGisTable.Attach(Connection, table, layer, county, edition.Number);
        Connection.Execute("UPDATE breitband.editions SET row_count = @RowCount, rejected_count = @RejectedCount, edition = @json, report = @reportJson WHERE county = @county AND number = @Number",
            new { edition.RowCount, edition.RejectedCount, json = JsonSerializer.Serialize(edition), reportJson, county, edition.Number });
        if (edition.Live)
            PostGisTable.MakeLive(Connection, county, edition);
        if (own)
            transaction.Commit();
        return edition;
    });

    public override void Dispose()
    {
        if (own)
            transaction.Dispose();
    }
}
