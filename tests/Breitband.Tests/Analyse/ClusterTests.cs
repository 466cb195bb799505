using Breitband.Analyse;
using CsCheck;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>Build-out clusters, on the village and on drawn squares.</summary>
public sealed class ClusterTests
{
    static readonly GapResult Result = GapEngine.Run(Village.County, Village.Options());

    [Fact]
    public void Every_gap_area_belongs_to_one_cluster_of_its_municipality()
    {
        Assert.Equal(Result.GapAreas.Sum(g => g.Households), Result.Clusters.Sum(c => c.Households));
        foreach (var municipality in Result.GapAreas.GroupBy(g => g.Ags))
            Assert.Equal(municipality.Sum(g => g.AreaM2), Result.Clusters.Where(c => c.Ags == municipality.Key).Sum(c => c.AreaM2), 1);
        Assert.All(Result.Clusters, c => Assert.True(c.Geometry.IsValid));
    }

    [Fact]
    public void Clusters_are_ranked_by_households_and_say_where_they_lie()
    {
        Assert.Equal(Result.Clusters.OrderByDescending(c => c.Households).Select(c => c.Key), Result.Clusters.Select(c => c.Key));
        var bdorf = Result.Clusters.Single(c => c.Key.StartsWith("cells/B1", StringComparison.Ordinal));
        Assert.Equal((6, 3, 5, true), (Split.Count(bdorf.Households), Split.Count(bdorf.Addresses), Split.Count(bdorf.Businesses), bdorf.Outside));
        Assert.Equal("Bdorf: Bdorf, Ortslage, outside settlements", bdorf.Label.En);
    }

    [Fact]
    public void The_shortest_network_joins_the_houses_and_the_nearest_supply_is_measured_from_the_nearest()
    {
        // B1's three houses at (630, 140), (640, 150), (650, 160) and the business park at (660, 150): two steps of √200 and one more.
        var bdorf = Result.Clusters.Single(c => c.Key.StartsWith("cells/B1", StringComparison.Ordinal));
        Assert.Equal(3 * Math.Sqrt(200), bdorf.Spread, 6);
        // The served cells are A3 (middle 260, 120) and those around P7 and P8; A3's corner (330, 110) is the nearest to h08.
        Assert.Equal(Math.Sqrt(300 * 300 + 30 * 30), bdorf.Nearest!.Value, 6);
    }

    [Fact]
    public void Without_any_supply_there_is_no_distance_to_it()
    {
        var slow = Village.Build(Village.Population, Village.Addresses, [("C1", -250, 450, "langsam")], []);
        Assert.All(GapEngine.Run(slow, Village.Options()).Clusters, c => Assert.Null(c.Nearest));
    }

    [Fact]
    public void Neither_the_order_of_places_nor_a_place_named_twice_changes_the_network() =>
        Gen.Select(Gen.Double[0, 1000], Gen.Double[0, 1000]).Array[1, 40].Sample(places =>
        {
            var length = Spread.Of([.. places.Select(p => (p.Item1, p.Item2))]);
            Assert.Equal(length, Spread.Of([.. places.Reverse().Concat(places).Select(p => (p.Item1, p.Item2))]), 6);
            Assert.True(length >= places.Max(p => Math.Sqrt(Math.Pow(p.Item1 - places[0].Item1, 2) + Math.Pow(p.Item2 - places[0].Item2, 2))) - 1e-9);
        });

    [Fact]
    public void A_towns_network_is_measured_between_squares_of_50_m()
    {
        (double, double)[] town = [.. from x in Enumerable.Range(0, 80) from y in Enumerable.Range(0, 80) select (x * 5.0, y * 5.0)];
        Assert.Equal(63 * 50, Spread.Of(town), 6); // 8 × 8 squares, whose means lie 50 m apart
    }

    [Fact]
    public void Squares_that_share_borders_unite_to_their_outline_and_overlapping_ones_too()
    {
        var factory = new GeometryFactory();
        Geometry Box(double x, double y, double size) => factory.ToGeometry(new Envelope(x, x + size, y, y + size));

        var row = Dissolve.Union([Box(0, 0, 100), Box(100, 0, 100), Box(200, 0.0001, 100)]); // the last is off by a tenth of a millimetre
        Assert.Equal(30000, row.Area, 1);
        Assert.Equal(1, row.NumGeometries);
        Assert.Equal(17500, Dissolve.Union([Box(0, 0, 100), Box(50, 50, 100)]).Area, 6);
    }

    [Fact]
    public void A_stored_answer_gives_back_its_clusters()
    {
        using var folder = new TemporaryFolder();
        using var store = Breitband.Store.Store.Open(folder.File("dorf.gpkg"), Breitband.Store.OpenMode.Create);
        VillageInStore.Write(store, 0);
        var options = Village.Options(rule: Profiles.Load(Installation.Profiles).Default);
        var computed = GapEngine.RunAndSave(store, options);
        var stored = StoredResult.Read(store, options)!;
        Assert.NotEmpty(computed.Clusters);
        Assert.Equal(computed.Clusters.Select(c => (c.Key, c.Label, c.Households, c.Addresses, c.Spread, c.Nearest)), stored.Clusters.Select(c => (c.Key, c.Label, c.Households, c.Addresses, c.Spread, c.Nearest)));
    }
}
