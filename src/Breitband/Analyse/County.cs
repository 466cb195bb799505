using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>A municipality as the engine needs it, merged from its datasets (polygons, facts, household sizes).</summary>
public sealed record Municipality(string Ags, string Name, string? Amt, string? AmtName, Geometry? Geometry, double? PersonsPerHousehold, double? Households);

public sealed record Settlement(string Key, string Name, int Municipality, Geometry Geometry);

/// <summary>An address with its words, for matching lists and for people.</summary>
public sealed record Address(string Key, int Municipality, double X, double Y, AddressText Text);

/// <summary>A school, hospital or business park: businesses, no households.</summary>
public sealed record Facility(string Key, string Name, int Municipality, double X, double Y, double Businesses)
{
    /// <summary>What it is, in its supplier's word: Schule, Krankenhaus, Gewerbegebiet.</summary>
    public string Kind { get; init; } = "";
}

/// <summary>An area or address with an exact offer, of edition <paramref name="Edition"/>.</summary>
public sealed record ExactCoverage(string Key, string? Provider, Offer Offer, bool Complete, int Edition, Geometry? Geometry, string? AddressKey, AddressText? Text);

/// <summary>A planned or funded build-out, from the register.</summary>
public sealed record Measure
{
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required MeasureState State { get; init; }
    public bool MilestonePlan { get; init; }
    public DateOnly? Consultation { get; init; }
    public DateOnly? HorizonUntil { get; init; }
    public DateOnly? Commissioning { get; init; }
    public required Offer Target { get; init; }
    public string? Provider { get; init; }
    public double? Cost { get; init; }
    public double? ShareFederal { get; init; }
    public double? ShareState { get; init; }
    public double? ShareCounty { get; init; }
    public Geometry? Geometry { get; init; }

    /// <summary>Metres to either side of a line, or around a point; null where the register does not say.</summary>
    public double? Reach { get; init; }

    /// <summary>Addresses the measure takes in wherever they lie: its list and what was added to it later (Hinzunahme).</summary>
    public IReadOnlyList<string> AddressKeys { get; init; } = [];

    /// <summary>Addresses taken out again (Entnahme), though they lie in its area or on its list.</summary>
    public IReadOnlyList<string> RemovedKeys { get; init; } = [];

    /// <summary>Along a line without a reach of its own, metres: the plots on both sides of a street.</summary>
    public const double UsualReach = 50;

    /// <summary>
    /// The ground the measure supplies: its area, or its line widened by its reach. A point alone is only where it is noted; with a reach it is the
    /// middle of a circle. Null when only its address list says what it supplies.
    /// </summary>
    public Geometry? Area() => Geometry switch
    {
        null or { IsEmpty: true } => null,
        { Dimension: Dimension.Curve } => Geometry.Buffer(Reach ?? UsualReach),
        { Dimension: Dimension.Point } => Reach is { } around ? Geometry.Buffer(around) : null,
        _ => Geometry,
    };

    /// <summary>Whether another state of the measure reaches the same places.</summary>
    public bool ReachesAs(Measure other) => Reach == other.Reach && AddressKeys.SequenceEqual(other.AddressKeys) && RemovedKeys.SequenceEqual(other.RemovedKeys)
        && (ReferenceEquals(Geometry, other.Geometry) || Geometry is { } here && other.Geometry is { } there && here.EqualsExact(there));
}

/// <summary>Published shares: of grid cells (with polygons) or of whole municipalities (by AGS).</summary>
public sealed record PublishedShares(IReadOnlyList<string> Keys, IReadOnlyList<string?> Names, ShareTable Shares, IReadOnlyList<Geometry?> Geometries, IReadOnlyList<int> Editions);

/// <summary>
/// What an analysis computes from: one county's live editions (or those of an earlier run) as plain lists, each sorted by key so that ties go
/// to the lowest. Geometries in <see cref="Crs.Stored"/>.
/// </summary>
public sealed record County
{
    public required string Key { get; init; }
    public required IReadOnlyList<Municipality> Municipalities { get; init; }
    public required PolygonIndex MunicipalityIndex { get; init; }
    public required IReadOnlyList<Settlement> Settlements { get; init; }
    public required IReadOnlyList<PopulationCell> Population { get; init; }
    public required IReadOnlyList<Address> Addresses { get; init; }
    public required IReadOnlyList<Facility> Facilities { get; init; }
    public required PublishedShares Cells { get; init; }
    public required PublishedShares MunicipalShares { get; init; }
    public required IReadOnlyList<ExactCoverage> Areas { get; init; }
    public required IReadOnlyList<ExactCoverage> AddressAnswers { get; init; }
    public required IReadOnlyList<Measure> Measures { get; init; }
    public required IReadOnlyList<Edition> Editions { get; init; }
    public required IReadOnlyList<Phrase> Notes { get; init; }

    /// <summary>The columns in which the atlas publishes shares: its cells, or where there are none, the municipalities' figures.</summary>
    public IReadOnlyList<bool> PublishedColumns
    {
        get => field ?? (Cells.Keys.Count > 0 && Cells.Shares.Published() is var cells && cells.Contains(true) ? cells : MunicipalShares.Shares.Published());
        init;
    }

    /// <summary>Whether another state differs in its measures at most: every other list is the very same.</summary>
    public bool IsSameGround(County other) => ReferenceEquals(Municipalities, other.Municipalities) && ReferenceEquals(Settlements, other.Settlements)
        && ReferenceEquals(Population, other.Population) && ReferenceEquals(Addresses, other.Addresses) && ReferenceEquals(Facilities, other.Facilities)
        && ReferenceEquals(Cells, other.Cells) && ReferenceEquals(MunicipalShares, other.MunicipalShares) && ReferenceEquals(Areas, other.Areas)
        && ReferenceEquals(AddressAnswers, other.AddressAnswers) && ReferenceEquals(Editions, other.Editions) && ReferenceEquals(Notes, other.Notes);

    /// <summary>Whether coverage areas lie in the county at all; those of another county say nothing of this one.</summary>
    public bool HasOwnAreas()
    {
        var extent = new Envelope();
        foreach (var municipality in Municipalities)
            if (municipality.Geometry is { } outline)
                extent.ExpandToInclude(outline.EnvelopeInternal);
        return Areas.Any(a => a.Geometry is { } area && area.EnvelopeInternal.Intersects(extent));
    }
}
