using System.Xml.Linq;
using Breitband.Store;

namespace Breitband.Tests.Print;

public class LegendTests
{
    static readonly string Json = File.ReadAllText(Installation.Legend);

    [Fact]
    public void The_shipped_legend_passes_its_own_checks() => Assert.Equal(6, Legend.Default.Shares.Count);

    [Theory]
    [InlineData("\"unter 5 %\"", "\"förderfähig unter 5 %\"", "unter der Aufgreifschwelle")]
    [InlineData("\"from\": 25, \"to\": 50", "\"from\": 26, \"to\": 50", "lückenlos")]
    [InlineData("#fbdf9a", "#fdf8e3", "Graustufen")]
    [InlineData("#fbdf9a", "#fbdf9", "keine Farbe")]
    [InlineData("#6a3d7c", "#eeeeee", "Kontrast")]
    [InlineData("\"idea\", ", "", "idea")]
    [InlineData("\"gaps\": [12, 22]", "\"gapz\": [12, 22]", "gapz")]
    [InlineData("\"page\"", "\"paper\"", "nicht lesbar")]
    public void A_legend_that_would_mislead_is_refused_with_the_reason(string right, string wrong, string reason)
    {
        Assert.Contains(right, Json, StringComparison.Ordinal);
        var refusal = Assert.Throws<BreitbandException>(() => Legend.Parse("legend.json", Json.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(Outcome.InputRefused, refusal.Outcome);
        Assert.Contains(reason, refusal.Text.De, StringComparison.Ordinal);
    }

    [Fact]
    public void All_classes_stay_apart_in_greyscale() => Assert.Empty(LegendChecks.Confusable(Legend.Default));

    [Theory]
    [InlineData(0, "share_0")]
    [InlineData(4.99, "share_0")]
    [InlineData(5, "share_5")]
    [InlineData(94.99, "share_75")]
    [InlineData(100, "share_95")]
    public void A_share_falls_into_the_class_that_begins_at_or_below_it(double percent, string key) => Assert.Equal(key, Legend.Default.Share(percent).Key);

    [Fact]
    public void A_place_without_households_has_a_look_of_its_own() => Assert.Equal("no_households", Legend.Default.Share(null).Key);

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    public void Contrast_is_that_of_WCAG(string a, string b, double contrast) => Assert.Equal(contrast, Colour.Contrast(a, b), 2);

    [Fact]
    public void Every_layer_with_geometry_has_a_QGIS_style_in_the_legends_colours()
    {
        foreach (var layer in Layer.Imported.Concat(Layer.Results).Where(l => l.Shape != Shape.None))
        {
            var root = XDocument.Parse(QgisStyle.Qml(layer, layer.Shape == Shape.Any ? Shape.Point : layer.Shape)!).Root!;
            Assert.NotNull(root.Element("renderer-v2"));
            Assert.Equal(layer.Fields.Count, root.Element("aliases")!.Elements().Count());
        }
        Assert.Contains("178,81,28,255", QgisStyle.Qml(Layer.GapAreas, Shape.Polygon), StringComparison.Ordinal);
        Assert.Null(QgisStyle.Qml(Layer.CoverageMunicipalities, Shape.None));
    }

    [Fact]
    public void QGIS_shows_areas_without_households_and_hatches_what_is_mostly_unclear_as_the_other_maps_do()
    {
        var rules = XDocument.Parse(QgisStyle.Qml(Layer.ResultMunicipalities, Shape.Polygon)!).Root!.Element("renderer-v2")!.Element("rules")!.Elements("rule").ToDictionary(r => (string)r.Attribute("key")!, r => (string)r.Attribute("filter")!);
        Assert.Equal(Legend.Default.Shares.Count + 2, rules.Count);
        Assert.Equal("\"gap_share\" IS NULL", rules["class-no_households"]);
        Assert.Equal("\"gap_share\" >= 5 AND \"gap_share\" < 25", rules["class-share_5"]);
        Assert.Contains("100 * \"households_unclear\" >= 50 * ", rules["class-mostly_unclear"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 4, true)]
    [InlineData(499, 501, false)]
    [InlineData(0, 0, false)]
    public void An_area_is_mostly_unclear_from_half_of_its_open_households_on(long unclear, long unserved, bool hatched) =>
        Assert.Equal(hatched, Legend.Default.IsMostlyUnclear(new(7, unclear * Split.One, 0, unserved * Split.One)));
}
