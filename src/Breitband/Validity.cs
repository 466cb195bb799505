using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Breitband;

/// <summary>Why a drawn shape is none, in its author's words (OGC 06-103r4, 6.1.11: what makes a surface valid).</summary>
static class Validity
{
    /// <param name="geometry">In <see cref="Crs.Stored"/>, in which the place of the fault is said.</param>
    /// <returns>Null of a valid one.</returns>
    public static Phrase? Fault(Geometry geometry)
    {
        if (new IsValidOp(geometry).ValidationError is not { } error)
            return null;
        var (de, en) = error.ErrorType switch
        {
            TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection => ("überschneidet sich selbst", "crosses itself"),
            TopologyValidationErrors.HoleOutsideShell => ("ein Loch liegt außerhalb der Fläche", "a hole lies outside the area"),
            TopologyValidationErrors.NestedHoles => ("ein Loch liegt in einem anderen", "a hole lies in another"),
            TopologyValidationErrors.DisconnectedInteriors => ("Löcher zerteilen die Fläche", "holes cut the area apart"),
            TopologyValidationErrors.NestedShells => ("eine Teilfläche liegt in einer anderen", "a part lies in another"),
            TopologyValidationErrors.DuplicateRings => ("ein Ring ist doppelt", "a ring is there twice"),
            TopologyValidationErrors.TooFewPoints => ("zu wenige Punkte", "too few points"),
            _ => ("eine Koordinate oder ein Ring ist nicht vollständig", "a coordinate or a ring is incomplete"),
        };
        return new(FormattableString.Invariant($"{de} bei {error.Coordinate?.X:0} {error.Coordinate?.Y:0}"), FormattableString.Invariant($"{en} at {error.Coordinate?.X:0} {error.Coordinate?.Y:0}"));
    }
}
