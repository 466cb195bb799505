using System.CommandLine;
using Breitband.Analyse;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class ProbeVerb(Language language) : Verb(language, "probe", new("mit den veröffentlichten Anteilen vergleichen", "compare with the published shares"), new(
    "Stellt die berechneten Anteile neben die veröffentlichten der Gemeinden und des Kreises. Was abweicht, wird begründet.",
    "Puts the computed shares beside the published ones of municipalities and county. What differs is explained."),
    "breitband probe", "breitband probe --json", "breitband probe --lang en")
{
    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Read);
        var report = Probe.Run(store, LastRun.Compute(store, session));
        session.Out.Write(session.Json ? ResultJson.Probe(report, session.Language) + "\n" : ProbeText.Of(report, store.County, session.Language));
        return Outcome.Done;
    }
}
