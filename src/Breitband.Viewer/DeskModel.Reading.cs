using System.Collections.ObjectModel;

namespace Breitband.Viewer;

/// <summary>What the service has computed and keeps: figures, measures, areas.</summary>
public sealed partial class DeskModel
{
    static readonly TimeSpan Standing = TimeSpan.FromSeconds(1);

    DateTimeOffset moved;

    /// <summary>Whether there are figures: none are not naught.</summary>
    bool known;

    Rule stored, shown;

    /// <summary>Everything anew, because something was changed here or by somebody else: what the user chose and ticked stays.</summary>
    public Task Reload() => Guarded(() => Work.Run(Purpose.Results, Tongue.Of("Ergebnisse werden gelesen …", "Reading results …"), async item =>
    {
        var open = Project!;
        await open.ReadTiles(item.Cancelled);
        await Fill(item, keep: true);
    }));

    async Task Fill(WorkItem item, bool keep)
    {
        var (open, cancelled) = (Project!, item.Cancelled);
        var told = await open.Answers(cancelled);
        cancelled.ThrowIfCancellationRequested();
        (shapes, reach) = (told.Areas, told.Reach);
        Take(told, keep);
        await Task.Yield(); // filling the tables is a frame's work by itself, and so is telling everything else
        if (!ReferenceEquals(open, Project))
            return;
        Changed("");
        Other.Offer(Profiles, Bases, Editions, Profile, Basis, keep);
        var others = !ReferenceEquals(Tiles, open.Tiles);
        (Tiles, shown) = (open.Tiles, stored);
        Work.Displace(Purpose.View);
        if (Rule != stored)
            Look();
        if (Rule != stored || Measures.Any(m => !m.Chosen))
            Asked(true);
        if (others) // when opened, the map is painted already
            Repainted?.Invoke();
        Answered?.Invoke();
        _ = Guarded(async () =>
        {
            await MapSeen(); // by now the tables are being drawn
            await ReadVillages(open);
        });
        if (!keep)
            Warm = Guarded(() => WarmUp(open));
    }

    /// <summary>Ends when the first question about measures will be answered as fast as every other.</summary>
    public Task Warm { get; private set; } = Task.CompletedTask;

    /// <summary>The map was moved.</summary>
    public void Moved() => moved = time.GetUtcNow();

    /// <summary>
    /// The first question loads the county, which takes every processor for seconds; asked when the map stands, the first tick of a measure is
    /// answered at once and nobody's hand falters. Asked as a tick asks, so that the way of the answers is trodden, too.
    /// </summary>
    async Task WarmUp(Project open)
    {
        Moved();
        while (time.GetUtcNow() - moved is var stood && stood < Standing)
            await Task.Delay(Standing - stood, time);
        if (!ReferenceEquals(open, Project))
            return;
        await WhatIf(open, stored, "none");
        await Gaps(open, stored, "none");
        await Task.Run(() =>
        {
            // What reading a county leaves behind is as much again as the county; given back beside the others, nobody waits for it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
            NativeHeap.GiveBack();
        });
    }

    /// <summary>The stored result: what the map shows.</summary>
    void Take(Told told, bool keep)
    {
        var (was, picked, edited, left) = (Rule, Municipality?.Key, Measure?.Key, Measures.ToDictionary(m => m.Key, m => m.Chosen, StringComparer.Ordinal));
        var chosen = keep && was != stored; // who looked at the last analysis goes on with the newest one
        var (rows, county) = (Municipalities.ToDictionary(m => m.Key, m => m.Figures, StringComparer.Ordinal), (before, after, unproven));
        quiet = true;
        Empty();
        Editions = told.Editions;
        Changed(nameof(Editions));
        stored = told.Stored;
        var now = chosen ? was : stored;
        (Profile, Basis, Edition) = (Profiles.FirstOrDefault(p => p.Code == now.Profile), Bases.FirstOrDefault(b => b.Code == now.Basis), Editions.FirstOrDefault(e => e.Number == now.Edition) ?? Editions[0]);
        foreach (var row in Ordered(told.Municipalities))
        {
            painted[row.Key] = row.Figures;
            Municipalities.Add(row);
        }
        if (now != stored)
            foreach (var row in Municipalities)
                row.Figures = rows.GetValueOrDefault(row.Key, row.Figures); // of the rule the bar names, until they are computed anew
        foreach (var one in told.Measures)
            Measures.Add(new(one, () => Asked(true)));
        Fix();
        usual = Counted; // an analysis may have been made with some of them
        foreach (var one in Measures)
            if (keep && left.TryGetValue(one.Key, out var on))
                one.Put(on);
        (municipality, measure) = (Municipalities.FirstOrDefault(m => m.Key == picked), Measures.FirstOrDefault(m => m.Key == edited));
        (before, based, lifted, unproven) = (told.County, stored, usual.Length == Measures.Count ? stored : null, told.Unproven);
        after = before;
        if (now != stored)
            (before, after, unproven) = county;
        (quiet, known) = (false, true);
    }

    /// <summary>Nothing of one project is seen under the name of another.</summary>
    void Empty()
    {
        (Municipality, Measure) = (null, null);
        Clear(Municipalities);
        Clear(Measures);
        painted.Clear();
        (before, after, settlements, tried, unproven) = (default, default, null, null, 0);
        if (quiet)
            return;
        known = false;
        (Selected, Rejected, explained, answered, addressesClosed) = (null, [], null, null, false);
        (villages, villagesPainted, villagesNow) = (new([]), [], []);
        shapes.Clear();
        reach.Clear();
        Changed("");
    }

    /// <summary>Who hears that a list was emptied lays it out anew, even one that was empty.</summary>
    static void Clear<T>(ObservableCollection<T> list)
    {
        if (list.Count > 0)
            list.Clear();
    }
}
