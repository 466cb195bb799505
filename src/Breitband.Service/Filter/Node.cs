using NetTopologySuite.Geometries;

namespace Breitband.Service.Filter;

/// <summary>Kinds of values a filter computes with. Any: a NULL or a property nobody has typed.</summary>
enum ValueKind { Text, Number, Date, Flag, Truth, Geometry }

/// <summary>A part of a filter. Everything a node needs to be evaluated is in it; it knows no table.</summary>
abstract record Node(ValueKind Kind)
{
    public virtual IReadOnlyList<Node> Parts => [];

    /// <summary>Names of the properties it reads, each once.</summary>
    public IEnumerable<string> Properties() => (this is Property p ? [p.Name] : Parts.SelectMany(n => n.Properties())).Distinct();

    public bool IsSpatial => this is Spatial || Parts.Any(p => p.IsSpatial);
}

/// <summary>A text, number (double), date (DateOnly) or truth value (bool).</summary>
sealed record Literal(object Value, ValueKind Kind) : Node(Kind);

sealed record Property(string Name, ValueKind Kind) : Node(Kind);

/// <summary>The geometry of the feature.</summary>
sealed record Place() : Node(ValueKind.Geometry);

/// <summary>A geometry written in the filter, in the stored system.</summary>
sealed record Shape(Geometry Geometry) : Node(ValueKind.Geometry);

sealed record Arithmetic(string Operator, Node Left, Node Right) : Node(ValueKind.Number)
{
    public override IReadOnlyList<Node> Parts => [Left, Right];
}

/// <summary>CASEI: the text without regard to case.</summary>
sealed record Folded(Node Inner) : Node(ValueKind.Text)
{
    public override IReadOnlyList<Node> Parts => [Inner];
}

sealed record ValueComparison(string Operator, Node Left, Node Right) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Left, Right];
}

sealed record Between(Node Value, Node Low, Node High) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Value, Low, High];
}

sealed record In(Node Value, IReadOnlyList<Node> List) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Value, .. List];
}

sealed record Like(Node Value, Node Pattern) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Value, Pattern];
}

sealed record IsNull(Node Value) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Value];
}

sealed record Not(Node Inner) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Inner];
}

sealed record And(Node Left, Node Right) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Left, Right];
}

sealed record Or(Node Left, Node Right) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Left, Right];
}

/// <summary>A spatial relation by its CQL2 name without S_, in capitals.</summary>
sealed record Spatial(string Relation, Node Left, Node Right) : Node(ValueKind.Truth)
{
    public override IReadOnlyList<Node> Parts => [Left, Right];

    /// <summary>The geometry written in the filter; the grammar lets one side be the feature's.</summary>
    public Geometry Other => ((Shape)(Right is Shape ? Right : Left)).Geometry;

    public bool FeatureFirst => Left is Place;
}
