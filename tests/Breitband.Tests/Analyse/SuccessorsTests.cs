using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>Older editions under keys that are no more, carried to the municipalities of today.</summary>
public sealed class SuccessorsTests
{
    /// <summary>Real rows of the shipped table: three of the villages that became part of Michendorf.</summary>
    const string Michendorf = "12069397", Langerwisch = "12069332", Wilhelmshorst = "12069672", Stuecken = "12069612";

    static readonly Technology All = Technology.All;

    static int sources;

    /// <summary>One row as a dataset of its own.</summary>
    static void Add(MemoryStore store, Layer layer, (string Field, object? Value)[] values, Geometry? geometry) => store.Add(
        Village.Edition with { Dataset = new(layer.Name, $"test{Interlocked.Increment(ref sources)}"), Evidence = EvidenceKind.Atlas, Sha256 = $"{sources}" },
        [.. values.Select(v => layer.Find(v.Field)!)], [new Row(geometry, [.. values.Select(v => v.Value)])]);

    static County Read(params (string Ags, double At100)[] published)
    {
        var store = new MemoryStore();
        Add(store, Layer.Municipalities, [("key", Michendorf), ("ags", Michendorf), ("name", "Michendorf")], Village.Rectangle(0, 0, 1000, 1000));
        foreach (var (ags, share) in published)
            Add(store, Layer.CoverageMunicipalities, [("key", ags), ("name", ags), (Layer.ShareField(All, 100), share), (Layer.ShareField(All, 30), 95.0)], null);
        return CountyReader.Read(store, null);
    }

    [Fact]
    public void The_shipped_table_leads_every_former_key_of_the_county_to_one_of_today()
    {
        var today = File.ReadLines(Path.Combine(Installation.Data, "gemeinden", "gemeinden_pm.csv")).Skip(1).Select(l => l[..8]).ToHashSet();
        var lines = File.ReadLines(Path.Combine(Installation.Data, "gemeinden", "ags_nachfolger.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(lines.Count, Successors.Default.Count);
        Assert.All(lines, l => Assert.Equal(l[1], Successors.Default.Of(l[0])));
        Assert.All(lines.Where(l => l[1].StartsWith("12069", StringComparison.Ordinal)), l => Assert.Contains(l[1], today));
        Assert.DoesNotContain(lines, l => today.Contains(l[0]));
        Assert.Null(Successors.Default.Of(Michendorf));
    }

    [Fact]
    public void Shares_under_a_former_key_hold_for_todays_municipality_and_it_is_said()
    {
        var county = Read((Langerwisch, 80));
        Assert.Equal([Michendorf], county.MunicipalShares.Keys);
        Assert.Equal(0.8, county.MunicipalShares.Shares[0, All, SpeedClass.IndexOf(100)]);
        Assert.Contains(county.Notes, n => n.De.Contains("früheren Schlüssel", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_joined_municipalities_a_share_holds_where_all_agree_and_is_unknown_where_they_differ()
    {
        var county = Read((Langerwisch, 80), (Wilhelmshorst, 60), (Stuecken, 80));
        Assert.True(double.IsNaN(county.MunicipalShares.Shares[0, All, SpeedClass.IndexOf(100)]));
        Assert.Equal(0.95, county.MunicipalShares.Shares[0, All, SpeedClass.IndexOf(30)]);
        Assert.Contains(county.Notes, n => n.De.Contains("früherer Gemeinden", StringComparison.Ordinal));
    }

    [Fact]
    public void A_publisher_who_has_todays_key_has_carried_his_figures_over_himself()
    {
        var county = Read((Langerwisch, 10), (Michendorf, 80));
        Assert.Equal(0.8, county.MunicipalShares.Shares[county.MunicipalShares.Keys.ToList().IndexOf(Michendorf), All, SpeedClass.IndexOf(100)]);
    }

    [Fact]
    public void Rows_and_households_of_former_municipalities_count_in_the_one_they_lie_in()
    {
        var store = new MemoryStore();
        Add(store, Layer.Municipalities, [("key", Michendorf), ("ags", Michendorf), ("name", "Michendorf")], Village.Rectangle(0, 0, 1000, 1000));
        Add(store, Layer.Municipalities, [("key", Langerwisch), ("ags", Langerwisch), ("name", "Langerwisch"), ("households", 700L)], null);
        Add(store, Layer.Municipalities, [("key", Stuecken), ("ags", Stuecken), ("name", "Stücken"), ("households", 300L)], null);
        // Its own key leads: the point itself lies in no municipality.
        Add(store, Layer.Addresses, [("key", "h1"), ("ags", Langerwisch), ("street", "Weg"), ("number", "1")], Village.At(5000, 5000));
        var result = GapEngine.Run(CountyReader.Read(store, null), Village.Options());
        var row = Assert.Single(result.Rows, r => r.Level == AreaLevel.Municipality);
        Assert.Equal((Michendorf, 1000, 1), (row.Key, Split.Count(row.Households.Total), Split.Count(row.Addresses.Total)));
    }

    [Theory]
    [InlineData("12069004,12069345,2001-12-31,1")]
    [InlineData("12069004,12069004,2001-12-31,1,1")]
    [InlineData("1.2069E+07,12069345,2001-12-31,1,1")]
    [InlineData("12069004,12069345,2001-12-31,1.5,1")]
    public void A_broken_line_is_refused_with_its_number(string line) =>
        Assert.Contains("Zeile 2", Assert.Throws<BreitbandException>(() => Successors.Parse("t.csv", ["kopf", line])).Text.De, StringComparison.Ordinal);

    [Fact]
    public void A_split_municipality_has_no_single_successor_and_it_is_said_that_its_shares_are_lost()
    {
        var table = Successors.Parse("t.csv", ["kopf", "12069004,12069345,2001-12-31,0.7,0.6", "12069004,12069076,2001-12-31,0.3,0.4"]);
        Assert.Null(table.Of("12069004"));

        var notes = new List<Phrase>();
        var shares = new PublishedShares(["12069004"], ["Altdorf"], new ShareTable(1), [null], [1]);
        FormerShares.Carry(shares, [new("12069345", "Neudorf", null, null, null, null, null), new("12069076", "Talheim", null, null, null, null, null)], notes, table);
        Assert.Contains("Altdorf wurde aufgeteilt (Neudorf, Talheim)", Assert.Single(notes).De, StringComparison.Ordinal);
    }
}
