namespace Breitband.Viewer;

/// <summary>A project being opened since before there was a window to say so.</summary>
/// <param name="open">Opens it; tells what is waited for.</param>
public sealed class Opening
{
    readonly CancellationTokenSource stop = new();
    readonly Task<Project> project;
    Action<Phrase>? waits;

    public Opening(Func<Action<Phrase>, CancellationToken, Task<Project>> open) => project = Task.Run(() => open(what => waits?.Invoke(what), stop.Token));

    /// <param name="heard">Told what is waited for, from now on.</param>
    public async Task<Project> Finish(Action<Phrase> heard, CancellationToken cancelled)
    {
        waits = heard;
        await using var stopped = cancelled.Register(stop.Cancel);
        return await project;
    }
}
