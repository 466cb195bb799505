namespace Breitband.Viewer;

/// <summary>A project being opened since before there was a window to say so.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The token source holds no timer and no handle.")]
public sealed class Opening
{
    readonly CancellationTokenSource stop = new();
    readonly Task<Project> project;
    Action<Phrase>? waits;

    /// <param name="open">Opens it and tells what is waited for.</param>
    public Opening(Func<Action<Phrase>, CancellationToken, Task<Project>> open) => project = Task.Run(() => open(what => waits?.Invoke(what), stop.Token));

    /// <param name="heard">Told what is waited for, from now on.</param>
    public async Task<Project> Finish(Action<Phrase> heard, CancellationToken cancelled)
    {
        waits = heard;
        await using var stopped = cancelled.Register(stop.Cancel);
        return await project;
    }
}
