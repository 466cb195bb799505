using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Analyse;

/// <summary>
/// Unites surfaces that mostly share their borders, as the cells of a grid and their cut parts do: on a grid of 1 mm common borders are equal and
/// cancel each other out, which is many times faster than a general overlay. Where the answer's area is not the sum of the parts (they overlap,
/// or borders do not meet) the general overlay unites them.
/// </summary>
static class Dissolve
{
    const int Decimals = 3;

    /// <summary>Share of the area that rounding borders to 1 mm may change.</summary>
    const double Tolerance = 1e-4;

    public static Geometry Union(IReadOnlyList<Geometry> surfaces)
    {
        try
        {
            var whole = CoverageUnion.Union(surfaces[0].Factory.BuildGeometry([.. surfaces.Select(Rounded)]));
            if (Math.Abs(whole.Area - surfaces.Sum(s => s.Area)) <= Tolerance * whole.Area && whole.IsValid)
                return CellCut.Surfaces(whole);
        }
        catch (TopologyException)
        {
            // Borders that nearly meet do so in the wrong order on the grid; the general overlay looks closer.
            return CellCut.Surfaces(OverlayNGRobust.Union(surfaces));
        }
        return CellCut.Surfaces(OverlayNGRobust.Union(surfaces));
    }

    static Geometry Rounded(Geometry surface)
    {
        var copy = surface.Copy();
        copy.Apply(new ToGrid());
        copy.GeometryChanged();
        return copy;
    }

    sealed class ToGrid : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                sequence.SetX(i, Math.Round(sequence.GetX(i), Decimals));
                sequence.SetY(i, Math.Round(sequence.GetY(i), Decimals));
            }
        }
    }
}
