using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;

namespace Breitband;

/// <summary>Who may see a dataset or a measure.</summary>
public enum Disclosure { Public, Internal, Confidential }

public static class Disclosures
{
    public static string Code(this Disclosure disclosure) => disclosure switch
    {
        Disclosure.Public => "öffentlich",
        Disclosure.Internal => "intern",
        _ => "vertraulich",
    };

    public static Disclosure? Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "öffentlich" or "oeffentlich" or "public" => Disclosure.Public,
        "intern" or "internal" => Disclosure.Internal,
        "vertraulich" or "confidential" => Disclosure.Confidential,
        _ => null,
    };
}

/// <summary>A layer plus a source key: Telekom's areas and DNS:NET's areas are two datasets of one layer. Written <c>layer:source</c>.</summary>
public readonly record struct Dataset(string Layer, string Source)
{
    public override string ToString() => $"{Layer}:{Source}";

    /// <summary>Reads <c>layer:source</c>; false when the text has no colon or an unknown layer.</summary>
    public static bool TryParse(string text, out Dataset dataset)
    {
        var parts = text.Split(':', 2);
        dataset = parts.Length == 2 ? new Dataset(parts[0], parts[1]) : default;
        return parts.Length == 2 && parts[1].Length > 0 && Breitband.Layer.Imported.Any(l => l.Name == parts[0]);
    }
}

/// <summary>Licence and attribution a dataset carries to every place it is shown.</summary>
public sealed record Licence(string Attribution, string Id, string Url);

/// <summary>What evidence a coverage dataset is: published shares or the answers of a market consultation.</summary>
public enum EvidenceKind { Atlas, Mev }

/// <summary>
/// Datenstand: one import of one dataset. It replaces only that dataset's live edition. <see cref="Date"/> is the date the data describe,
/// never the import date. Number and ImportedAt are given by the store.
/// </summary>
public sealed record Edition
{
    public int Number { get; init; }
    public required Dataset Dataset { get; init; }
    public required DateOnly Date { get; init; }
    public bool Live { get; init; }
    public DateTime ImportedAt { get; init; }
    public required string File { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>Everything that makes the same file come out differently (mapping, CRS, encoding, …); same file and options is a no-op.</summary>
    public required string Options { get; init; }

    public required string Mapping { get; init; }
    public required int SourceCrs { get; init; }
    public required Licence Licence { get; init; }
    public Disclosure Disclosure { get; init; }
    public EvidenceKind Evidence { get; init; }

    /// <summary>A complete coverage dataset proves the lack of supply too; one operator's list can only prove supply.</summary>
    public bool Complete { get; init; }

    /// <summary>Demonstration data: said in every report and inside every map.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Technologies the dataset publishes no share of because there are none from a class on, e.g. <c>other:100</c>; see the mapping for why.</summary>
    public string AbsentTechnologies { get; init; } = "";

    public long RowCount { get; init; }
    public long RejectedCount { get; init; }

    /// <summary>A reader of a shared store learns that there is an edition above his class, not its file nor its counts.</summary>
    [JsonIgnore]
    public bool IsClosed => File.Length == 0;
}

/// <summary>A row of a layer: its geometry in <see cref="Crs.Stored"/> and one value per column of the table it belongs to.</summary>
/// <remarks>Values are null, string, long, double, DateOnly or bool, as the column's <see cref="FieldKind"/> says.</remarks>
public readonly record struct Row(Geometry? Geometry, object?[] Values);

/// <summary>A row or feature that was set aside: where it stood, why, and what can still be shown of it.</summary>
public sealed record RejectedRow(string File, long Number, string? Key, Phrase Reason, Geometry? Geometry);

/// <summary>One change of a measure: when, by whom (a person or an import), what (create, change, import, delete) and the values after it.</summary>
public sealed record MeasureChange(DateTime At, string Who, string What, string Key, IReadOnlyDictionary<string, object?> Values)
{
    public Geometry? Geometry { get; init; }
}
