using Breitband.Analyse;
using Breitband.Tests.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>A municipality of 1 km by 1 km with a settlement of 200 m by 200 m in its corner; cells of 100 m.</summary>
public sealed class MobileCoverageTests : IDisposable
{
    const double X = 340_000, Y = 5_780_000;

    readonly MemoryStore store = new();

    public void Dispose() => store.Dispose();

    static Geometry Square(double x, double y, double size) => StoreContract.Shape(FormattableString.Invariant($"POLYGON (({X + x} {Y + y}, {X + x + size} {Y + y}, {X + x + size} {Y + y + size}, {X + x} {Y + y + size}, {X + x} {Y + y}))"));

    static AreaResult Row(AreaLevel level, string key, Geometry? ground = null) =>
        new(level, key, key, "12069017", Split.Zero, Split.Zero, Split.Zero, default, new Dictionary<string, double>(), ground);

    static readonly AreaResult[] Rows =
    [
        Row(AreaLevel.County, "12069"), Row(AreaLevel.Amt, "5401"), Row(AreaLevel.Municipality, "12069017", Square(0, 0, 1000)),
        Row(AreaLevel.Settlement, "S1", Square(0, 0, 200)), Row(AreaLevel.Outside, "12069017"), Row(AreaLevel.Unlocated, "12069017"),
    ];

    MobileCoverage? Of(params (double X, double Y, long FourG, long? FiveG)[] cells)
    {
        StoreContract.Import(store, StoreContract.Draft(Layer.MobileCells), Layer.MobileCells.Fields, [.. cells.Select((c, i) => new Row(Square(c.X, c.Y, 100), [$"{i}", null, null, c.FourG, c.FiveG]))]);
        return MobileCoverage.Of(store, Rows, _ => "5401");
    }

    [Fact]
    public void Covered_cells_are_a_share_of_the_ground_of_every_level()
    {
        // 4G: two of the settlement's four cells and eight outside it; 5G: one of the settlement's. One cell lies beyond the border.
        var coverage = Of([(0, 0, 3, 1), (100, 0, 1, 0), (0, 100, 0, null), .. Enumerable.Range(0, 8).Select(i => (500.0, i * 100.0, 2L, (long?)0)), (1000, 0, 4, 4)])!;
        (double, double) Said(int row) => coverage.Of(Rows[row]) is var (four, five) ? (Math.Round(four, 4), Math.Round(five, 4)) : default;

        Assert.Equal((10, 1), Said(0));
        Assert.Equal((10, 1), Said(1));
        Assert.Equal((10, 1), Said(2));
        Assert.Equal((50, 25), Said(3));
        Assert.Equal((Math.Round(100 * 8 / 96.0, 4), 0), Said(4));
        Assert.Null(coverage.Of(Rows[5]));
        Assert.Equal(new DateOnly(2025, 6, 30), coverage.Date);
    }

    [Fact]
    public void A_store_without_mobile_coverage_says_nothing() => Assert.Null(MobileCoverage.Of(store, Rows, _ => null));
}
