using Breitband.Service.Features;

namespace Breitband.Service.Filter;

/// <summary>A filter made ready for one snapshot.</summary>
static class RowFilter
{
    /// <summary>
    /// A part that reads one column is decided once per distinct value; rows then only look it up. Spatial parts look at the box before they
    /// build a geometry.
    /// </summary>
    public static Func<int, bool?> For(Node node, FeatureTable table)
    {
        switch (node)
        {
            case And and:
                var (a, b) = (For(and.Left, table), For(and.Right, table));
                return row => a(row) is var left && left == false ? false : Evaluation.Both(left, b(row));
            case Or or:
                var (c, d) = (For(or.Left, table), For(or.Right, table));
                return row => c(row) is var left && left == true ? true : Evaluation.Either(left, d(row));
            case Not not:
                var inner = For(not.Inner, table);
                return row => !inner(row);
            case Spatial spatial:
                return For(spatial, table);
            case IsNull { Value: Place }:
                return row => table.Shapes.Structure(row).IsEmpty;
        }
        return node.Properties().ToList() is [var only] ? PerValue(node, table.Column(only)) : PerRow(node, table);
    }

    static Func<int, bool?> PerRow(Node node, FeatureTable table)
    {
        var columns = node.Properties().ToDictionary(p => p, table.Column, StringComparer.Ordinal);
        return row => Evaluation.Truth(node, name => columns[name]?.Value(row));
    }

    static Func<int, bool?> PerValue(Node node, Column? column)
    {
        if (column is null)
        {
            var never = Evaluation.Truth(node, _ => null);
            return _ => never;
        }
        if (column.Values.Count > 10_000) // keys: each value is one row's, and a page stops early
            return row => Evaluation.Truth(node, _ => column.Value(row));
        var truths = column.Values.Select(v => Evaluation.Truth(node, _ => v)).ToArray();
        return row => truths[column.Code(row)];
    }

    static Func<int, bool?> For(Spatial test, FeatureTable table)
    {
        var relations = new Relations(test);
        var box = CrsUri.BoxOf(test.Other);
        return row =>
        {
            if (table.Tree[row].IsEmpty)
                return null;
            return table.Tree[row].Intersects(box) ? relations.Holds(table.Shapes.ToGeometry(row)!) : test.Relation == "DISJOINT";
        };
    }

    /// <summary>A box that everything the filter lets through meets, so that the index can be asked first; null when it says nothing about place.</summary>
    public static Box? Bounds(Node node) => node switch
    {
        And and => (Bounds(and.Left), Bounds(and.Right)) is ({ } a, { } b) ? Common(a, b) : Bounds(and.Left) ?? Bounds(and.Right),
        Or or => (Bounds(or.Left), Bounds(or.Right)) is ({ } a, { } b) ? a.And(b) : null,
        Spatial { Relation: not "DISJOINT" } spatial => CrsUri.BoxOf(spatial.Other),
        _ => null,
    };

    static Box Common(Box a, Box b) => new(Math.Max(a.MinX, b.MinX), Math.Max(a.MinY, b.MinY), Math.Min(a.MaxX, b.MaxX), Math.Min(a.MaxY, b.MaxY));
}
