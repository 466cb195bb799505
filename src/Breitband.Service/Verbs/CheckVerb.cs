using System.CommandLine;
using Breitband.Import;
using Breitband.Service.Text;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class CheckVerb(Language language) : Verb(language, "check", new("Speicher, Daten und Einstellungen prüfen", "check store, data and configuration"), new(
    "Prüft die Aufgreifschwellen, die Zuordnungen, den Speicher mit seinen Indexen und ob die Daten für eine Analyse reichen; sagt zu jedem Mangel die Abhilfe.",
    "Checks profiles, mappings, the store with its indexes and whether the data suffice for an analysis; says the remedy of every fault."),
    "breitband check", "breitband check --store kreis.gpkg", "breitband check --data regeln --json")
{
    public override Outcome Run(ParseResult parsed, Session session)
    {
        var profiles = session.Profiles.All.Count;
        var mappings = Mappings.Load(session.MappingsFolder).Count;
        using var store = session.OpenStore(OpenMode.Read);
        IReadOnlyList<Phrase> problems = [.. store.Check(), .. Missing(store)];
        if (session.Json)
            session.Out.WriteLine(Json.Write(new { store = store.Location, county = store.County, profiles, mappings, problems = problems.Select(p => p.In(session.Language)) }));
        else
        {
            session.Out.WriteLine(session.In($"{profiles} Aufgreifschwellen, {mappings} Zuordnungen, Speicher {store.Location} (Kreis {store.County})", $"{profiles} profiles, {mappings} mappings, store {store.Location} (county {store.County})"));
            foreach (var problem in problems)
                session.Out.WriteLine($"– {problem.In(session.Language)}");
            if (problems.Count == 0)
                session.Out.WriteLine(session.In("Alles in Ordnung.", "All is well."));
        }
        return problems.Count == 0 ? Outcome.Done : Outcome.Failed;
    }

    /// <summary>What an analysis needs and the store does not have.</summary>
    static IEnumerable<Phrase> Missing(Breitband.Store.Store store)
    {
        var layers = store.Editions().Where(e => e.Live).Select(e => e.Dataset.Layer).ToHashSet(StringComparer.Ordinal);
        if (!layers.Contains(Layer.Municipalities.Name))
            yield return new("Es fehlen die Gemeinden: breitband import data/vg250/vg250_gemeinden_pm.geojson --edition 2016-01-01",
                "The municipalities are missing: breitband import data/vg250/vg250_gemeinden_pm.geojson --edition 2016-01-01");
        if (!layers.Overlaps(["coverage_cells", "coverage_areas", "coverage_addresses", "coverage_municipalities"]))
            yield return new("Es fehlt jede Angabe zur Versorgung: breitband import data/breitbandatlas/breitbandatlas_pm_2021.csv",
                "There is no coverage at all: breitband import data/breitbandatlas/breitbandatlas_pm_2021.csv");
    }
}
