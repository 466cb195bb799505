using NetTopologySuite.Geometries;

namespace Breitband.Import;

/// <summary>How something about a file was found out, for the report: the answer and the reason for it.</summary>
public readonly record struct Found<T>(T Value, Phrase Why);

/// <summary>
/// One table of a file as its supplier wrote it: a shapefile, a GeoPackage table, a GeoJSON collection, a CSV. Streams; memory does not grow
/// with the file. Geometries come in the file's own CRS, x before y.
/// </summary>
public abstract class Source : IDisposable
{
    /// <summary>The file as the user named it (for a zip: archive and entry).</summary>
    public abstract string File { get; }

    /// <summary>Table, layer or file name without extension: what mappings are recognised by.</summary>
    public abstract string Table { get; }

    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>True when rows carry a geometry of their own; false for a CSV, whose coordinates stand in columns.</summary>
    public abstract bool HasGeometry { get; }

    /// <summary>The CRS the file names (.prj, srs_id, crs member), null when it names none or one we cannot identify; the reason says which.</summary>
    public abstract Found<int?> DeclaredCrs { get; }

    public abstract Found<string> Encoding { get; }

    /// <summary>Rows for the progress line, null when not known beforehand.</summary>
    public abstract long? RowCount { get; }

    /// <summary>True when the source's dialect writes decimals with a comma (CSV only).</summary>
    public virtual bool DecimalComma => false;

    /// <summary>
    /// All rows in file order; may be called more than once. A row that cannot be read comes with its <see cref="SourceRow.Fault"/>, and reading
    /// goes on where the format allows it.
    /// </summary>
    public abstract IEnumerable<SourceRow> Read();

    /// <summary>All files the rows come from; their bytes make the edition's checksum.</summary>
    public virtual IReadOnlyList<string> Files => [File];

    /// <summary>Set while reading when the file ends before its announced end: what was read is only a part.</summary>
    public Phrase? Broken { get; protected set; }

    /// <summary>Oddities of the file that are not faults of single rows.</summary>
    public virtual IReadOnlyList<Warning> Warnings => [];

    /// <summary>Tells the source which columns will be looked at; the others may come as null, which saves parsing them.</summary>
    public virtual void Use(IReadOnlyCollection<int> columns)
    {
    }

    /// <summary>Tells a source of texts which columns are coordinates: it may give plain numbers as numbers at once.</summary>
    public virtual void UseAsNumbers(IReadOnlyCollection<int> columns)
    {
    }

    public abstract void Dispose();
}

/// <summary>A row as read: its number (1 is the first row or feature after any header), geometry and values in the order of the columns.</summary>
/// <remarks>Values are null, string, long, double, bool or DateOnly.</remarks>
public readonly record struct SourceRow(long Number, Geometry? Geometry, object?[] Values, Phrase? Fault = null);
