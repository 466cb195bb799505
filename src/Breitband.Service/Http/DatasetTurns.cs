namespace Breitband.Service.Http;

/// <summary>Lets the imports of one dataset in one after the other, in the order they came; they would overtake each other.</summary>
sealed class DatasetTurns
{
    readonly Lock gate = new();
    readonly Dictionary<Dataset, Turn> last = [];

    /// <param name="holder">What others who wait for it are told.</param>
    public Turn Enter(Dataset dataset, Phrase holder)
    {
        lock (gate)
        {
            var before = last.GetValueOrDefault(dataset);
            return last[dataset] = new(before, holder, turn =>
            {
                lock (gate)
                    if (last.GetValueOrDefault(dataset) == turn)
                        last.Remove(dataset);
            });
        }
    }

    public sealed class Turn : IDisposable
    {
        readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly Action<Turn> leave;
        readonly Task over;

        public Turn(Turn? before, Phrase holder, Action<Turn> leave)
        {
            (Before, Ahead, Holder, this.leave) = (before?.over ?? Task.CompletedTask, before?.Holder, holder, leave);
            // One that gives up while it waits does not let the next past those before it.
            over = Task.WhenAll(Before, left.Task);
        }

        /// <summary>Ends when it is this one's turn.</summary>
        public Task Before { get; }

        public Phrase? Ahead { get; }

        Phrase Holder { get; }

        public void Dispose()
        {
            if (left.TrySetResult() && Before.IsCompleted)
                leave(this);
        }
    }
}
