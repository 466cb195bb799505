using System.Globalization;
using System.Text.Json;
using Breitband.Tests.Service.Http;

namespace Breitband.Tests.Service.Conformance;

/// <summary>OGC API Features Part 3 (19-079r2), Annex A: queryables, queryables as parameters, filter, features filter.</summary>
public abstract class FilterContract(Served served)
{
    readonly Api api = new(served);

    const string Nothing = "THIS IS NOT A FILTER";

    static string BoxFilter(IReadOnlyList<double> box) => $"S_INTERSECTS(geometry,BBOX({Api.Comma(box)}))";

    async Task<string> Sample(string id) => (await api.Queryables(id)).First(q => q.Schema.TryGetProperty("type", out _)).Name;

    /// <summary>/conf/queryables/get-queryables-uris, /conf/features-filter/get-collection: by a link in the collection and by a header of what can be filtered.</summary>
    [Fact]
    public async Task Every_collection_leads_to_its_queryables()
    {
        foreach (var collection in await api.Collections())
        {
            var id = Api.Id(collection);
            var expected = $"{api.Root}/collections/{id}/queryables";
            foreach (var described in new[] { collection, await api.Json($"/collections/{id}") })
                Assert.Contains(Api.Links(described), l => l.Rel == Api.QueryablesRelation && l.Href == expected);
            var header = (await served.Send(HttpMethod.Head, Api.Items(id))).Header("Link");
            Assert.Contains($"<{expected}>; rel=\"{Api.QueryablesRelation}\"", header, StringComparison.Ordinal);
        }
    }

