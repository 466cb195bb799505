using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Breitband.Store;

/// <summary>QGIS styles (QML) made from the one legend; the store writes them into <c>layer_styles</c>.</summary>
public static class QgisStyle
{
    /// <summary>The QML text of a layer's style; null for a layer without geometry.</summary>
    /// <param name="shape">What the table really holds: a layer of any shape has a table per geometry type.</param>
    public static string? Qml(Layer layer, Shape shape)
    {
        if (shape == Shape.None || layer.Shape == Shape.None)
            return null;
        var legend = Legend.Default;
        XElement[] parts = [Aliases(layer), Renderer(legend, layer, shape), .. Labels(legend, layer), .. Tip(layer)];
        var qml = new XElement("qgis", new XAttribute("version", "3.22"), new XAttribute("styleCategories", "Symbology|Labeling|Fields|Rendering|MapTips"),
            new XAttribute("labelsEnabled", layer.Name is "municipalities" or "result_municipalities" ? "1" : "0"), ZoomAttributes(legend, layer), parts);
        return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + qml;
    }

    /// <summary>What QGIS shows under the pointer: a change across the break of method must not be taken for building.</summary>
    static IEnumerable<XElement> Tip(Layer layer) => layer.Find("method_break") is { } broken ? [new XElement("mapTip", $"[% coalesce(\"{broken.Name}\", '') %]")] : [];

    static XElement Renderer(Legend legend, Layer layer, Shape shape) => layer.Name switch
    {
        "result_municipalities" or "result_settlements" => Classes(legend),
        "gaps" => Graduated(legend, "\"share\""),
        "gap_clusters" => Single(legend.Cluster, shape),
        "changes" => Categorized("change", [.. legend.Changes.Select(c => (c.Key, c.Label.De, c))], shape),
        "coverage_cells" => Graduated(legend, $"100 - \"{legend.CellField}\""),
        "measures" => Categorized("state", [.. legend.Measures.SelectMany(g => g.States.Select(MeasureState.Find).Select(s => (s.Code, s.Label.De, g.Symbol)))], shape),
        "municipalities" => Single(legend.Municipality, shape),
        "settlements" => Single(legend.Settlement, shape),
        "facilities" => Single(legend.Facility, shape),
        "addresses" or "coverage_addresses" or "survey" => Single(legend.Address, shape),
        "network" => Single(legend.Network, shape),
        "background" => Categorized("category", [.. legend.Backgrounds.Select(b => (b.Symbol.Key, b.Symbol.Label.De, b.Symbol)), ("", legend.Background.Label.De, legend.Background)], shape),
        _ => Single(legend.Background, shape),
    };

    /// <summary>The classes of the share, areas without households, and the hatch over what is mostly unclear: an area may match two rules.</summary>
    static XElement Classes(Legend legend)
    {
        const string Open = "(\"households_unclear\" + \"households_unserved\")";
        var last = legend.Shares[^1];
        (string Filter, Symbol Symbol)[] rules =
        [
            .. legend.Shares.Select(c => ($"\"gap_share\" >= {Text(c.From)}{(c == last ? "" : $" AND \"gap_share\" < {Text(c.To)}")}", c.Symbol)),
            ("\"gap_share\" IS NULL", legend.NoHouseholds),
            ($"{Open} > 0 AND 100 * \"households_unclear\" >= {Text(legend.MostlyUnclear.From)} * {Open}", legend.MostlyUnclear.Symbol),
        ];
        return new("renderer-v2", new XAttribute("type", "RuleRenderer"), new XAttribute("symbollevels", "0"),
            new XElement("rules", new XAttribute("key", "classes"), rules.Select((r, i) => new XElement("rule", new XAttribute("key", $"class-{r.Symbol.Key}"),
                new XAttribute("symbol", i), new XAttribute("filter", r.Filter), new XAttribute("label", r.Symbol.Label.De)))),
            new XElement("symbols", rules.Select((r, i) => SymbolOf(r.Symbol, Shape.Polygon, i.ToString(CultureInfo.InvariantCulture)))));
    }

