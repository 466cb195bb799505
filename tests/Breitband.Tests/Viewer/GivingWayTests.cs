using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>Threads that give way do the work, and nothing else.</summary>
public sealed class GivingWayTests
{
    readonly GivingWay beside = new("beside");

    [Fact]
    public async Task Work_runs_on_its_threads_and_what_follows_it_elsewhere()
    {
        var (work, within, after) = await Task.Run(async () =>
        {
            var (name, scheduler) = await beside.Run(() => (Thread.CurrentThread.Name, TaskScheduler.Current));
            return (name, scheduler, Thread.CurrentThread.Name);
        }, TestContext.Current.CancellationToken);
        Assert.Equal("beside", work);
        Assert.Same(TaskScheduler.Default, within); // what the work starts does not wait behind it
        Assert.NotEqual("beside", after);
    }

    [Fact]
    public async Task A_fault_comes_to_who_asked_and_the_next_work_is_done()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => beside.Run<int>(() => throw new InvalidOperationException()));
        Assert.Equal(Environment.ProcessorCount * 4, (await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount * 4).Select(i => beside.Run(() => i)))).Length);
    }
}
