using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.RelateNG;

namespace Breitband.Service.Filter;

/// <summary>The spatial relations of CQL2, by their names without S_, between features and the geometry of a filter, made ready once.</summary>
sealed class Relations
{
    public static readonly IReadOnlySet<string> Known = new HashSet<string> { "INTERSECTS", "DISJOINT", "EQUALS", "TOUCHES", "CROSSES", "WITHIN", "CONTAINS", "OVERLAPS" };

    readonly string relation;
    readonly IPreparedGeometry other;

    /// <summary>Unlike the geometry's own methods it knows collections too.</summary>
    readonly RelateNG relate;

    /// <param name="test">Its geometry in the stored system.</param>
    public Relations(Spatial test)
    {
        (other, relate) = (PreparedGeometryFactory.Prepare(test.Other), RelateNG.Prepare(test.Other));
        // Asked from the filter's side, a feature within it is one it contains.
        relation = (test.Relation, test.FeatureFirst) switch { ("WITHIN", true) => "CONTAINS", ("CONTAINS", true) => "WITHIN", var (name, _) => name };
    }

    /// <param name="feature">In the stored system.</param>
    public bool Holds(Geometry feature) => relation switch
    {
        "INTERSECTS" => other.Intersects(feature),
        "DISJOINT" => !other.Intersects(feature),
        "EQUALS" => relate.Evaluate(feature, RelatePredicate.EqualsTopologically()),
        "TOUCHES" => relate.Evaluate(feature, RelatePredicate.Touches()),
        "CROSSES" => relate.Evaluate(feature, RelatePredicate.Crosses()),
        "WITHIN" => relate.Evaluate(feature, RelatePredicate.Within()),
        "CONTAINS" => relate.Evaluate(feature, RelatePredicate.Contains()),
        _ => relate.Evaluate(feature, RelatePredicate.Overlaps()),
    };
}
