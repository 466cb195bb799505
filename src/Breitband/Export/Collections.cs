namespace Breitband.Export;

/// <summary>Finds what a user calls a collection: a layer (all its live datasets), a dataset, or a result layer. Enforces disclosure.</summary>
static class Collections
{
    public static Collection Find(Store.Store store, string name, Disclosure allowed)
    {
        if (Layer.Results.FirstOrDefault(l => l.Name == name) is { } result)
            return Result(store, result, allowed);
        if (name == Layer.Measures.Name)
            return Measures(store, allowed);
        var editions = store.Editions().Where(e => e.Live && (e.Dataset.Layer == name || e.Dataset.ToString() == name)).ToList();
        if (editions.Count == 0)
        {
            var known = store.Editions().Where(e => e.Live).SelectMany(e => new[] { e.Dataset.Layer, e.Dataset.ToString() }).Concat(Layer.Results.Select(l => l.Name)).Distinct().ToList();
            throw BreitbandException.WrongUse($"„{name}“ gibt es nicht im Speicher. {Suggest.German(name, known)}", $"There is no \"{name}\" in the store. {Suggest.English(name, known)}");
        }
        Require(editions, allowed);
        var layer = Layer.Get(editions[0].Dataset.Layer);
        var columns = layer.Fields.Where(f => editions.Any(e => store.Columns(e).Any(c => c.Name == f.Name))).ToList();
        return new(name, layer, columns, editions.SelectMany(e => Rows(store, e, columns)), Licence(editions), []);
    }

    static Collection Result(Store.Store store, Layer layer, Disclosure allowed)
    {
        if (store.Runs().Count == 0)
            throw BreitbandException.Refused("Es gibt noch keine Analyse. Zuerst: breitband analyse", "There is no analysis yet. First: breitband analyse");
        var run = store.Runs()[0];
        // The editions the figures came from, not those live now: what was computed from confidential answers stays so after a rollback.
        var numbers = run.EditionNumbers();
        var editions = store.Editions().Where(e => numbers.Count > 0 ? numbers.Contains(e.Number) : e.Live).ToList();
        if (layer != Layer.ResultMunicipalities)
            Store.ResultDisclosure.Require(store, [.. editions.Select(e => e.Number)], run.Basis(), allowed);
        return new(layer.Name, layer, layer.Fields, store.ReadResult(layer), $"Berechnet mit Breitband, Lauf {run.Id}, aus:\n{Licence(editions)}\nKein Förderanspruch, ersetzt kein Markterkundungsverfahren.", []);
    }

    static Collection Measures(Store.Store store, Disclosure allowed)
    {
        bool MayLeave(Row row) => Store.ResultDisclosure.Of(row) <= allowed;

        var held = store.Measures().Count(r => !MayLeave(r));
        IReadOnlyList<Phrase> notes = held == 0 ? [] : [new(
            $"{held} Maßnahmen fehlen darin, weil sie nicht {allowed.Code()} sind. Wer das darf, gibt --disclosure an.",
            $"{held} measures are left out because they are not {allowed.Code()}. Who may, adds --disclosure.")];
        return new("measures", Layer.Measures, Layer.Measures.Fields, store.Measures().Where(MayLeave), Licence([.. store.LiveEditions(Layer.Measures)]), notes);
    }

    static void Require(IReadOnlyList<Edition> editions, Disclosure allowed)
    {
        var closed = editions.Where(e => e.Disclosure > allowed).ToList();
        if (closed.Count > 0)
            throw BreitbandException.Refused(
                $"Nicht ausgegeben: {string.Join(", ", closed.Select(e => $"{e.Dataset} ist {e.Disclosure.Code()}"))}. Wer das darf, gibt --disclosure {closed.Max(e => e.Disclosure).Code()} an.",
                $"Not exported: {string.Join(", ", closed.Select(e => $"{e.Dataset} is {e.Disclosure.Code()}"))}. Who may, adds --disclosure {closed.Max(e => e.Disclosure).Code()}.");
    }

    static IEnumerable<Row> Rows(Store.Store store, Edition edition, List<Field> columns)
    {
        var own = store.Columns(edition).Select(c => c.Name).ToList();
        var from = columns.Select(c => own.IndexOf(c.Name)).ToArray();
        return store.Read(edition).Select(r => r with { Values = [.. from.Select(i => i < 0 ? null : r.Values[i])] });
    }

    static string Licence(IReadOnlyList<Edition> editions) => string.Join("\n", editions.Select(e =>
        $"{(e.Synthetic ? "DEMONSTRATIONSDATEN. " : "")}{e.Dataset}, Stand {e.Date:dd.MM.yyyy}: {e.Licence.Attribution}; Lizenz {e.Licence.Id} {e.Licence.Url}".TrimEnd()));
}
