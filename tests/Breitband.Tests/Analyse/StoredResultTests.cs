using System.Text.Json;
using Breitband.Analyse;
using Breitband.Store;

namespace Breitband.Tests.Analyse;

/// <summary>What the store keeps of a run is the run, until something changes.</summary>
public sealed class StoredResultTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Breitband.Store.Store store;

    public StoredResultTests()
    {
        store = Breitband.Store.Store.Open(folder.File("dorf.gpkg"), OpenMode.Create);
        VillageInStore.Write(store);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_stored_answer_is_the_computed_one_to_the_last_unit()
    {
        var computed = GapEngine.RunAndSave(store, Village.Options());
        var stored = StoredResult.Read(store, Village.Options())!;

        string Text(GapResult r) => JsonSerializer.Serialize(new { r.Run, r.County, r.AsOf, r.Basis, r.Editions, Rows = r.Rows.Select(x => x with { Geometry = null }), r.Measures, r.Notes });
        Assert.Equal(Text(computed), Text(stored));
        Assert.All(computed.Rows.Zip(stored.Rows), r => Assert.True(r.First.Geometry is null == r.Second.Geometry is null && (r.First.Geometry?.EqualsTopologically(r.Second.Geometry) ?? true)));
        Assert.NotEmpty(computed.GapAreas);
        Assert.Equal(computed.GapAreas.Select(g => g with { Geometry = null!, Share = 0 }), stored.GapAreas.Select(g => g with { Geometry = null!, Share = 0 }));
        Assert.All(computed.GapAreas.Zip(stored.GapAreas), g => Assert.True(g.First.Geometry.EqualsTopologically(g.Second.Geometry) && Math.Abs(g.First.Share - g.Second.Share) < 1e-12));
    }

    [Fact]
    public void Nothing_is_stored_for_other_options()
    {
        GapEngine.RunAndSave(store, Village.Options());
        Assert.Null(StoredResult.Read(store, Village.Options() with { Measures = MeasureChoice.None }));
        Assert.Null(StoredResult.Read(store, Village.Options() with { AsOf = Village.Options().AsOf.AddDays(1) }));
    }

    [Fact]
    public void A_new_edition_makes_the_stored_answer_old()
    {
        GapEngine.RunAndSave(store, Village.Options());
        using (var writer = store.Begin(Village.Edition with { Dataset = new("facilities", "neu"), Sha256 = "neu" }, Layer.Facilities.Fields))
            writer.Commit("{}");
        Assert.Null(StoredResult.Read(store, Village.Options()));
    }

    [Fact]
    public void Background_roads_leave_it_as_it_is()
    {
        GapEngine.RunAndSave(store, Village.Options());
        using (var writer = store.Begin(Village.Edition with { Dataset = new("background", "strassen"), Sha256 = "strassen" }, Layer.Background.Fields))
            writer.Commit("{}");
        Assert.NotNull(StoredResult.Read(store, Village.Options()));
    }
}
