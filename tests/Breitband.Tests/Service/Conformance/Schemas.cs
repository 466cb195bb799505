using System.Text.Json;

namespace Breitband.Tests.Service.Conformance;

/// <summary>
/// The documents of OGC API Features and Tiles with every member the standards' text gives them (17-069r4, 18-058r1, 19-079r2, 20-057, RFC 7946, 8288
/// and 9457); each
/// names its clause. They are our own wording: OGC's published schema files come with no package that a build could restore. Where we promise more
/// than the standard (a title, a link's relation and type) they demand more.
/// </summary>
static class Schemas
{
    static readonly (string Name, string Text)[] All =
    [
        // RFC 8288 and 17-069r4, requirements /req/core/fc-rel-type, /req/core/f-links: href, and here always rel and type.
        ("link", """{"type":"object","required":["href","rel","type"],"properties":{"href":{"type":"string","format":"uri"},"rel":{"type":"string","minLength":1},"type":{"type":"string","minLength":3},"title":{"type":"string"},"hreflang":{"type":"string","minLength":2},"length":{"type":"integer","minimum":0},"templated":{"type":"boolean"},"varBase":{"type":"string"}}}"""),
        // 17-069r4, 7.13.2: a link whose address has places to fill in
        ("link template", """{"type":"object","required":["rel","uriTemplate"],"properties":{"rel":{"type":"string","minLength":1},"uriTemplate":{"type":"string","minLength":1},"varBase":{"type":"string","format":"uri-reference"},"type":{"type":"string"},"title":{"type":"string"},"hreflang":{"type":"string"},"length":{"type":"integer","minimum":0}}}"""),
        ("links", """{"type":"array","minItems":1,"items":{"$ref":"link"}}"""),
        // 17-069r4, 7.2.2, /req/core/root-success
        ("landing page", """{"type":"object","required":["title","links"],"properties":{"title":{"type":"string"},"description":{"type":"string"},"attribution":{"type":"string"},"links":{"$ref":"links"}}}"""),
        // 17-069r4, 7.4.2, /req/core/conformance-success
        ("conformance", """{"type":"object","required":["conformsTo"],"properties":{"conformsTo":{"type":"array","minItems":1,"items":{"type":"string","format":"uri"}}}}"""),
        // 17-069r4, 7.13.2, /req/core/fc-md-extent: boxes of four or six numbers, intervals of two instants or null.
        ("extent", """
            {"type":"object","properties":{
              "spatial":{"type":"object","required":["bbox"],"properties":{"bbox":{"type":"array","minItems":1,"items":{"type":"array","oneOf":[{"minItems":4,"maxItems":4},{"minItems":6,"maxItems":6}],"items":{"type":"number"}}},
                "crs":{"enum":["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]}}},
              "temporal":{"type":"object","required":["interval"],"properties":{"interval":{"type":"array","minItems":1,"items":{"type":"array","minItems":2,"maxItems":2,"items":{"type":["string","null"],"format":"date-time"}}},
                "trs":{"enum":["http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"]}}}}}
            """),
        // 17-069r4, 7.13.2, /req/core/fc-md-success, with crs and storageCrs of 18-058r1, /req/crs/fc-md-crs-list, /req/crs/fc-md-storageCrs
        ("collection", """
            {"type":"object","required":["id","title","links","extent","itemType","crs","storageCrs"],"properties":{
              "id":{"type":"string","minLength":1},"title":{"type":"string"},"description":{"type":"string"},"attribution":{"type":"string"},"links":{"$ref":"links"},"linkTemplates":{"type":"array","items":{"$ref":"link template"}},"extent":{"$ref":"extent"},
              "itemType":{"const":"feature"},"crs":{"type":"array","minItems":1,"items":{"type":"string","format":"uri-reference"}},"storageCrs":{"type":"string","format":"uri"},"storageCrsCoordinateEpoch":{"type":"number"},
              "numberOfFeatures":{"type":"integer","minimum":0},"disclosure":{"enum":["öffentlich","intern","vertraulich"]},"synthetic":{"type":"boolean"}}}
            """),
        // 17-069r4, 7.13.2; the global list of 18-058r1, /req/crs/fc-md-crs-list-global
        ("collections", """{"type":"object","required":["links","collections","crs"],"properties":{"links":{"$ref":"links"},"crs":{"type":"array","minItems":1,"items":{"type":"string","format":"uri"}},"collections":{"type":"array","items":{"$ref":"collection"}}}}"""),
        // RFC 7946, 3.1: positions of two or three numbers, lines of two and rings of four positions and more
        ("position", """{"type":"array","minItems":2,"maxItems":3,"items":{"type":"number"}}"""),
        ("line", """{"type":"array","minItems":2,"items":{"$ref":"position"}}"""),
        ("rings", """{"type":"array","minItems":1,"items":{"type":"array","minItems":4,"items":{"$ref":"position"}}}"""),
        ("geometry", """
            {"type":"object","required":["type"],"oneOf":[
              {"required":["coordinates"],"properties":{"type":{"const":"Point"},"coordinates":{"$ref":"position"}}},
              {"required":["coordinates"],"properties":{"type":{"const":"MultiPoint"},"coordinates":{"type":"array","items":{"$ref":"position"}}}},
              {"required":["coordinates"],"properties":{"type":{"const":"LineString"},"coordinates":{"$ref":"line"}}},
              {"required":["coordinates"],"properties":{"type":{"const":"MultiLineString"},"coordinates":{"type":"array","items":{"$ref":"line"}}}},
              {"required":["coordinates"],"properties":{"type":{"const":"Polygon"},"coordinates":{"$ref":"rings"}}},
              {"required":["coordinates"],"properties":{"type":{"const":"MultiPolygon"},"coordinates":{"type":"array","items":{"$ref":"rings"}}}},
              {"required":["geometries"],"properties":{"type":{"const":"GeometryCollection"},"geometries":{"type":"array","items":{"$ref":"geometry"}}}}]}
            """),
        // RFC 7946, 3.2: geometry and properties are there, if only as null
        ("feature", """{"type":"object","required":["type","id","geometry","properties"],"properties":{"type":{"const":"Feature"},"id":{"type":"string","minLength":1},"geometry":{"oneOf":[{"type":"null"},{"$ref":"geometry"}]},"properties":{"type":["object","null"]},"links":{"$ref":"links"}}}"""),
        // 17-069r4, 7.16, /req/core/f-links
        ("single feature", """{"allOf":[{"$ref":"feature"}],"required":["links"],"properties":{"links":{"$ref":"links"}}}"""),
        // RFC 7946, 3.3; 17-069r4, 7.15.8, /req/core/fc-links, fc-timeStamp, fc-numberMatched, fc-numberReturned
        ("feature collection", """
            {"type":"object","required":["type","features","links","timeStamp","numberMatched","numberReturned"],"properties":{"type":{"const":"FeatureCollection"},"features":{"type":"array","items":{"$ref":"feature"}},
              "links":{"$ref":"links"},"timeStamp":{"type":"string","format":"date-time"},"numberMatched":{"type":"integer","minimum":0},"numberReturned":{"type":"integer","minimum":0}}}
            """),
        // 19-079r2, 6.2.2, /req/queryables/get-queryables-response
        ("queryables", """
            {"type":"object","required":["$schema","$id","type","properties"],"properties":{"$schema":{"const":"https://json-schema.org/draft/2020-12/schema"},"$id":{"type":"string","format":"uri"},"type":{"const":"object"},
              "title":{"type":"string"},"additionalProperties":{"const":false},
              "properties":{"type":"object","properties":{},"additionalProperties":{"type":"object","required":["title"],"properties":{"title":{"type":"string"},"type":{"enum":["string","number","integer","boolean"]}}}}}}
            """),
        // RFC 9457, 3.1; 17-069r4, 7.5.1
        ("problem", """
            {"type":"object","required":["type","title","status","detail"],"additionalProperties":false,"properties":{"type":{"type":"string","format":"uri-reference"},"title":{"type":"string","minLength":1},
              "status":{"type":"integer","minimum":400,"maximum":599},"detail":{"type":"string","minLength":1},"instance":{"type":"string","format":"uri-reference"},"errors":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}}}}
            """),
        // 17-083r4, tile matrix limits
        ("tile limits", """
            {"type":"object","required":["tileMatrix","minTileRow","maxTileRow","minTileCol","maxTileCol"],"properties":{"tileMatrix":{"type":"string"},
              "minTileRow":{"type":"integer","minimum":0},"maxTileRow":{"type":"integer","minimum":0},"minTileCol":{"type":"integer","minimum":0},"maxTileCol":{"type":"integer","minimum":0}}}
            """),
        ("corner", """{"type":"array","minItems":2,"maxItems":2,"items":{"type":"number"}}"""),
        // 20-057, 9.2 and 17-083r4, tile set metadata
        ("tile set", """
            {"type":"object","required":["dataType","crs","links","tileMatrixSetURI","tileMatrixSetLimits","boundingBox","layers"],"properties":{"title":{"type":"string"},"attribution":{"type":"string"},"dataType":{"const":"vector"},"crs":{"type":"string","format":"uri"},
              "tileMatrixSetURI":{"type":"string","format":"uri"},"links":{"$ref":"links"},"tileMatrixSetLimits":{"type":"array","minItems":1,"items":{"$ref":"tile limits"}},
              "boundingBox":{"type":"object","required":["lowerLeft","upperRight"],"properties":{"lowerLeft":{"$ref":"corner"},"upperRight":{"$ref":"corner"},"crs":{"type":"string","format":"uri"},"orderedAxes":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"string"}}}},
              "layers":{"type":"array","minItems":1,"items":{"type":"object","required":["id","dataType"],"properties":{"id":{"type":"string","minLength":1},"dataType":{"const":"vector"},"minTileMatrix":{"type":"string"},"maxTileMatrix":{"type":"string"}}}}}}
            """),
        // 20-057, 10.2: the list, of the same documents
        ("tile sets", """{"type":"object","required":["tilesets","links"],"properties":{"links":{"$ref":"links"},"tilesets":{"type":"array","minItems":1,"items":{"$ref":"tile set"}}}}"""),
    ];

    public static readonly JsonSchema Ours = new(All.ToDictionary(s => s.Name, s => JsonDocument.Parse(s.Text).RootElement));
}