    static XElement Graduated(Legend legend, string attribute) => new("renderer-v2",
        new XAttribute("type", "graduatedSymbol"), new XAttribute("attr", attribute), new XAttribute("graduatedMethod", "GraduatedColor"), new XAttribute("symbollevels", "0"),
        // QGIS takes the first range that holds a value, so ranges that share a bound are listed from the top.
        new XElement("ranges", legend.Shares.Reverse().Select((c, i) => new XElement("range", new XAttribute("lower", Text(c.From)), new XAttribute("upper", Text(c.To)),
            new XAttribute("symbol", i), new XAttribute("label", c.Symbol.Label.De), new XAttribute("render", "true")))),
        new XElement("symbols", legend.Shares.Reverse().Select((c, i) => SymbolOf(c.Symbol, Shape.Polygon, i.ToString(CultureInfo.InvariantCulture)))));

    /// <param name="classes">An empty value is every other one.</param>
    static XElement Categorized(string attribute, IReadOnlyList<(string Value, string Label, Symbol Symbol)> classes, Shape shape) => new("renderer-v2",
        new XAttribute("type", "categorizedSymbol"), new XAttribute("attr", attribute), new XAttribute("symbollevels", "0"),
        new XElement("categories", classes.Select((c, i) => new XElement("category", new XAttribute("value", c.Value), new XAttribute("type", "string"),
            new XAttribute("symbol", i), new XAttribute("label", c.Label), new XAttribute("render", "true")))),
        new XElement("symbols", classes.Select((c, i) => SymbolOf(c.Symbol, shape, i.ToString(CultureInfo.InvariantCulture)))));

    static XElement Single(Symbol symbol, Shape shape) => new("renderer-v2", new XAttribute("type", "singleSymbol"), new XAttribute("symbollevels", "0"),
        new XElement("symbols", SymbolOf(symbol, shape, "0")));

    static XElement SymbolOf(Symbol symbol, Shape shape, string name)
    {
        var (type, layers) = shape switch
        {
            Shape.Point => ("marker", new[] { Marker(symbol) }),
            Shape.Line => ("line", [SimpleLine(symbol.Outline, symbol.Width, symbol.Dash)]),
            _ => ("fill", symbol.Hatch is { } hatch ? [.. symbol.Fill is null ? [] : new[] { SimpleFill(symbol, outline: false) }, Pattern(hatch), SimpleFill(symbol with { Fill = null })] : new[] { SimpleFill(symbol) }),
        };
        return new("symbol", new XAttribute("type", type), new XAttribute("name", name), new XAttribute("alpha", "1"), new XAttribute("clip_to_extent", "1"), layers);
    }

    static XElement SimpleFill(Symbol symbol, bool outline = true) => SymbolLayer("SimpleFill",
        ("color", Rgba(symbol.Fill ?? "#ffffff")), ("style", symbol.Fill is null ? "no" : "solid"), ("outline_color", Rgba(symbol.Outline)),
        ("outline_style", !outline ? "no" : symbol.Dash is null ? "solid" : symbol.Dash[0] < 1 ? "dot" : "dash"),
        ("outline_width", Text(symbol.Width)), ("outline_width_unit", "MM"), ("joinstyle", "round"));

    static XElement SimpleLine(string colour, double width, IReadOnlyList<double>? dash) => SymbolLayer("SimpleLine",
        ("line_color", Rgba(colour)), ("line_width", Text(width)), ("line_width_unit", "MM"), ("line_style", "solid"), ("capstyle", "round"), ("joinstyle", "round"),
        ("use_custom_dash", dash is null ? "0" : "1"), ("customdash", dash is null ? "5;2" : string.Join(';', dash.Select(Text))), ("customdash_unit", "MM"));

