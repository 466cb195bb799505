using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Work in the background: the newer takes the place of the older for the same purpose, and of nothing else.</summary>
public sealed class WorkTests
{
    readonly Work work = new();

    /// <summary>Work that runs until it is stopped, or told to end.</summary>
    (Task Run, TaskCompletionSource End, WorkItem Item) Begin(Purpose purpose, string what = "läuft")
    {
        var (end, item) = (new TaskCompletionSource(), (WorkItem?)null);
        var run = work.Run(purpose, what, i =>
        {
            item = i;
            return end.Task.WaitAsync(i.Cancelled);
        });
        return (run, end, item!);
    }

    [Fact]
    public async Task A_newer_question_of_the_same_kind_displaces_the_older()
    {
        var (older, newer) = (Begin(Purpose.Place), Begin(Purpose.Place));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => older.Run);
        Assert.True(older.Item.Displaced);
        Assert.False(newer.Run.IsCompleted);
        newer.End.SetResult();
        await newer.Run;
        Assert.False(work.Running);
    }

    [Fact]
    public async Task A_click_leaves_the_map_the_results_and_an_import_alone()
    {
        var others = new[] { Purpose.Import, Purpose.Results, Purpose.View, Purpose.OtherSide }.Select(p => Begin(p)).ToList();
        var click = Begin(Purpose.Place);
        Assert.All(others, o => Assert.False(o.Item.Cancelled.IsCancellationRequested));
        foreach (var one in others.Append(click))
        {
            one.End.SetResult();
            await one.Run;
        }
    }

    [Fact]
    public async Task A_second_import_runs_beside_the_first()
    {
        var (first, second) = (Begin(Purpose.Import), Begin(Purpose.Import));
        Assert.False(first.Item.Cancelled.IsCancellationRequested);
        first.End.SetResult();
        second.End.SetResult();
        await Task.WhenAll(first.Run, second.Run);
    }

    [Fact]
    public async Task What_is_shown_and_stopped_is_the_newest_and_then_the_one_before()
    {
        var (import, view) = (Begin(Purpose.Import, "Import"), Begin(Purpose.View, "Karte"));
        Assert.Equal("Karte", work.Text);
        Assert.True(work.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => view.Run);
        Assert.False(view.Item.Displaced); // the user's own will
        Assert.Equal("Import", work.Text);
        Assert.False(import.Item.Cancelled.IsCancellationRequested);
        import.End.SetResult();
        await import.Run;
        Assert.False(work.Cancel());
    }

    [Fact]
    public async Task A_bar_moves_without_an_end_only_while_something_runs_of_unknown_length()
    {
        Assert.False(work.Unknown);
        var one = Begin(Purpose.Results);
        Assert.True(work.Unknown);
        one.Item.Report("halb", 0.5);
        Assert.Equal(("halb", 0.5, false), (work.Text, work.Share, work.Unknown));
        one.End.SetResult();
        await one.Run;
        Assert.Equal(("", 0d, false), (work.Text, work.Share, work.Unknown));
    }

    [Fact]
    public async Task A_fault_frees_its_place()
    {
        await Assert.ThrowsAsync<BreitbandException>(() => work.Run(Purpose.View, "geht schief", _ => throw BreitbandException.Refused("schief", "wrong")));
        Assert.False(work.Running);
    }
}
