using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Breitband.Service.Filter;

/// <summary>The spatial relations of CQL2, by their names without S_.</summary>
static class Relations
{
    public static readonly IReadOnlySet<string> Known = new HashSet<string> { "INTERSECTS", "DISJOINT", "EQUALS", "TOUCHES", "CROSSES", "WITHIN", "CONTAINS", "OVERLAPS" };

    /// <param name="feature">Of one feature; both in the stored system.</param>
    public static bool Holds(Spatial test, Geometry feature, IPreparedGeometry prepared)
    {
        var (a, b) = test.FeatureFirst ? (feature, test.Other) : (test.Other, feature);
        return test.Relation switch
        {
            "INTERSECTS" => prepared.Intersects(feature),
            "DISJOINT" => !prepared.Intersects(feature),
            "EQUALS" => a.EqualsTopologically(b),
            "TOUCHES" => prepared.Touches(feature),
            "CROSSES" => a.Crosses(b),
            "WITHIN" => a.Within(b),
            "CONTAINS" => a.Contains(b),
            _ => a.Overlaps(b),
        };
    }
}
