namespace Breitband.Import;

/// <summary>What a user may overrule; null means: find it out.</summary>
public sealed record ImportOptions
{
    public string? As { get; init; }
    public string? Source { get; init; }
    public string? Mapping { get; init; }
    public int? Crs { get; init; }
    public string? Encoding { get; init; }
    public DateOnly? Edition { get; init; }
    public bool DryRun { get; init; }
    public bool AcceptRejected { get; init; }

    /// <summary>Marks everything imported as demonstration data.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Share of rejected rows (of the rows inside the county) above which an import stops.</summary>
    public double MaxRejectedShare { get; init; } = 0.05;

    public string MappingsFolder { get; init; } = Installation.Mappings;

    /// <summary>Called before a dataset is looked at; returns when it is its turn, and what it returns is disposed when its import is over.</summary>
    public Func<Dataset, IDisposable>? Turn { get; init; }

    /// <summary>Called from time to time with rows read and, where known, rows in all.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}

/// <summary>The report of one import call; <c>--json</c> writes it as it is (snake_case, see docs).</summary>
/// <param name="Unread">Tables beside those imported that no mapping recognises, as „file: table (columns)“.</param>
public sealed record ImportReport(IReadOnlyList<FileReport> Files, bool Changed, IReadOnlyList<string> Unread);

public sealed record FileReport(string File, string Dataset, string Layer, string Mapping, CrsReport Crs, EncodingReport Encoding, DateOnly Edition,
    long Read, long Stored, long Repaired, long Rejected, long Outside, IReadOnlyList<Warning> Warnings, Licence Licence, double[]? Extent,
    IReadOnlyList<RejectedRow> FirstRejected, bool Unchanged)
{
    /// <summary>Of a dry run: what the first rows become, fields without a value left out.</summary>
    public IReadOnlyList<IReadOnlyList<(Field Field, object Value)>> FirstRows { get; init; } = [];
}

public sealed record CrsReport(int? Epsg, Phrase Why);

public sealed record EncodingReport(string Name, Phrase Why);

public sealed record Warning(string Code, long Count, Phrase Text);
