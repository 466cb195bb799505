using Breitband.Tests.Service.Http;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>A planner's desk over a service, with the line between them in the test's hand and time that passes when it says so.</summary>
public abstract class DeskTest(Served served) : IAsyncLifetime
{
    Line? line;

    protected Served Served => served;

    protected ManualTime Time { get; } = new();

    protected Line Line => line!;

    protected DeskModel Desk { get; private set; } = null!;

    protected List<string> Faults { get; } = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        line = await Line.To(served.Root);
        Desk = new DeskModel(Time);
        Desk.Faulted += (text, _) => Faults.Add(text);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Line.Before = null;
        await Desk.DisposeAsync();
        await Line.DisposeAsync();
    }

    protected Task Open(string? key = null) => Desk.Open(Line.Address, key);

    /// <summary>Does something that asks for figures and waits until they have arrived on the desk.</summary>
    protected async Task Answered(Action what)
    {
        what();
        for (var waited = 0; Desk.Asking; waited++)
        {
            Assert.True(waited < 6000, "no figures after a minute");
            await Task.Delay(10, Cancel);
        }
    }

    protected bool HasAsked(string path) => Line.Asked.Any(a => a.Contains(path, StringComparison.Ordinal));
}
