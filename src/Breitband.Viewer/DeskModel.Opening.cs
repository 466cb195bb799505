using Breitband.Viewer.Map;

namespace Breitband.Viewer;

/// <summary>Opening a project and staying in touch with its service.</summary>
public sealed partial class DeskModel
{
    /// <summary>Between two looks whether the service is there, and two tries to open it.</summary>
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(4);

    /// <summary>A change makes many tiles stale at once, and a service that calls all its tiles stale must not be asked without end.</summary>
    static readonly TimeSpan StaleFor = TimeSpan.FromMilliseconds(300);

    Link link;
    string waiting = "";
    ImportModel? import;
    CancellationTokenSource? watching;
    PaintedTiles? tiles, stale;

    /// <summary>Why opening has not come to an end yet; empty while nothing is waited for.</summary>
    public string Waiting
    {
        get => waiting;
        private set => Set(ref waiting, value);
    }

    /// <summary>How the service stands to us; the window stays usable without it and goes on when it is back.</summary>
    public Link Link
    {
        get => link;
        private set
        {
            if (Set(ref link, value))
                Changed(nameof(Connected));
        }
    }

    public bool Connected => Link == Link.There;

    public string LinkText => Project is null ? Tongue.Of("nichts geöffnet", "nothing open") : Link switch
    {
        Link.There => Project.Provisional ? Tongue.Of("verbunden; die Karte mit allem wird noch gebaut", "connected; the map with everything is still being made") : Tongue.Of("verbunden", "connected"),
        Link.Away => Tongue.Of("Der Dienst antwortet nicht; es wird weiter versucht. Was auf der Karte ist, bleibt.", "The service does not answer; trying on. What is on the map stays."),
        _ => Tongue.Of("Der Zugangsschlüssel gilt nicht mehr. Mit einem gültigen neu öffnen (Strg+O).", "The access key is not valid any more. Open again with a valid one (Ctrl+O)."),
    };

    /// <summary>What the map is painted from: the last analysis, or the rule asked for.</summary>
    public PaintedTiles? Tiles
    {
        get => tiles;
        private set => tiles = Followed(value);
    }

    /// <summary>The stage with which a project counts as open.</summary>
    public const string MapWhole = "map whole";

    /// <summary>Ends when the map that was just told of is seen: the tables, which take the window's thread longer, come after it.</summary>
    public Func<Task> MapSeen { get; set; } = () => Task.CompletedTask;

    /// <summary>Opens a file or a service. One that does not answer is tried until it does or the user stops it: it may be about to start.</summary>
    /// <param name="begun">The same, begun already.</param>
    /// <exception cref="BreitbandException">Refused for what is no project.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, or something else is to be opened.</exception>
    public async Task Open(string where, string? key, Opening? begun = null)
    {
        Project? opened = null;
        await Work.Run(Purpose.Opening, Tongue.Of($"{where} wird geöffnet …", $"Opening {where} …"), async item => opened = await Patiently(where, key, begun, item));
        var (old, busy) = (Project, import?.Idle);
        Leave();
        Project = opened;
        Empty();
        Tiles = opened!.Tiles;
        MapChanged?.Invoke();
        watching = new();
        _ = Watch(opened, watching.Token);
        if (old is not null)
            _ = Retire(old, busy);
        await ReadFirst();
        Stages.Reached("results shown");
    }

    /// <summary>The tables of what was just opened. Who stops that is told that they are not there, and how to have them all the same.</summary>
    Task ReadFirst() => Guarded(() => Work.Run(Purpose.Results, Tongue.Of("Ergebnisse werden gelesen …", "Reading results …"), async item =>
    {
        try
        {
            await MapSeen().WaitAsync(item.Cancelled);
            Stages.Reached(MapWhole);
            await Fill(item, keep: false);
        }
        catch (OperationCanceledException) when (!item.Displaced)
        {
            Faulted?.Invoke(Tongue.Of("Das Lesen ist abgebrochen: Zahlen, Maßnahmen und Datenstände fehlen.", "Reading was stopped: figures, measures and editions are missing."), new(Tongue.Of("Jetzt lesen", "Read them now"), () => _ = ReadFirst()));
        }
    }));

