namespace Breitband.Import;

/// <summary>The verb <c>import</c>: files in, editions out.</summary>
public static class Importer
{
    /// <summary>
    /// Imports files one after the other. Each dataset is all or nothing; when a later file is refused, the earlier ones stay and the error names them.
    /// </summary>
    /// <exception cref="BreitbandException">A file cannot be used, or the call is wrong.</exception>
    public static ImportReport Run(Store.Store store, IReadOnlyList<string> files, ImportOptions options)
    {
        var mappings = Candidates(Mappings.Load(options.MappingsFolder, options.Mapping), options);
        var known = Mappings.KnownColumns(mappings);
        var (reports, unread) = (new List<FileReport>(), new List<string>());
        foreach (var file in files)
        {
            try
            {
                using var opened = Sources.Open(file, options.Encoding, known);
                foreach (var (source, mapping) in Recognised(file, opened.Sources, mappings, options, unread))
                    reports.Add(new DatasetImport(store, source, mapping, options).Run());
            }
            catch (BreitbandException e) when (reports.Any(r => !r.Unchanged) && !options.DryRun)
            {
                var done = string.Join(", ", reports.Where(r => !r.Unchanged).Select(r => r.File).Distinct());
                throw new BreitbandException(e.Outcome, $"{e.Text.De} Bereits übernommen: {done}.", $"{e.Text.En} Already imported: {done}.", e);
            }
        }
        return new(reports, !options.DryRun && reports.Any(r => !r.Unchanged), unread);
    }

    /// <summary>The mappings <c>--mapping</c> and <c>--as</c> leave in question.</summary>
    static List<Mapping> Candidates(IReadOnlyList<Mapping> mappings, ImportOptions options)
    {
        if (options.As is { } layer && Layer.Imported.All(l => l.Name != layer))
            throw BreitbandException.WrongUse(
                $"Die Ebene „{layer}“ gibt es beim Import nicht. {Suggest.German(layer, Layer.Imported.Select(l => l.Name))}",
                $"There is no layer \"{layer}\" to import into. {Suggest.English(layer, Layer.Imported.Select(l => l.Name))}");
        if (options.Mapping is { } name)
            return [mappings.FirstOrDefault(m => m.Name == name) ?? throw BreitbandException.WrongUse(
                $"Die Zuordnung „{name}“ gibt es nicht. {Suggest.German(name, mappings.Select(m => m.Name))}",
                $"There is no mapping \"{name}\". {Suggest.English(name, mappings.Select(m => m.Name))}")];
        var left = mappings.Where(m => options.As == null || m.Layer == options.As).ToList();
        return left.Count > 0 ? left : throw BreitbandException.WrongUse(
            $"Für die Ebene „{options.As}“ gibt es keine Zuordnung. {Suggest.German(options.As!, mappings.Select(m => m.Layer))}",
            $"There is no mapping for the layer \"{options.As}\". {Suggest.English(options.As!, mappings.Select(m => m.Layer))}");
    }

    static List<(Source, Mapping)> Recognised(string file, IReadOnlyList<Source> sources, List<Mapping> mappings, ImportOptions options, List<string> unread)
    {
        var result = new List<(Source, Mapping)>();
        var forced = options.Mapping != null;
        foreach (var source in sources)
        {
            var fitting = mappings.Where(m => BoundMapping.Missing(m, source).Count == 0 && (forced || options.As != null || NameFits(m, source))).ToList();
            if (fitting.Count > 1 && fitting.Where(m => NameFits(m, source)).ToList() is { Count: 1 } named)
                fitting = named;
            fitting = Narrowest(fitting, source);
            if (fitting.Count > 1)
                throw BreitbandException.Refused(
                    $"{source.File}: Mehrere Zuordnungen passen: {Listed(fitting)}. Bitte eine wählen: --mapping NAME (oder --as EBENE).",
                    $"{source.File}: several mappings fit: {Listed(fitting)}. Please choose one: --mapping NAME (or --as LAYER).");
            if (fitting.Count == 1)
                result.Add((source, fitting[0]));
            else if (sources.Count == 1 && forced)
                result.Add((source, mappings[0])); // its import says which columns are missing
            else
                unread.Add($"{source.File}: {Columns([source])}");
        }
        return result.Count > 0 ? result : throw Unknown(file, sources, mappings);
    }

    /// <summary>A file renamed by its user has the right columns below a name that says nothing: those mappings are named first.</summary>
    static BreitbandException Unknown(string file, IReadOnlyList<Source> sources, List<Mapping> mappings)
    {
        var near = mappings.Where(m => sources.Any(s => BoundMapping.Missing(m, s).Count == 0)).ToList();
        return near.Count > 0
            ? BreitbandException.Refused($"{file}: Der Name sagt nicht, was darin ist; den Spalten nach passen: {Listed(near)}. Bitte wählen: --mapping NAME.",
                $"{file}: its name does not say what it holds; by their columns fit: {Listed(near)}. Please choose: --mapping NAME.")
            : BreitbandException.Refused($"{file}: Keine Zuordnung erkennt diese Datei. Spalten: {Columns(sources)}. Vorhandene Zuordnungen: {Listed(mappings)}. Wählen mit --mapping NAME oder --as EBENE.",
                $"{file}: no mapping recognises this file. Columns: {Columns(sources)}. Mappings there are: {Listed(mappings)}. Choose with --mapping NAME or --as LAYER.");
    }

    /// <summary>A mapping that understands every column the others do, and more, is the one meant: a list of measures names operator and speed as well.</summary>
    static List<Mapping> Narrowest(List<Mapping> fitting, Source source)
    {
        var understood = fitting.Select(m => (Mapping: m, Columns: BoundMapping.Understood(m, source.Columns))).ToList();
        var widest = understood.Where(w => understood.TrueForAll(o => o.Mapping == w.Mapping || w.Columns.IsProperSupersetOf(o.Columns))).ToList();
        return widest.Count == 1 ? [widest[0].Mapping] : fitting;
    }

    static bool NameFits(Mapping mapping, Source source) =>
        mapping.Recognise.Table == null || Mappings.Pattern(mapping.Recognise.Table).IsMatch(source.Table);

    static string Listed(IEnumerable<Mapping> mappings) => string.Join(", ", mappings.Select(m => m.Name));

    static string Columns(IReadOnlyList<Source> sources) =>
        string.Join("; ", sources.Take(10).Select(s => $"{s.Table}: {string.Join(", ", s.Columns.Take(20))}{(s.Columns.Count > 20 ? " …" : "")}"));
}
