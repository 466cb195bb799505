using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>What of a cell lies in one settlement, or outside all of them.</summary>
/// <param name="Settlement">Index, or <see cref="Demands.Outside"/>.</param>
readonly record struct CellPart(int Settlement, Geometry Geometry, double AreaM2);

/// <summary>
/// The cells of the atlas cut at the border of their municipality and at those of the settlements: no rule and no measure changes that, so a cell is cut when
/// somebody first asks, and once.
/// </summary>
sealed class CellParts(Analysis analysis)
{
    readonly CellPart[]?[] parts = new CellPart[]?[analysis.County.Cells.Keys.Count];
    readonly CellCut[] settlements = [.. analysis.County.Settlements.Select(s => new CellCut(s.Geometry))];
    readonly CellCut?[] municipalities = [.. analysis.County.Municipalities.Select(m => m.Geometry is { } g ? new CellCut(g) : null)];

    /// <summary>Of a cell whose middle lies in a municipality. Asked by several threads at once, the same is found twice.</summary>
    public CellPart[] Of(int cell) => parts[cell] ??= [.. Cut(cell).Where(p => !p.Geometry.IsEmpty)];

    IEnumerable<CellPart> Cut(int cell)
    {
        var municipality = analysis.Atlas.CellMunicipality[cell];
        var whole = analysis.County.Cells.Geometries[cell]!;
        var box = whole.EnvelopeInternal;
        var rest = analysis.County.MunicipalityIndex.Relation(municipality, box) == BoxRelation.Inside ? whole : municipalities[municipality]!.Cut(whole).Inside;
        foreach (var s in analysis.SettlementIndex.Meeting(box))
        {
            var relation = analysis.SettlementIndex.Relation(s, box);
            if (relation == BoxRelation.Outside)
                continue;
            var (inside, outside) = relation == BoxRelation.Inside ? (rest, rest.Factory.CreatePolygon()) : settlements[s].Cut(rest);
            if (inside.IsEmpty)
                continue;
            yield return new(s, inside, Crs.AreaOf(inside));
            rest = outside;
            if (rest.IsEmpty)
                yield break;
        }
        yield return new(Demands.Outside, rest, Crs.AreaOf(rest));
    }
}
