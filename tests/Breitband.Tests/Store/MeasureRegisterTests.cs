using Breitband.Store;
using CsCheck;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Tests.Store;

public sealed class MeasureRegisterTests : IDisposable
{
    readonly MemoryStore store = new();

    public void Dispose() => store.Dispose();

    MeasureRegister Register => new(store);

    static Dictionary<string, object?> Fields(params string[] assignments) => assignments.Select(MeasureRecord.Parse).ToDictionary(f => f.Field, f => f.Value);

    MeasureEntry Idea() => Register.Add("M1", Fields("title=Glasfaser Görzke", "kind=gefördert", "Stand=Idee"), null, "A");

    static string Refusal(Action change) => Assert.Throws<BreitbandException>(change).Text.De;

    [Theory]
    [InlineData("Stand=Bau", "state", "construction")]
    [InlineData("cost=1.250.000,50", "cost", 1250000.5)]
    [InlineData("COST=1250000.5", "cost", 1250000.5)]
    [InlineData("cost=1.250.000", "cost", 1250000.0)]
    [InlineData("cost=1.000,50 €", "cost", 1000.5)]
    [InlineData("milestone_plan=ja", "milestone_plan", true)]
    [InlineData("technology=Glasfaser", "technology", "ftthb")]
    [InlineData("provider=", "provider", null)]
    [InlineData("title=a=b", "title", "a=b")]
    public void A_field_is_read_as_people_write_it(string typed, string field, object? value) => Assert.Equal((field, value), MeasureRecord.Parse(typed));

    [Theory]
    [InlineData("cost=1.250", "1.250.000,00")]
    [InlineData("cost=1250.500", "1.250.000,00")]
    [InlineData("state=fertig", "construction")]
    [InlineData("sate=idea", "state")]
    [InlineData("commissioning=bald", "TT.MM.JJJJ")]
    [InlineData("key=M2", "Feld „key“")]
    [InlineData("idea", "FELD=WERT")]
    public void What_cannot_be_read_is_answered_with_what_can(string typed, string answer) =>
        Assert.Contains(answer, Assert.Throws<BreitbandException>(() => MeasureRecord.Parse(typed)).Text.De, StringComparison.Ordinal);

    [Fact]
    public void A_measure_goes_forward_and_back_only_as_a_correction()
    {
        Idea();
        Assert.Equal(2, Register.Set("M1", 1, Fields("state=decision_final"), null, "B").Version);
        Assert.Contains("nicht folgen", Refusal(() => Register.Set("M1", null, Fields("state=selection"), null, "B")), StringComparison.Ordinal);
        Assert.Equal("selection", Register.Set("M1", null, Fields("state=selection"), null, "B", correction: true).State.Code);
        Assert.Contains("eigenwirtschaftlich", Refusal(() => Register.Set("M1", null, Fields("kind=eigenwirtschaftlich"), null, "B")), StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_has_not_seen_the_last_change_is_refused()
    {
        Idea();
        Register.Set("M1", 1, Fields("cost=5"), null, "B");
        Assert.Contains("gesehen wurde Version 1, jetzt gilt Version 2. Zuletzt: B", Refusal(() => Register.Set("M1", 1, Fields("cost=6"), null, "A")), StringComparison.Ordinal);
        Assert.Contains("Version 2", Refusal(() => Register.Delete("M1", 1, "A")), StringComparison.Ordinal);
        Register.Delete("M1", 2, "A");
        Assert.Contains("M1", Refusal(() => Register.Get("M1")), StringComparison.Ordinal);
        Assert.Equal(3, Register.History("M1").Count);
    }

    [Theory]
    [InlineData("Es fehlt der Titel", "state=idea")]
    [InlineData("Inbetriebnahme", "title=x", "state=in_service")]
    [InlineData("mehr als die Kosten", "title=x", "state=idea", "cost=100", "share_federal=60", "share_state=30", "share_county=20")]
    [InlineData("Baubeginn", "title=x", "state=idea", "start=2030-01-01", "commissioning=2029-01-01")]
    [InlineData("nicht im Kreis", "title=x", "state=idea", "ags=12063001")]
    public void A_record_that_contradicts_itself_is_refused(string answer, params string[] fields)
    {
        Assert.Contains(answer, Refusal(() => Register.Add("M1", Fields(fields), null, "A")), StringComparison.Ordinal);
        Assert.Empty(store.MeasureVersions());
    }

    [Theory]
    [InlineData("ungültig", "POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))")]
    [InlineData("mischt", "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))")]
    [InlineData("berührt keine Gemeinde", "POLYGON ((500 500, 600 500, 600 600, 500 500))")]
    public void A_drawn_area_that_is_wrong_is_refused(string answer, string wkt)
    {
        RegisterRows.Municipality(store, "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))");
        Assert.Contains(answer, Refusal(() => Register.Add("M1", Fields("title=x", "state=idea"), new WKTReader().Read(wkt), "A")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_lost_of_an_area_by_changing_other_fields()
    {
        Register.Add("M1", Fields("title=x", "state=idea"), new WKTReader().Read("POINT (1 1)"), "A");
        Assert.NotNull(Register.Set("M1", null, Fields("cost=1"), null, "A").Record.Geometry);
        Assert.Null(Register.Set("M1", null, Fields(), Polygon.Empty, "A").Record.Geometry);
    }

    /// <summary>Whatever way a measure takes, nothing leads out of its kind, and what is built is never put off.</summary>
    [Fact]
    public void No_way_leads_out_of_a_kind() => Gen.Select(Gen.OneOf(MeasureKind.Funded, MeasureKind.OwnEconomy, MeasureKind.Strategic), Gen.Int[0, 100].Array[1, 30]).Sample((kind, steps) =>
    {
        var state = MeasureState.Find(MeasureLife.Of(kind)[0]);
        foreach (var step in steps)
        {
            var next = MeasureState.All.Where(s => MeasureLife.WhyNot(state, s, kind) is null).ToList();
            Assert.All(next, s => Assert.Contains(s.Code, MeasureLife.Of(kind)));
            Assert.DoesNotContain(next, s => state.Built && s.Code is ("postponed" or "withdrawn"));
            state = next[step % next.Count];
        }
    }, iter: 300);
}

static class RegisterRows
{
    public static void Municipality(MemoryStore store, string wkt)
    {
        var draft = new Edition
        {
            Dataset = new(Layer.Municipalities.Name, "test"),
            Date = new(2025, 1, 1),
            File = "g.shp",
            Sha256 = "a",
            Options = "",
            Mapping = "test",
            SourceCrs = Crs.Stored,
            Licence = new("©", "x", "y"),
        };
        store.Add(draft, [Layer.Municipalities.Fields[0]], [new Row(new WKTReader().Read(wkt), ["12069017"])]);
    }
}
