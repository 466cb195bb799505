using System.Text.Json;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>CQL2 (21-065r2), Annex A, the classes declared at /conformance. Every predicate is put to every queryable of every collection.</summary>
public abstract class Cql2Contract(Served served)
{
    readonly Api api = new(served);

    /// <summary>The places of the suite: the world, a line and a point elsewhere.</summary>
    const string World = "BBOX(-180,-90,180,90)", WorldPolygon = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))", Line = "LINESTRING(7 50,10 51)", Place = "POINT(7.02 49.92)", NoPlace = "POINT(90 180)";

    static string? Value(JsonElement schema) => schema.TryGetProperty("type", out var type) ? (type.GetString(), schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
    {
        ("string", "date") => "DATE('2026-04-14')",
        ("string", _) => "'foo'",
        ("boolean", _) => "true",
        ("integer", _) => "1",
        _ => "3.14",
    } : null;

    async Task Each(Func<string, string, JsonElement, Task> test, Func<JsonElement, bool>? which = null)
    {
        var tested = 0;
        foreach (var id in (await api.Collections()).Select(Api.Id))
            foreach (var (name, schema) in (await api.Queryables(id)).Where(q => which is null || which(q.Schema)))
            {
                await test(id, name, schema);
                tested++;
            }
        Assert.True(tested > 3, $"only {tested} queryables");
    }

    static bool IsText(JsonElement schema) => Value(schema) == "'foo'";

    static bool IsNumber(JsonElement schema) => Value(schema) is "1" or "3.14";

    static bool IsPlace(JsonElement schema) => !schema.TryGetProperty("type", out _);

    /// <summary>/conf/basic-cql2/comparison: each operator and its opposite have nothing in common, and together all that has a value.</summary>
    [Fact]
    public Task Comparisons_divide_what_has_a_value() => Each(async (id, name, schema) =>
    {
        var valued = await api.Filtered(id, $"{name} IS NOT NULL");
        foreach (var (sign, opposite) in new[] { ("=", "<>"), (">", "<="), ("<", ">=") })
        {
            var (here, there) = (await api.Filtered(id, $"{name} {sign} {Value(schema)}"), await api.Filtered(id, $"{name} {opposite} {Value(schema)}"));
            Assert.Empty(here.Intersect(there));
            Assert.Equal(valued, here.Concat(there).Order(StringComparer.Ordinal));
        }
    }, s => Value(s) is not null);

    /// <summary>/conf/basic-cql2/is-null, also of the place</summary>
    [Fact]
    public Task Having_no_value_divides_everything() => Each(async (id, name, _) =>
        Assert.Equal(await api.Ids(id), (await api.Filtered(id, $"{name} IS NULL")).Concat(await api.Filtered(id, $"{name} is not null")).Order(StringComparer.Ordinal)));

    /// <summary>/conf/basic-cql2/boolean</summary>
    [Fact]
    public async Task True_is_everything_and_false_nothing()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            Assert.Equal(await api.Ids(id), await api.Filtered(id, "true"));
            Assert.Empty(await api.Filtered(id, "false"));
        }
    }

    /// <summary>/conf/basic-cql2/logical, /conf/advanced-comparison-operators/logical: the form of the suite, held against sets.</summary>
    [Fact]
    public async Task And_or_not_and_brackets_are_those_of_sets()
    {
        const string id = "addresses";
        string[] predicates = ["number = '1'", "number > '3'", "street LIKE 'Dorf%'", "place IS NULL", "postcode IN ('14800', '14801')", "S_INTERSECTS(geometry,BBOX(12.6,52.2,12.66,52.3))"];
        var known = new Dictionary<string, (HashSet<string> True, HashSet<string> False)>();
        foreach (var predicate in predicates)
            known[predicate] = ((await api.Filtered(id, predicate)).ToHashSet(), (await api.Filtered(id, $"NOT ({predicate})")).ToHashSet());
        for (var i = 0; i < predicates.Length; i++)
        {
            var p = Enumerable.Range(0, 4).Select(k => predicates[(i + k * (k + 1) / 2) % predicates.Length]).ToArray();
            var (first, third) = (known[p[1]].False.Intersect(known[p[0]].True), known[p[0]].False.Intersect(known[p[3]].False));
            var expected = first.Union(known[p[2]].True.Intersect(known[p[3]].True)).Union(third).Order(StringComparer.Ordinal);
            Assert.Equal(expected, await api.Filtered(id, $"(NOT ({p[1]}) AND {p[0]}) OR ({p[2]} and {p[3]}) or not ({p[0]} OR {p[3]})"));
        }
    }

    /// <summary>/conf/advanced-comparison-operators/like</summary>
    [Fact]
    public Task Like_matches_any_text_one_character_and_escaped_signs() => Each(async (id, name, _) =>
    {
        Assert.Equal(await api.Filtered(id, $"{name} LIKE '%'"), await api.Filtered(id, $"{name} like '%%'"));
        Assert.Empty((await api.Filtered(id, $"{name} like '_%'")).Intersect(await api.Filtered(id, $"{name} like ''")));
        Assert.Empty(await api.Filtered(id, $@"{name} like '\%\_'"));
    }, IsText);

    /// <summary>/conf/advanced-comparison-operators/between, in</summary>
    [Fact]
    public Task Between_holds_both_ends_and_one_turned_round_holds_nothing() => Each(async (id, name, _) =>
    {
        Assert.Equal(await api.Filtered(id, $"{name} >= 0 AND {name} <= 100"), await api.Filtered(id, $"{name} BETWEEN 0 AND 100"));
        Assert.Empty(await api.Filtered(id, $"{name} between 100.0 and 1.0"));
        Assert.Equal(await api.Filtered(id, $"{name} = 1 OR {name} = 2 OR {name} = 3"), await api.Filtered(id, $"{name} IN (1, 2, 3)"));
    }, IsNumber);

    /// <summary>/conf/advanced-comparison-operators/in</summary>
    [Fact]
    public Task In_takes_lists_of_every_type() => Each(async (id, name, schema) =>
    {
        var list = Value(schema) switch { "'foo'" => "'foo', 'bar'", "true" => "true", "1" or "3.14" => "1, 2, 3", _ => "'2026-04-14', DATE('2026-04-15')" };
        Assert.Empty((await api.Filtered(id, $"{name} in ({list})")).Intersect(await api.Filtered(id, $"{name} NOT IN ({list})")));
    }, s => Value(s) is not null);

    /// <summary>/conf/case-insensitive-comparison/casei, casei-like</summary>
    [Fact]
    public Task Case_does_not_count_in_casei() => Each(async (id, name, _) =>
    {
        Assert.Empty((await api.Filtered(id, $"CASEI({name}) = casei('foo')")).Intersect(await api.Filtered(id, $"CASEI({name}) <> casei('FOO')")));
        Assert.Equal(await api.Filtered(id, $"CASEI({name}) LIKE casei('a%')"), await api.Filtered(id, $"CASEI({name}) LIKE casei('A%')"));
    }, IsText);

    /// <summary>/conf/property-property/comparison, /conf/arithmetic/arithmetic</summary>
    [Fact]
    public Task Properties_are_compared_with_properties_and_computed_with() => Each(async (id, name, _) =>
    {
        Assert.Equal(await api.Filtered(id, $"{name} IS NOT NULL"), await api.Filtered(id, $"{name} = {name}"));
        Assert.Empty(await api.Filtered(id, $"{name} <> {name}"));
        Assert.Equal(await api.Filtered(id, $"{name} > 3"), await api.Filtered(id, $"{name} * 2 - 1 > 5"));
        Assert.Equal(await api.Filtered(id, $"{name} = 7"), await api.Filtered(id, $"{name} = 3 + 2 ^ 2 * 5 div 5"));
    }, IsNumber);

    /// <summary>/conf/cql2-text/escaping: a quote in a text, written in both ways, and signs that mean something elsewhere.</summary>
    [Theory]
    [InlineData("name = 'O''Hara'")]
    [InlineData(@"name = 'O\'Hara'")]
    [InlineData("name = 'a\tb\nc\rd\u0007'")]
    [InlineData("name = 'Ä \" ; -- ) ß'")]
    public async Task Texts_may_hold_quotes_and_control_characters(string filter) => Assert.Equal(200, await api.FilterStatus("municipalities", filter));

    /// <summary>/conf/basic-spatial-functions/s_intersects, /conf/spatial-functions/s_intersects, s_disjoint</summary>
    [Fact]
    public Task Intersecting_and_lying_apart_are_opposites() => Each(async (id, name, _) =>
    {
        Assert.Equal(await api.Filtered(id, $"{name} IS NOT NULL"), await api.Filtered(id, $"S_INTERSECTS({name},{World})"));
        Assert.Equal(await api.Filtered(id, $"S_INTERSECTS({name},{World})"), await api.Filtered(id, $"S_INTERSECTS({name},{WorldPolygon})"));
        foreach (var elsewhere in new[] { Line, Place })
            Assert.Equal(await api.Filtered(id, $"{name} IS NOT NULL"), (await api.Filtered(id, $"S_DISJOINT({name},{elsewhere})")).Concat(await api.Filtered(id, $"S_INTERSECTS({name},{elsewhere})")).Order(StringComparer.Ordinal));
        Assert.Empty(await api.Filtered(id, $"S_DISJOINT({name},{World})"));
        Assert.Empty(await api.Filtered(id, $"S_DISJOINT({name},{WorldPolygon})"));
        Assert.Empty(await api.Filtered(id, $"S_INTERSECTS({name},BBOX(-180,-90,-90,90)) AND S_INTERSECTS({name},BBOX(90,-90,180,90))"));
        Assert.Empty(await api.Filtered(id, $"S_INTERSECTS({name},BBOX(170,-90,-170,90))"));
        foreach (var relation in new[] { "S_INTERSECTS", "S_DISJOINT" })
            Assert.Equal(400, await api.FilterStatus(id, $"{relation}({name},{NoPlace})"));
    }, IsPlace);

    /// <summary>/conf/basic-spatial-functions-plus/s_intersects: geometries of every type, holes and collections; a position off the world is refused.</summary>
    [Theory]
    [InlineData("MULTIPOINT(7.02 49.92, 90 180)", 400)]
    [InlineData("MULTIPOINT((7.02 49.92), (90 80))", 200)]
    [InlineData("LINESTRING(-180 -45, 0 -45)", 200)]
    [InlineData("MULTILINESTRING((-180 -45, 0 -45), (0 45, 180 45))", 200)]
    [InlineData("POLYGON((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 -50, -100 -40, -120 -40, -120 -50))", 200)]
    [InlineData("MULTIPOLYGON(((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 -50, -100 -40, -120 -40, -120 -50)),((0 0, 10 0, 10 10, 0 10, 0 0)))", 200)]
    [InlineData("GEOMETRYCOLLECTION(POINT(7.02 49.92), POLYGON((0 0, 10 0, 10 10, 0 10, 0 0)))", 200)]
    public Task Literals_of_every_type_are_read(string literal, int status) => Each(async (id, name, _) => Assert.Equal(status, await api.FilterStatus(id, $"S_INTERSECTS({name},{literal})")), IsPlace);

    /// <summary>/conf/spatial-functions/s_equals, s_touches, s_crosses, s_within, s_contains, s_overlaps</summary>
    [Fact]
    public Task The_other_relations_hold_as_the_suite_expects() => Each(async (id, name, _) =>
    {
        foreach (var relation in new[] { "S_EQUALS", "S_TOUCHES", "S_CROSSES", "S_WITHIN", "S_CONTAINS", "S_OVERLAPS" })
        {
            Assert.Equal(await api.Filtered(id, $"{relation}({name},{World})"), await api.Filtered(id, $"{relation}({name},{WorldPolygon})"));
            Assert.Equal(200, await api.FilterStatus(id, $"{relation}({name},{Line})"));
            Assert.Equal(200, await api.FilterStatus(id, $"{relation}({name},MULTIPOINT(7 50,10 51))"));
            Assert.Equal(200, await api.FilterStatus(id, $"{relation}({name},GEOMETRYCOLLECTION(POINT(12.6 52.2),POLYGON((12 52,13 52,13 53,12 53,12 52))))"));
        }
        Assert.Equal(await api.Filtered(id, $"{name} IS NOT NULL"), await api.Filtered(id, $"S_WITHIN({name},{World})"));
        Assert.Empty(await api.Filtered(id, $"S_CONTAINS({name},{World})"));
    }, IsPlace);
}
