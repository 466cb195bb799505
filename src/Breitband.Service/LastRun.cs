using Breitband.Analyse;

namespace Breitband.Service;

/// <summary>The newest recorded analysis on the live editions with the same parameters: as stored, or computed again when something changed since.</summary>
static class LastRun
{
    public static GapResult Compute(Breitband.Store.Store store, Session session) => Answer(store, Options(store, session));

    public static GapResult Compute(Breitband.Store.Store store, Profiles profiles) => Answer(store, Options(store, profiles));

    public static AnalysisOptions Options(Breitband.Store.Store store, Session session)
    {
        var options = GapEngine.Recorded(store, session.Profiles, null);
        if (!store.Editions().Where(e => e.Live).Select(e => e.Number).Order().SequenceEqual(options.Editions!.Order()))
            session.Say("Seit der letzten Analyse wurde importiert; gerechnet ist mit den neuen Datenständen.", "There were imports since the last analysis; computed with the new editions.");
        return options with { Editions = null };
    }

    public static AnalysisOptions Options(Breitband.Store.Store store, Profiles profiles) => GapEngine.Recorded(store, profiles, null) with { Editions = null };

    static GapResult Answer(Breitband.Store.Store store, AnalysisOptions options) => StoredResult.Read(store, options) ?? GapEngine.Run(store, options);
}
