using System.Globalization;
using System.Text.Json;
using Dapper;
using NetTopologySuite.Geometries;
using Npgsql;

namespace Breitband.Store;

/// <summary>
/// The shared store: a PostGIS database (schema <c>breitband</c>) that many use at once. Every table is keyed by county; an edition is a
/// partition of its layer. Reading takes the rights of whoever asks; a reader is refused what is above his class instead of getting less.
/// </summary>
public sealed class PostGisStore : Store
{
    readonly PostGisDatabase database;

    readonly Lazy<ILookup<string, string>> tables;

    PostGisStore(PostGisDatabase database, string county)
    {
        (this.database, County) = (database, county);
        tables = new(() => Query(PostGisLayers.Columns));
    }

    public override string Location => database.Name;

    public override string County { get; }

    internal static readonly Layer RejectedLayer = new("rejected", "Zurückgewiesene Zeilen", "rejected rows", Shape.Any,
    [
        new("file", FieldKind.Text, "Datei", "file"), new("number", FieldKind.Integer, "Zeile", "row"), new("key", FieldKind.Text, "Kennung", "key"),
        new("reason", FieldKind.Text, "Grund", "reason"), new("reason_en", FieldKind.Text, "Grund (englisch)", "reason (English)"),
    ]);

    /// <summary>Opens or makes a store; see <see cref="Store.Open"/>.</summary>
    public static new PostGisStore Open(string where, OpenMode mode, string? county = null)
    {
        var database = PostGisDatabase.Open(where, mode);
        return new(database, database.Guarded(() => PostGisSchema.County(database, mode, county)));
    }

    public override IReadOnlyList<Edition> Editions() => Query(c => c
        .Query<(int Number, bool Live, string Json)>($"SELECT number, live, edition FROM {EditionsTable} WHERE county = @County ORDER BY number", new { County })
        .Select(r => JsonSerializer.Deserialize(r.Json, StoredJson.Default.Edition)! with { Number = r.Number, Live = r.Live }).ToList());