    async Task<Project> Patiently(string where, string? key, Opening? begun, WorkItem item)
    {
        void Wait(Phrase what, Phrase how)
        {
            if (item.Cancelled.IsCancellationRequested)
                return;
            Waiting = what.In(Tongue.Current.Language) + "\n" + how.In(Tongue.Current.Language);
            item.Report(what.In(Tongue.Current.Language), null);
        }
        void Making(Phrase what) => AtHome(() => Wait(what, new("Esc hört damit auf.", "Esc stops it.")));
        try
        {
            if (begun is not null)
                return await begun.Finish(Making, item.Cancelled);
            while (true)
                try
                {
                    return await Project.Open(where, key, null, item.Cancelled, Making);
                }
                catch (BreitbandException e) when ((ServiceClient.IsAway(e) && !ServiceClient.IsHopeless(e) || ServiceClient.IsBusy(e)) && !File.Exists(where))
                {
                    Wait(e.Text, new("Es wird weiter versucht; Esc hört damit auf.", "Trying on; Esc stops it."));
                    await Task.Delay(BetweenLooks, time, item.Cancelled);
                }
        }
        finally
        {
            Waiting = "";
        }
    }

    /// <summary>Nothing asked of the project may arrive on the desk of the next one; only imports go on.</summary>
    void Leave()
    {
        watching?.Cancel();
        (watching, import, stale) = (null, null, null);
        Work.Displace(Purpose.Results, Purpose.View, Purpose.OtherSide, Purpose.Place);
    }

    static async Task Retire(Project old, Task? busy)
    {
        await (busy ?? Task.CompletedTask);
        await old.DisposeAsync();
    }

    async Task Watch(Project watched, CancellationToken left)
    {
        Link = Link.There;
        while (!left.IsCancellationRequested)
        {
            var (was, now) = (Link, await Task.Run(() => watched.Service.Alive(left), CancellationToken.None));
            if (left.IsCancellationRequested)
                return;
            Link = now;
            if (was != Link.There && now == Link.There)
                _ = Reload(); // what was asked meanwhile has no answer, and the data may be others
            await Task.Delay(BetweenLooks, time, left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    PaintedTiles? Followed(PaintedTiles? followed)
    {
        if (followed is not null)
        {
            followed.Outdated += () => AtHome(() => _ = Outdated(followed));
            if (followed.IsOutdated)
                AtHome(() => _ = Outdated(followed));
        }
        return followed;
    }

    /// <summary>Tiles that are no more: somebody imported or analysed, or the service has forgotten a view nobody looked at.</summary>
    async Task Outdated(PaintedTiles old)
    {
        if (ReferenceEquals(old, stale) || !ReferenceEquals(old, Tiles) && !ReferenceEquals(old, Other.Tiles))
            return;
        stale = old;
        await Task.Delay(StaleFor, time);
        if (ReferenceEquals(old, Tiles) || ReferenceEquals(old, Other.Tiles))
            await Reload();
    }

    /// <summary>Tiles are asked for by many threads; the desk is touched by its own.</summary>
    void AtHome(Action what)
    {
        if (home is null)
            what();
        else
            home.Post(_ => what(), null);
    }

    /// <summary>Where dropped files go: those under way, or a new lot.</summary>
    public ImportModel Importing()
    {
        var into = Project!;
        return import is { Running: true } ? import : import = new(into.Service, Work, time, numbers => _ = Imported(into, numbers));
    }

    /// <summary>Everything anew, and over it what was set aside.</summary>
    async Task Imported(Project into, IReadOnlyList<int> numbers)
    {
        if (!ReferenceEquals(into, Project))
            return;
        await Reload();
        Tell(numbers.Count > 0 ? Tongue.Of("Importiert.", "Imported.") : Tongue.Of("Zurückgenommen.", "Taken back."));
        await Guarded(async () => Rejected = await into.Rejected(numbers, CancellationToken.None));
        Answered?.Invoke();
    }
}