    static XElement Pattern(Hatch hatch)
    {
        var layer = SymbolLayer("LinePatternFill", ("angle", Text(hatch.Angle)), ("distance", Text(hatch.Spacing)), ("distance_unit", "MM"),
            ("line_width", Text(hatch.Width)), ("line_width_unit", "MM"), ("color", Rgba(hatch.Colour)));
        layer.Add(new XElement("symbol", new XAttribute("type", "line"), new XAttribute("name", "@hatch@1"), new XAttribute("alpha", "1"), new XAttribute("clip_to_extent", "1"),
            SimpleLine(hatch.Colour, hatch.Width, null)));
        return layer;
    }

    static XElement Marker(Symbol symbol) => SymbolLayer("SimpleMarker", ("name", "circle"), ("color", Rgba(symbol.Fill ?? symbol.Outline)), ("outline_color", Rgba(symbol.Outline)),
        ("outline_style", "solid"), ("outline_width", Text(symbol.Width)), ("outline_width_unit", "MM"), ("size", "1.6"), ("size_unit", "MM"));

    /// <summary>QGIS 3.0 to 3.26 read <c>prop</c> elements, newer ones the option map; both are written.</summary>
    static XElement SymbolLayer(string type, params (string Key, string Value)[] values) => new("layer",
        new XAttribute("class", type), new XAttribute("enabled", "1"), new XAttribute("pass", "0"), new XAttribute("locked", "0"),
        new XElement("Option", new XAttribute("type", "Map"), values.Select(v => new XElement("Option", new XAttribute("type", "QString"), new XAttribute("name", v.Key), new XAttribute("value", v.Value)))),
        values.Select(v => new XElement("prop", new XAttribute("k", v.Key), new XAttribute("v", v.Value))));

    static XElement Aliases(Layer layer) => new("aliases",
        layer.Fields.Select((f, i) => new XElement("alias", new XAttribute("field", f.Name), new XAttribute("name", f.German), new XAttribute("index", i))));

    static IEnumerable<XElement> Labels(Legend legend, Layer layer)
    {
        if (layer.Name != "result_municipalities" && layer.Name != "municipalities")
            yield break;
        yield return new XElement("labeling", new XAttribute("type", "simple"), new XElement("settings",
            new XElement("text-style", new XAttribute("fieldName", "name"), new XAttribute("fontSize", "9"), new XAttribute("fontSizeUnit", "Point"), new XAttribute("textColor", Rgba(legend.Ink)),
                new XElement("text-buffer", new XAttribute("bufferDraw", "1"), new XAttribute("bufferSize", "0.7"), new XAttribute("bufferSizeUnits", "MM"), new XAttribute("bufferColor", Rgba(legend.Page)))),
            new XElement("placement", new XAttribute("placement", "1")), new XElement("rendering", new XAttribute("drawLabels", "1"))));
    }

    /// <summary>Scale limits from the legend's zoom levels: level 0 is 1:559,082,264 at 96 dpi.</summary>
    static XAttribute[] ZoomAttributes(Legend legend, Layer layer)
    {
        if (!legend.Zoom.TryGetValue(layer.Name, out var zoom) || zoom is { First: <= 6, Last: >= 22 })
            return [new("hasScaleBasedVisibilityFlag", "0")];
        var most = zoom.First <= 6 ? 100_000_000 : Math.Round(559082264 / Math.Pow(2, zoom.First - 1));
        var least = zoom.Last >= 22 ? 0 : Math.Round(559082264 / Math.Pow(2, zoom.Last));
        return [new("hasScaleBasedVisibilityFlag", "1"), new("minScale", Text(most)), new("maxScale", Text(least))];
    }

    static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    static string Rgba(string colour)
    {
        var (r, g, b) = Colour.Bytes(colour);
        return new StringBuilder().Append(r).Append(',').Append(g).Append(',').Append(b).Append(",255").ToString();
    }
}