    public override IReadOnlyList<Field> Columns(Edition edition)
    {
        var layer = Layer.Get(edition.Dataset.Layer);
        var names = Query(c => c.QuerySingle<string>($"SELECT columns FROM {EditionsTable} WHERE county = @County AND number = @Number", new { County, edition.Number }));
        return [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => layer.Find(n) ?? throw new InvalidDataException($"edition {edition.Number} has the unknown column {n}"))];
    }

    public override IEnumerable<Row> Read(Edition edition, IReadOnlyList<Field> columns)
    {
        var layer = Layer.Get(edition.Dataset.Layer);
        if (layer == Layer.Measures)
            return [];
        RequireClearance(edition.Disclosure, edition.Dataset.ToString());
        return Rows(layer, columns, string.Create(CultureInfo.InvariantCulture, $"county = '{County}' AND edition = {edition.Number} ORDER BY id"));
    }

    internal override RowCursor Scan(Edition edition, IReadOnlyList<Field> columns, bool asTheyLie)
    {
        var layer = Layer.Get(edition.Dataset.Layer);
        if (layer == Layer.Measures || !tables.Value[layer.Name].Any())
            return RowCursor.Over([]);
        RequireClearance(edition.Disclosure, edition.Dataset.ToString());
        return PostGisRows.Start(database, Select(layer, columns, string.Create(CultureInfo.InvariantCulture, $"county = '{County}' AND edition = {edition.Number}{(asTheyLie ? "" : " ORDER BY id")}")), columns, asTheyLie);
    }

    public override IEnumerable<Row> Read(Edition edition, Envelope box)
    {
        var layer = Layer.Get(edition.Dataset.Layer);
        if (layer == Layer.Measures || layer.Shape == Shape.None)
            return [];
        RequireClearance(edition.Disclosure, edition.Dataset.ToString());
        // The index knows boxes in single precision, rounded outwards.
        return Rows(layer, Columns(edition), string.Create(CultureInfo.InvariantCulture, $"county = '{County}' AND edition = {edition.Number}{Meets(box)} ORDER BY id"))
            .Where(r => r.Geometry!.EnvelopeInternal.Intersects(box));
    }

    public override IEnumerable<Row> Read(Edition edition, Field field, IReadOnlyCollection<string> texts)
    {
        if (!Columns(edition).Contains(field))
            return [];
        RequireClearance(edition.Disclosure, edition.Dataset.ToString());
        return Rows(Layer.Get(edition.Dataset.Layer), Columns(edition),
            string.Create(CultureInfo.InvariantCulture, $"county = '{County}' AND edition = {edition.Number} AND \"{field.Name}\" IN (NULL{string.Concat(texts.Select(t => ", " + Literal(t)))}) ORDER BY id"));
    }

    public override IReadOnlyList<string> Texts(Edition edition, Field field)
    {
        if (!Columns(edition).Contains(field))
            return [];
        RequireClearance(edition.Disclosure, edition.Dataset.ToString());
        return Query(c => c.Query<string>($"SELECT DISTINCT \"{field.Name}\" FROM breitband.{edition.Dataset.Layer} WHERE county = @County AND edition = @Number AND \"{field.Name}\" IS NOT NULL",
            new { County, edition.Number }).ToList());
    }

    /// <summary>COPY takes no parameters. Right whatever the server's <c>standard_conforming_strings</c> is.</summary>
    static string Literal(string text) => $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    public override IEnumerable<RejectedRow> Rejected(Edition edition)
    {
        RequireClearance(edition.Disclosure, edition.Dataset.ToString());
        return Rows(RejectedLayer, RejectedLayer.Fields, string.Create(CultureInfo.InvariantCulture, $"county = '{County}' AND edition = {edition.Number} ORDER BY id"))
            .Select(r => new RejectedRow((string)r.Values[0]!, (long)r.Values[1]!, (string?)r.Values[2], new((string)r.Values[3]!, (string)r.Values[4]!), r.Geometry));
    }

    /// <summary>Rows of an edition in one table. Counties stay below; of a state's million addresses the server indexes one part while it takes in the next.</summary>
    internal int PartSize { get; set; } = 100_000;

    public override EditionWriter Begin(Edition draft, IReadOnlyList<Field> columns) => database.Guarded(() => new PostGisWriter(database, County, draft, columns, PartSize).As(By));

    public override Edition Rollback(Dataset dataset, int edition)
    {
        RequireNoMeasures(dataset);
        return database.Guarded(() =>
        {
            using var transaction = database.Begin();
            transaction.Lock(County, dataset.ToString());
            var target = Editions().FirstOrDefault(e => e.Number == edition && e.Dataset == dataset) ?? throw UnknownEdition(dataset, edition);
            PostGisTable.MakeLive(transaction.Connection, County, target);
            PostGisAudit.Write(transaction.Connection, County, By, "edition.live", AuditEntry.SubjectOf(target));
            transaction.Commit();
            return target with { Live = true };
        });
    }

    public override IEnumerable<Row> Measures()
    {
        if (Query(c => c.ExecuteScalar<long>("SELECT breitband.hidden_measures(@County)", new { County })) is > 0 and var hidden)
            throw Closed($"{hidden} Maßnahmen", $"{hidden} measures");
        return Rows(Layer.Measures, Layer.Measures.Fields, $"county = '{County}' ORDER BY id");
    }

    public override IReadOnlyList<MeasureChange> MeasureHistory(string? key) => Query(c => c
        .Query<(string Key, DateTime At, string Who, string What, string Record, byte[]? Geometry)>("""
            SELECT key, at, who, what, record, geom::bytea
            FROM breitband.measure_history
            WHERE county = @County AND (@key::text IS NULL OR key = @key)
            ORDER BY number
            """, new { County, key })
        .Select(r => new MeasureChange(r.At, r.Who, r.What, r.Key, JsonSerializer.Deserialize<Dictionary<string, object?>>(r.Record)!)
        {
            Geometry = r.Geometry is null ? null : WkbDecoder.Geometry(r.Geometry),
        }).ToList());

    public override IReadOnlyDictionary<string, int> MeasureVersions() => Query(c => c
        .Query<(string Key, int Version)>("SELECT key, count(*)::int FROM breitband.measure_history WHERE county = @County GROUP BY key", new { County })
        .ToDictionary(r => r.Key, r => r.Version, StringComparer.Ordinal));

    public override int ChangeMeasure(MeasureEdit edit) => database.Guarded(() =>
    {
        using var transaction = database.Begin();
        transaction.Lock(County, $"measure {edit.Key}");
        // Who edits by hand takes no lock of ours, but the row's own.
        transaction.Connection.Execute("SELECT FROM breitband.measures WHERE county = @County AND key = @Key FOR UPDATE", new { County, edit.Key });
        var history = MeasureHistory(edit.Key);
        if (history.Count != edit.Expected)
            throw Stale(edit, history.Count, history.Count == 0 ? null : history[^1]);
        PostGisAudit.Announce(transaction.Connection, By with { Name = edit.Who });
        new PostGisMeasures(transaction.Connection, County, Layer.Measures.Fields, edit.Who).Change(edit);
        transaction.Commit();
        return history.Count + 1;
    });

    public override string Report(Edition edition) => Query(c => c.QuerySingle<string>($"SELECT report FROM {EditionsTable} WHERE county = @County AND number = @Number", new { County, edition.Number }));

    public override T Snapshot<T>(Func<Store, T> read)
    {
        RequireClearance(Disclosure.Confidential, "alles, was vertraulich ist,", "everything confidential");
        using var moment = database.Moment();
        return read(new PostGisStore(moment.Database, County));
    }

    public override StoreReceiver Receive() => database.Guarded(() => new PostGisReceiver(database, County));

    public override void SaveRun(RunRecord run, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results) => database.Guarded(() =>
    {
        using var transaction = database.Begin();
        transaction.Lock(County, "results");
        var disclosure = ResultDisclosure.Of(this, run);
        PostGisResults.Replace(transaction.Connection, County, results, disclosure);
        PostGisResults.Record(transaction.Connection, County, run, disclosure);
        PostGisAudit.Write(transaction.Connection, County, By, "analyse", run.Id);
        transaction.Commit();
        return 0;
    });

    public override IReadOnlyList<RunRecord> Runs() => Query(c => c
        .Query<(string Id, DateTime At, string Parameters, string Summary)>("SELECT id, at, parameters, summary FROM breitband.visible_runs WHERE county = @County ORDER BY number DESC", new { County })
        .Select(r => new RunRecord(r.Id, r.At, r.Parameters, r.Summary)).ToList());

    public override IEnumerable<Row> ReadResult(Layer layer, Envelope? box)
    {
        if (layer.Name != Layer.ResultMunicipalities.Name)
            RequireClearance((Disclosure)Query(c => c.ExecuteScalar<int>("SELECT disclosure FROM breitband.visible_runs WHERE county = @County ORDER BY number DESC LIMIT 1", new { County })), layer.Name);
        return Rows(layer, layer.Fields, $"county = '{County}'{(box is null ? "" : Meets(box))} ORDER BY id");
    }

    public override IReadOnlyList<AuditEntry> Audit(int newest = int.MaxValue) => Query(c => PostGisAudit.Read(c, County, newest));

    public override IReadOnlyList<Phrase> Check() => Query(c => PostGisCheck.Run(c, County, database.Version >= FirstVisible));

    /// <summary>The version that hides from readers what tells of a file above their class.</summary>
    const int FirstVisible = 3;

    string EditionsTable => database.Version >= FirstVisible ? "breitband.visible_editions" : "breitband.editions";

    public override void Dispose()
    {
        // Nothing is held between two questions.
    }

    static string Meets(Envelope box) => string.Create(CultureInfo.InvariantCulture, $" AND geom && ST_MakeEnvelope({box.MinX:R}, {box.MinY:R}, {box.MaxX:R}, {box.MaxY:R}, {Crs.Stored})");

    IEnumerable<Row> Rows(Layer layer, IReadOnlyList<Field> columns, string where) =>
        !tables.Value[layer.Name].Any() ? [] : PostGisRows.Read(database, Select(layer, columns, where), columns);

    /// <summary>What <see cref="PostGisRows"/> reads. A store that an older program made may lack a field, whose values are then unknown.</summary>
    string Select(Layer layer, IReadOnlyList<Field> columns, string where)
    {
        var there = tables.Value[layer.Name];
        var list = string.Concat(columns.Select(c => there.Contains(c.Name) ? $", \"{c.Name}\"" : ", NULL"));
        return $"SELECT id, {(layer.Shape == Shape.None ? "NULL::geometry" : "geom")}{list} FROM breitband.{layer.Name} WHERE {where}";
    }

    /// <summary>Row security would hide the rows; figures from what is left would be wrong without a word.</summary>
    void RequireClearance(Disclosure disclosure, string what) => RequireClearance(disclosure, $"{what} ({disclosure.Code()})", $"{what} ({disclosure.Code()})");

    void RequireClearance(Disclosure disclosure, string de, string en)
    {
        if (disclosure > Disclosure.Public && Query(c => c.ExecuteScalar<int>("SELECT breitband.clearance()")) < (int)disclosure)
            throw Closed(de, en);
    }

    BreitbandException Closed(string de, string en) => BreitbandException.Refused(
        $"{Location}: Dieser Benutzer darf {de} nicht sehen; ohne das gäbe es falsche Zahlen. Ein Verwalter erlaubt es mit: GRANT breitband_internal (oder breitband_confidential) TO benutzer;",
        $"{Location}: this user may not see {en}; figures without it would be wrong. An administrator allows it with: GRANT breitband_internal (or breitband_confidential) TO user;");

    T Query<T>(Func<NpgsqlConnection, T> ask) => database.Start(c =>
    {
        using var connection = c;
        return ask(connection);
    });
}
