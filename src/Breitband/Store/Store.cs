using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>How a store is opened.</summary>
public enum OpenMode { Read, Write, Create }

/// <summary>
/// Where layers, editions, measures and results live. Two complete implementations hold the same content and give the same answers:
/// an embedded GeoPackage file and a shared PostGIS database. Several threads may read one store at once.
/// </summary>
public abstract class Store : IDisposable
{
    /// <summary>What a user would call this store: its path or its database.</summary>
    public abstract string Location { get; }

    /// <summary>The county (first digits of the AGS) whose rows the store takes: 5 digits, 2 for a state, empty for all of Germany.</summary>
    public abstract string County { get; }

    /// <summary>Who is written down beside every change.</summary>
    public Actor By { get; set; } = Actor.Here;

    /// <summary>The newest changes, newest first. Empty for a database user who may not see what is confidential.</summary>
    public abstract IReadOnlyList<AuditEntry> Audit(int newest = int.MaxValue);

    /// <summary>All editions, live and earlier, ascending by number.</summary>
    public abstract IReadOnlyList<Edition> Editions();

    /// <summary>The columns an edition's table has, a subset of its layer's fields in the layer's order.</summary>
    public abstract IReadOnlyList<Field> Columns(Edition edition);

    /// <summary>Streams an edition's rows in import order, values in the order of <see cref="Columns"/>.</summary>
    public IEnumerable<Row> Read(Edition edition) => Read(edition, Columns(edition));

    /// <summary>Only these of the edition's columns, in this order.</summary>
    public abstract IEnumerable<Row> Read(Edition edition, IReadOnlyList<Field> columns);

    /// <summary>The same for those who make arrays of them. <see cref="RowCursor.InOrder"/> tells whether they came in import order all the same.</summary>
    /// <param name="asTheyLie">In whatever order is fastest to read.</param>
    internal virtual RowCursor Scan(Edition edition, IReadOnlyList<Field> columns, bool asTheyLie) => RowCursor.Over(ReadAhead.Of(Read(edition, columns)));

    /// <summary>The rows whose geometry's box meets a box in <see cref="Crs.Stored"/>, in import order; rows without geometry are left out.</summary>
    public virtual IEnumerable<Row> Read(Edition edition, Envelope box) => Read(edition).Where(r => r.Geometry is { IsEmpty: false } g && g.EnvelopeInternal.Intersects(box));

    /// <summary>The rows with one of these texts in a field of the edition's, in import order.</summary>
    public virtual IEnumerable<Row> Read(Edition edition, Field field, IReadOnlyCollection<string> texts)
    {
        var at = Columns(edition).ToList().IndexOf(field);
        return at < 0 ? [] : Read(edition).Where(r => texts.Contains(r.Values[at] as string));
    }

    /// <summary>The different texts of a field of the edition's, in no order.</summary>
    public virtual IReadOnlyList<string> Texts(Edition edition, Field field) =>
        Columns(edition).Contains(field) ? [.. Read(edition, [field]).Select(r => r.Values[0]).OfType<string>().Distinct(StringComparer.Ordinal)] : [];

    /// <summary>The rows set aside when the edition was imported.</summary>
    public abstract IEnumerable<RejectedRow> Rejected(Edition edition);

    /// <summary>Begins an edition. Nothing is visible to anybody until <see cref="EditionWriter.Commit"/>; disposing without it leaves no trace.</summary>
    public abstract EditionWriter Begin(Edition draft, IReadOnlyList<Field> columns);

    /// <summary>Makes an earlier edition of a dataset the live one. Refused for measures: they are register records with a history of their own.</summary>
    public abstract Edition Rollback(Dataset dataset, int edition);

    /// <summary>The measures of the register as they are now, values in the order of <see cref="Layer.Measures"/>.</summary>
    public abstract IEnumerable<Row> Measures();

    /// <summary>All changes of one measure, oldest first; of all measures when <paramref name="key"/> is null.</summary>
    public abstract IReadOnlyList<MeasureChange> MeasureHistory(string? key);

    /// <summary>The version of every measure there ever was: the number of its changes in the history. A measure nobody's program has touched has none.</summary>
    public abstract IReadOnlyDictionary<string, int> MeasureVersions();

    /// <summary>
    /// Makes one change of one measure and its entry in the history, in one transaction, and returns the new version. Refused
    /// (<see cref="Stale"/>, nothing changed) when the measure has another version than the one expected.
    /// </summary>
    public abstract int ChangeMeasure(MeasureEdit edit);

    /// <summary>Replaces the stored results by those of a run, in one transaction, and records the run.</summary>
    public abstract void SaveRun(RunRecord run, IReadOnlyList<(Layer Layer, IEnumerable<Row> Rows)> results);

    /// <summary>Runs recorded, newest first.</summary>
    public abstract IReadOnlyList<RunRecord> Runs();

    /// <summary>Streams a result layer of the last run; empty when there was none.</summary>
    public IEnumerable<Row> ReadResult(Layer layer) => ReadResult(layer, null);

    /// <summary>Only rows whose geometry's box meets one in <see cref="Crs.Stored"/>, where one is given.</summary>
    public abstract IEnumerable<Row> ReadResult(Layer layer, Envelope? box);