    /// <summary>/conf/queryables/get-queryables: a JSON Schema whose properties have a type, or are geometries; its id is its address.</summary>
    [Fact]
    public async Task Queryables_are_a_schema_of_typed_properties()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            var got = await api.Get($"/collections/{id}/queryables", ("Accept", "application/schema+json"));
            Assert.Equal((200, "application/schema+json"), (got.Status, got.Content.ContentType!.MediaType));
            var schema = got.Json;
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
            Assert.Equal($"{api.Root}/collections/{id}/queryables", schema.GetProperty("$id").GetString());
            Assert.Equal("object", schema.GetProperty("type").GetString());
            Assert.NotEmpty(schema.GetProperty("properties").EnumerateObject());
            foreach (var property in schema.GetProperty("properties").EnumerateObject())
            {
                var isPlace = property.Value.TryGetProperty("format", out var format) && format.GetString()!.StartsWith("geometry-", StringComparison.Ordinal);
                Assert.NotEqual(isPlace, property.Value.TryGetProperty("type", out _));
                Assert.False(property.Value.TryGetProperty("$ref", out _));
            }
        }
    }

    /// <summary>/conf/queryables-query-parameters/query-param: a value selects what has it; one of another type is refused.</summary>
    [Fact]
    public async Task Every_simple_queryable_is_a_parameter()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            var features = await api.Features(id);
            foreach (var (name, schema) in (await api.Queryables(id)).Where(q => q.Schema.TryGetProperty("type", out _)))
            {
                var value = features.Select(f => f.GetProperty("properties").GetProperty(name)).FirstOrDefault(v => v.ValueKind != JsonValueKind.Null);
                if (value.ValueKind != JsonValueKind.Undefined)
                    Assert.Equal(features.Where(f => f.GetProperty("properties").GetProperty(name).GetRawText() == value.GetRawText()).Select(Api.Id).Order(StringComparer.Ordinal),
                        await api.Ids(id, $"&{name}={Uri.EscapeDataString(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())}"));
                if (schema.GetProperty("type").GetString() != "string" || schema.TryGetProperty("format", out _))
                    Assert.Equal(400, (await api.Get($"{Api.Items(id)}?{name}=so_etwas_nicht")).Status);
            }
        }
    }

    /// <summary>/conf/filter/filter-param, /conf/filter/filter-lang-default, /conf/features-filter/filter-on-items</summary>
    [Fact]
    public async Task A_filter_selects_with_the_language_named_or_not_and_nonsense_is_refused()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            var sample = await Sample(id);
            var expected = (await api.Features(id)).Where(f => f.GetProperty("properties").GetProperty(sample).ValueKind == JsonValueKind.Null).Select(Api.Id).Order(StringComparer.Ordinal).ToList();
            foreach (var language in new[] { "", "&filter-lang=cql2-text" })
            {
                Assert.Equal(expected, await api.Filtered(id, $"{sample} IS NULL", language));
                Assert.Equal(400, await api.FilterStatus(id, Nothing, language));
            }
            Assert.Equal(400, await api.FilterStatus(id, $"{sample} IS NULL", "&filter-lang=ecql"));
        }
    }

    /// <summary>/conf/filter/expression-construction: additionalProperties is false, so what is no queryable is refused.</summary>
    [Fact]
    public async Task A_property_that_is_none_is_refused()
    {
        foreach (var id in (await api.Collections()).Select(Api.Id))
        {
            Assert.False((await api.Json($"/collections/{id}/queryables")).GetProperty("additionalProperties").GetBoolean());
            Assert.Equal(400, await api.FilterStatus(id, "this_is_not_a_queryable IS NULL"));
        }
    }

    /// <summary>/conf/filter/filter-crs-wgs84: positions are longitude and latitude unless said; what cannot be any is refused.</summary>
    [Fact]
    public async Task Geometries_in_a_filter_are_in_longitude_and_latitude()
    {
        foreach (var collection in await api.Spatial())
        {
            var id = Api.Id(collection);
            var placed = (await api.Features(id)).Where(f => f.GetProperty("geometry").ValueKind != JsonValueKind.Null).Select(Api.Id).Order(StringComparer.Ordinal);
            Assert.Equal(placed, await api.Filtered(id, BoxFilter(Api.Box(collection))));
            Assert.Equal(400, await api.FilterStatus(id, BoxFilter([1_000_000, 1_000_000, 2_000_000, 2_000_000])));
        }
    }

    /// <summary>/conf/filter/filter-crs-param: in every system of the collection; a system nobody has is refused.</summary>
    [Fact]
    public async Task Geometries_in_a_filter_may_be_in_any_system()
    {
        foreach (var collection in await api.Spatial())
        {
            var (id, box) = (Api.Id(collection), Api.Box(collection));
            var placed = (await api.Features(id)).Where(f => f.GetProperty("geometry").ValueKind != JsonValueKind.Null).Select(Api.Id).Order(StringComparer.Ordinal).ToList();
            foreach (var uri in (await api.Systems(collection)).Where(u => u != Api.Crs84))
            {
                var epsg = int.Parse(uri[(uri.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
                var to = Crs.Transform(Crs.Geographic, epsg);
                var corners = new[] { to(box[0], box[1]), to(box[0], box[3]), to(box[2], box[1]), to(box[2], box[3]) };
                double[] there = [corners.Min(c => c.X) - 5, corners.Min(c => c.Y) - 5, corners.Max(c => c.X) + 5, corners.Max(c => c.Y) + 5];
                Assert.Equal(placed, await api.Filtered(id, BoxFilter(epsg == Crs.EqualArea ? [there[1], there[0], there[3], there[2]] : there), $"&filter-crs={Uri.EscapeDataString(uri)}"));
            }
            Assert.Equal(400, await api.FilterStatus(id, BoxFilter(box), "&filter-crs=http://www.opengis.net/def/crs/OGC/0/does_not_exist"));
        }
    }

    /// <summary>/conf/features-filter/mixing-expression: a filter, a box and properties are joined by and.</summary>
    [Fact]
    public async Task Filter_box_and_properties_are_joined_by_and()
    {
        foreach (var collection in await api.Spatial())
        {
            var (id, box) = (Api.Id(collection), Api.Box(collection));
            var half = $"&bbox={Api.Comma(box[0], box[1], (box[0] + box[2]) / 2, box[3])}";
            var (inHalf, inBox) = (await api.Ids(id, half), await api.Filtered(id, BoxFilter(box)));
            Assert.Equal(inBox.Intersect(inHalf), await api.Filtered(id, BoxFilter(box), half));
            Assert.Empty(await api.Filtered(id, BoxFilter(box), "&bbox=-20,40,-19,41"));
            var sample = await Sample(id);
            Assert.Empty(await api.Filtered(id, $"{sample} IS NULL AND {sample} IS NOT NULL", half));
        }
    }
}
