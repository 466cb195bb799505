namespace Breitband.Store;

/// <summary>QGIS styles of the layers; a layer without one is drawn as QGIS likes.</summary>
static class QgisStyle
{
    public static string? Qml(Layer layer) => layer == Layer.GapAreas ? Fill("#d95f02", "#8c3c00", 0.5)
        : layer == Layer.Settlements ? Fill("#efe6d5", "#8a7a5c", 1)
        : layer == Layer.Municipalities ? Fill("#ffffff", "#444444", 0.2)
        : null;

    static string Fill(string fill, string line, double opacity) => FormattableString.Invariant($"""
        <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
        <qgis version="3.22" styleCategories="Symbology" layerOpacity="1"><renderer-v2 type="singleSymbol"><symbols><symbol type="fill" name="0" alpha="{opacity}">
        <layer class="SimpleFill" enabled="1"><Option type="Map"><Option type="QString" name="color" value="{Rgb(fill)}"/><Option type="QString" name="outline_color" value="{Rgb(line)}"/>
        <Option type="QString" name="outline_width" value="0.26"/><Option type="QString" name="style" value="solid"/></Option></layer></symbol></symbols></renderer-v2></qgis>
        """);

    static string Rgb(string hex) => string.Join(',', Convert.FromHexString(hex[1..]).Select(b => (int)b)) + ",255";
}
