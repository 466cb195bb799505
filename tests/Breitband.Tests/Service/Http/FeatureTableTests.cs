using Breitband.Service;
using Breitband.Service.Features;
using Breitband.Service.Filter;
using CsCheck;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Service.Http;

/// <summary>The packed snapshot against plain geometries: whatever the shapes, the box and the filter, the same rows.</summary>
public sealed class FeatureTableTests
{
    static readonly GeometryFactory Factory = NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);

    static readonly Field[] Fields = [Layer.Survey.Find("key")!, Layer.Survey.Find("down")!, Layer.Survey.Find("answer")!];

    /// <summary>Whole metres, so that packing to millimetres changes nothing.</summary>
    static readonly Gen<Coordinate> Place = Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], (x, y) => new Coordinate(340000 + 10 * x, 5790000 + 10 * y));

    static readonly Gen<Geometry?> Shape = Gen.OneOf(
        Place.Select(p => (Geometry?)Factory.CreatePoint(p)),
        Gen.Select(Place, Gen.Int[1, 30], Gen.Int[1, 30], (p, w, h) => (Geometry?)Factory.ToGeometry(new(p.X, p.X + 10 * w, p.Y, p.Y + 10 * h))),
        Gen.Select(Place, Gen.Int[4, 30], (p, w) => (Geometry?)Factory.ToGeometry(new(p.X, p.X + 30 * w, p.Y, p.Y + 30 * w)).Difference(Factory.ToGeometry(new(p.X + 10 * w, p.X + 20 * w, p.Y + 10 * w, p.Y + 20 * w)))),
        Gen.Select(Place, Place, (a, b) => a.Equals2D(b) ? Factory.CreatePoint(a) : (Geometry?)Factory.CreateLineString([a, b])),
        Gen.Select(Place, Place, (a, b) => (Geometry?)Factory.CreateMultiPoint([Factory.CreatePoint(a), Factory.CreatePoint(b)])),
        Gen.Const((Geometry?)null));

    static readonly Gen<Row> Rows = Gen.Select(Shape, Gen.Int[0, 5], Gen.Int[0, 3], (g, down, answer) => new Row(g, [null, down == 0 ? null : (double)down, answer == 0 ? null : new string('a', answer)]));

    static FeatureTable Table(Row[] rows) => FeatureTable.Load(Fields, rows.Select((r, i) => r with { Values = [$"K{i}", r.Values[1], r.Values[2]] }), 1 << 30);

    static string[] Found(FeatureTable table, QueryArea? area, Node? filter, int limit)
    {
        var (ids, after) = (new List<string>(), (long?)0);
        while (after is { } from)
        {
            var page = FeaturePage.Find([new(table, "", null)], new(limit, from, area, filter, null));
            Assert.True(page.Features.Count <= limit);
            ids.AddRange(page.Features.Select(f => f.Part.Table.Ids[f.Row]));
            after = page.Next;
            if (after is null)
                Assert.Equal(page.Matched, ids.Count);
        }
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_box_finds_what_the_geometries_say_page_by_page() =>
        Gen.Select(Rows.Array[0, 60], Place, Gen.Int[1, 100], Gen.Int[1, 100], Gen.Int[1, 7]).Sample((rows, corner, width, height, limit) =>
        {
            var box = new Envelope(corner.X + 3, corner.X + 3 + 7 * width, corner.Y + 3, corner.Y + 3 + 7 * height);
            var expected = rows.Select((r, i) => (r.Geometry, Id: $"K{i}")).Where(r => r.Geometry is null || r.Geometry.Intersects(Factory.ToGeometry(box))).Select(r => r.Id).Order(StringComparer.Ordinal);
            Assert.Equal(expected, Found(Table(rows), new([CrsUri.BoxOf(box, Crs.Stored)], box, Crs.Stored), null, limit));
        }, iter: 500);

    [Theory]
    [InlineData("down > 2 AND answer IS NOT NULL")]
    [InlineData("NOT (down > 2 OR answer LIKE 'a_')")]
    [InlineData("down IN (1, 3) OR answer = 'a'")]
    [InlineData("down + 1 BETWEEN 2 AND 4")]
    public void A_filter_finds_the_rows_it_is_true_of(string text) =>
        Gen.Select(Rows.Array[0, 60], Gen.Int[1, 7]).Sample((rows, limit) =>
        {
            var filter = Cql2.Parse(text, Fields, CrsUri.Stored);
            var expected = rows.Select((r, i) => (r, Id: $"K{i}")).Where(r => Evaluation.Truth(filter, name => name == "down" ? r.r.Values[1] : r.r.Values[2]) == true).Select(r => r.Id).Order(StringComparer.Ordinal);
            Assert.Equal(expected, Found(Table(rows), null, filter, limit));
        }, iter: 200);

    [Fact]
    public void A_spatial_filter_finds_what_the_geometries_say() =>
        Gen.Select(Rows.Array[0, 60], Place, Gen.Int[1, 100]).Sample((rows, corner, size) =>
        {
            var (x, y) = (corner.X + 3, corner.Y + 3);
            var area = Factory.CreatePolygon([new(x, y), new(x + 11 * size, y), new(x, y + 11 * size), new(x, y)]);
            var filter = Cql2.Parse($"S_INTERSECTS(geometry, {area.AsText()})", Fields, CrsUri.Stored);
            var expected = rows.Select((r, i) => (r.Geometry, Id: $"K{i}")).Where(r => r.Geometry is not null && r.Geometry.Intersects(area)).Select(r => r.Id).Order(StringComparer.Ordinal);
            Assert.Equal(expected, Found(Table(rows), null, filter, 5));
        }, iter: 300);

    [Fact]
    public void Geometries_come_back_as_they_were() =>
        Rows.Array[1, 20].Sample(rows =>
        {
            var table = Table(rows);
            for (var i = 0; i < rows.Length; i++)
                Assert.True(rows[i].Geometry is null ? table.Shapes.ToGeometry(i) is null : rows[i].Geometry!.EqualsTopologically(table.Shapes.ToGeometry(i)!));
        }, iter: 200);

    [Fact]
    public void Keys_that_repeat_get_addresses_of_their_own()
    {
        var table = FeatureTable.Load(Fields, [new(null, ["A", null, null]), new(null, ["A", null, null]), new(null, [null, null, null])], 1 << 20);
        Assert.Equal(["A", "A~2", "ohne"], table.Ids);
    }

    [Fact]
    public void A_layer_larger_than_the_memory_given_is_refused_by_name()
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => new Row(Factory.CreatePoint(new Coordinate(340000 + i, 5790000)), [$"K{i}", null, null]));
        Assert.Contains("snapshot_memory_mb", Assert.Throws<BreitbandException>(() => FeatureTable.Load(Fields, rows, 100_000)).Text.De, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((name='x'))))))))))))))))))))))))))))))))))))))))))))))))))))", "50")]
    [InlineData("answer LIKE 5", "LIKE")]
    [InlineData("answer = 'offen", "geschlossen")]
    [InlineData("down = 1e999", "keine Zahl")]
    [InlineData("answer IN ()", "Stelle 12")]
    [InlineData("S_NEAR(geometry, POINT(1 1))", "S_NEAR")]
    [InlineData("S_INTERSECTS(down, POINT(1 1))", "S_INTERSECTS")]
    [InlineData("S_INTERSECTS(geometry, POINT(1))", "Koordinate")]
    [InlineData("down = 1 down = 2", "unerwartet")]
    [InlineData("down", "Bedingung")]
    [InlineData("", "zu früh")]
    public void A_wrong_filter_is_answered_with_what_is_wrong_and_where(string text, string word) =>
        Assert.Contains(word, Assert.Throws<BreitbandException>(() => Cql2.Parse(text, Fields, CrsUri.Stored)).Text.De, StringComparison.Ordinal);

    [Fact]
    public void No_text_makes_the_parser_fall_over() =>
        Gen.String[Gen.Char["()',<>=+-*/%^._ \"abS0159\u00e4\n"], 0, 60].Sample(text =>
        {
            try
            {
                Cql2.Parse(text, Fields, CrsUri.Stored);
            }
            catch (BreitbandException e)
            {
                Assert.Equal(Outcome.WrongUse, e.Outcome);
            }
        }, iter: 5000);
}
