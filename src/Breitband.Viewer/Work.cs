namespace Breitband.Viewer;

/// <summary>What runs in the background: one thing at a time, with a way to stop it.</summary>
public sealed class Work : Observable
{
    CancellationTokenSource? stop;
    string text = "";
    double? share;

    public bool Running => stop is not null;

    public string Text
    {
        get => text;
        private set => Set(ref text, value);
    }

    /// <summary>0 to 1.</summary>
    public double Share => share ?? 0;

    /// <summary>Something runs and nobody knows how long; false at rest, or a hidden bar would be drawn anew for ever.</summary>
    public bool Unknown => Running && share is null;

    public async Task Run(string what, Func<CancellationToken, Task> work)
    {
        Cancel();
        using var mine = new CancellationTokenSource();
        (stop, share, Text) = (mine, null, what);
        Changed("");
        try
        {
            await work(mine.Token);
        }
        finally
        {
            if (stop == mine)
                stop = null;
            Changed("");
        }
    }

    public void Report(string what, double? done)
    {
        (Text, share) = (what, done);
        Changed(nameof(Share));
        Changed(nameof(Unknown));
    }

    public bool Cancel()
    {
        var was = stop is not null;
        stop?.Cancel();
        return was;
    }
}