    /// <summary>The import report of an edition, JSON.</summary>
    public abstract string Report(Edition edition);

    /// <summary>Reads many things as they are at one moment, whatever others change meanwhile. Refused to whom the store would show a part only.</summary>
    public virtual T Snapshot<T>(Func<Store, T> read) => read(this);

    /// <summary>Begins to fill this store, which is empty, with another's content.</summary>
    public abstract StoreReceiver Receive();

    /// <summary>Problems of the store itself, each with its remedy; empty when all is well.</summary>
    public abstract IReadOnlyList<Phrase> Check();

    public abstract void Dispose();

    /// <summary>Live editions of a layer, ascending by number.</summary>
    public IEnumerable<Edition> LiveEditions(Layer layer) => Editions().Where(e => e.Live && e.Dataset.Layer == layer.Name);

    /// <summary>The refusal of a change that was made on an older version.</summary>
    /// <param name="last">The change that came between; null when the measure never changed.</param>
    protected static BreitbandException Stale(MeasureEdit edit, int version, MeasureChange? last)
    {
        var (de, en) = last is null ? ("Es gibt sie nicht.", "It does not exist.") : (
            $"Zuletzt: {last.Who}, {last.At.ToLocalTime():dd.MM.yyyy HH:mm} ({last.What}).", $"Last: {last.Who}, {last.At.ToLocalTime():yyyy-MM-dd HH:mm} ({last.What}).");
        return BreitbandException.Refused(
            $"Die Maßnahme {edit.Key} wurde inzwischen geändert: gesehen wurde Version {edit.Expected}, jetzt gilt Version {version}. {de} Nichts wurde geändert; neu ansehen (breitband measures history {edit.Key}) und wiederholen.",
            $"Measure {edit.Key} has changed meanwhile: version {edit.Expected} was seen, version {version} is current. {en} Nothing was changed; look again (breitband measures history {edit.Key}) and repeat.");
    }

    /// <summary>Opens a store by what the user wrote after <c>--store</c>.</summary>
    /// <param name="county">Set when the store is created; on an existing one it must be null or agree.</param>
    public static Store Open(string where, OpenMode mode, string? county = null) =>
        IsDatabase(where) ? PostGisStore.Open(where, mode, county) : GeoPackageStore.Open(where, mode, county);

    /// <summary>Whether <c>--store</c> names a database; anything else is a file.</summary>
    public static bool IsDatabase(string where) => PostGisAddress.Is(where);

    private protected static void RequireNoMeasures(Dataset dataset)
    {
        if (dataset.Layer == Layer.Measures.Name)
            throw BreitbandException.Refused("Maßnahmen sind Registereinträge mit eigener Geschichte; ein Import wird nicht zurückgenommen, damit keine Bearbeitung verlorengeht.",
                "Measures are register records with a history of their own; an import is not rolled back, so that nobody's edit is lost.");
    }

    private protected static BreitbandException UnknownEdition(Dataset dataset, int edition) => BreitbandException.WrongUse(
        $"{dataset} hat keinen Datenstand Nr. {edition}. Vorhanden: breitband editions", $"{dataset} has no edition no. {edition}. See: breitband editions");

    internal static void RequireCounty(string county)
    {
        if (county.Length is not (0 or 2 or 5) || !county.All(char.IsAsciiDigit))
            throw BreitbandException.WrongUse($"„{county}“ ist kein Kreisschlüssel: 5 Ziffern (12069), 2 für ein Land, leer für Deutschland.",
                $"\"{county}\" is no county key: 5 digits (12069), 2 for a state, empty for Germany.");
    }
}

/// <summary>Writes one edition. Not thread-safe; one thread may write while another parses.</summary>
public abstract class EditionWriter : IDisposable
{
    public abstract void Write(Row row);

    public abstract void Reject(RejectedRow rejected);

    /// <summary>Makes the edition live and visible, atomically, and returns it with its number.</summary>
    public abstract Edition Commit(string reportJson);

    public abstract void Dispose();
}

/// <summary>A recorded analysis: the id that reproduces it and the parameters it was made of (JSON).</summary>
/// <param name="Summary">The answer itself (JSON) of the last run; empty for earlier ones, whose results it replaced.</param>
public sealed record RunRecord(string Id, DateTime At, string Parameters, string Summary)
{
    /// <summary>What the figures stand on; a run that does not say may stand on everything.</summary>
    public Basis Basis()
    {
        using var parameters = JsonDocument.Parse(Parameters);
        return parameters.RootElement.TryGetProperty("Basis", out var code) ? Enum.GetValues<Basis>().Single(b => b.Code() == code.GetString()) : Breitband.Basis.Best;
    }

    /// <summary>Numbers of the editions the figures came from; empty for a run that does not name them.</summary>
    public IReadOnlyList<int> EditionNumbers()
    {
        using var parameters = JsonDocument.Parse(Parameters);
        return parameters.RootElement.TryGetProperty("Editions", out var editions) ? [.. editions.EnumerateArray().Select(e => e.GetInt32())] : [];
    }
}
