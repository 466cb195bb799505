using System.CommandLine;
using Breitband.Import;
using Breitband.Service.Text;
using Breitband.Store;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Service.Verbs;

sealed class MeasuresVerb : Verb
{
    static readonly string[] Actions = ["list", "add", "set", "history", "delete"];

    readonly Argument<string> action;
    readonly Argument<string?> key;
    readonly Argument<string[]> values;
    readonly Option<string?> area, crs, version, by;
    readonly Option<bool> correction;

    public MeasuresVerb(Language language) : base(language, "measures", new("das Register der Maßnahmen führen", "keep the register of measures"), new(
        "list zeigt alle Maßnahmen mit dem, was sie heben und kosten; add legt eine an, set ändert Felder, history zeigt, wer wann was geändert hat, delete nimmt sie heraus\n(die Geschichte bleibt). Felder als FELD=WERT, leerer Wert löscht: title, kind, state, ags, provider, technology, down, up, milestone_plan, consultation,\nhorizon_until, start, commissioning, programme, grant_number, cost, share_federal, share_state, share_county, address_keys, added_keys, removed_keys, reach_m, disclosure.\nDie Fläche kommt aus einer Datei (--area plan.geojson) oder als WKT in EPSG:25833. Wer auf einer älteren Version ändert (--version), wird abgewiesen.",
        "list shows all measures with what they lift and cost; add makes one, set changes fields, history shows who changed what and when, delete takes it out\n(its history stays). Fields as FIELD=VALUE, an empty value clears: title, kind, state, ags, provider, technology, down, up, milestone_plan, consultation,\nhorizon_until, start, commissioning, programme, grant_number, cost, share_federal, share_state, share_county, address_keys, added_keys, removed_keys, reach_m, disclosure.\nThe area comes from a file (--area plan.geojson) or as WKT in EPSG:25833. A change made on an older version (--version) is refused."),
        "breitband measures list", "breitband measures add M-40 title=\"Glasfaser Fläming\" kind=funded state=idea cost=1250000 --area plan.geojson", "breitband measures set M-40 state=application_filed --by \"Frau Muster\"", "breitband measures history M-40")
    {
        action = Add(new Argument<string>("ACTION") { HelpName = string.Join('|', Actions) });
        key = Add(new Argument<string?>("ID") { HelpName = "ID", Arity = ArgumentArity.ZeroOrOne });
        values = Add(new Argument<string[]>("VALUES") { HelpName = In("FELD=WERT...", "FIELD=VALUE..."), Arity = ArgumentArity.ZeroOrMore });
        area = Value("--area", In("DATEI|WKT", "FILE|WKT"), "Fläche, Linie oder Punkte; „none“ nimmt sie weg", "area, line or points; \"none\" takes it away");
        crs = Value("--crs", "EPSG:n", "Koordinatensystem der Datei, wo es nicht zu erkennen ist", "the file's CRS, where it cannot be recognised");
        version = Value("--version", "N", "nur ändern, wenn dies noch die Version ist", "change only while this is the version");
        by = Value("--by", In("NAME", "NAME"), "wer ändert (sonst der angemeldete Benutzer)", "who changes (otherwise the user logged in)");
        correction = Switch("--correction", "ein früherer Stand war falsch eingetragen: auch zurück", "an earlier state was entered wrongly: also back");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var what = parsed.GetValue(action)!;
        if (!Actions.Contains(what))
            throw BreitbandException.WrongUse($"„measures {what}“ gibt es nicht. {Suggest.German(what, Actions)}", $"There is no \"measures {what}\". {Suggest.English(what, Actions)}");
        var id = parsed.GetValue(key);
        if (what != "list" && id is null)
            throw BreitbandException.WrongUse($"Welche Maßnahme? Zum Beispiel: breitband measures {what} M-01", $"Which measure? For example: breitband measures {what} M-01");
        using var store = session.OpenStore(what is "list" or "history" ? OpenMode.Read : OpenMode.Write);
        var register = new MeasureRegister(store);
        session.Out.Write(what switch
        {
            "list" => List(store, register, session),
            "history" => session.Json ? MeasuresText.HistoryJson(register.History(id!)) : MeasuresText.History(register.History(id!), session.Language),
            "delete" => Delete(register, id!, parsed, session),
            _ => Change(store, register, id!, what == "add", parsed, session),
        });
        return Outcome.Done;
    }

    static string List(Breitband.Store.Store store, MeasureRegister register, Session session)
    {
        var result = store.Runs().Count > 0 ? LastRun.Compute(store, session) : null;
        return session.Json ? MeasuresText.Json(register.List(), result, session.Language) : MeasuresText.List(register.List(), result, session.Language);
    }

    string Delete(MeasureRegister register, string id, ParseResult parsed, Session session)
    {
        register.Delete(id, Expected(parsed), Who(parsed));
        return session.In($"{id} ist herausgenommen; die Geschichte bleibt: breitband measures history {id}\n", $"{id} is taken out; its history stays: breitband measures history {id}\n");
    }

    string Change(Breitband.Store.Store store, MeasureRegister register, string id, bool add, ParseResult parsed, Session session)
    {
        var given = (parsed.GetValue(values) ?? []).Select(MeasureRecord.Parse).ToList();
        if (given.GroupBy(g => g.Field).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw BreitbandException.WrongUse($"{twice} steht mehrmals da.", $"{twice} is given more than once.");
        var fields = given.ToDictionary(g => g.Field, g => g.Value);
        var shape = Shape(store, parsed);
        if (!add && fields.Count == 0 && shape is null)
            throw BreitbandException.WrongUse($"Was soll sich ändern? Zum Beispiel: breitband measures set {id} state=construction", $"What is to change? For example: breitband measures set {id} state=construction");
        var entry = add ? register.Add(id, fields, shape, Who(parsed)) : register.Set(id, Expected(parsed), fields, shape, Who(parsed), parsed.GetValue(correction));
        session.Say("Die Zahlen der letzten Analyse rechnen damit neu, sobald sie gefragt werden; für QGIS: breitband analyse", "The last analysis' figures are computed again with it when asked for; for QGIS: breitband analyse");
        return session.Json ? MeasuresText.Json([entry], null, session.Language) : session.In($"{id}: Version {entry.Version}, Stand „{entry.State.Label.De}“\n", $"{id}: version {entry.Version}, state \"{entry.State.Label.En}\"\n");
    }

    Geometry? Shape(Breitband.Store.Store store, ParseResult parsed)
    {
        if (parsed.GetValue(area) is not { } given)
            return null;
        var factory = NetTopologySuite.NtsGeometryServices.Instance.CreateGeometryFactory(Crs.Stored);
        if (given == "none")
            return factory.CreatePolygon();
        if (!given.Contains('(', StringComparison.Ordinal) || File.Exists(given))
            return AreaFile.Read(store, given, Epsg(parsed.GetValue(crs)));
        try
        {
            return new WKTReader(new NetTopologySuite.NtsGeometryServices(factory.CoordinateSequenceFactory, factory.PrecisionModel, Crs.Stored)).Read(given);
        }
        catch (Exception e) when (e is ParseException or ArgumentException)
        {
            throw BreitbandException.WrongUse($"--area: „{given}“ ist weder eine Datei noch WKT: {e.Message}", $"--area: \"{given}\" is neither a file nor WKT: {e.Message}");
        }
    }

    static int? Epsg(string? text) => text is null ? null
        : int.TryParse(text.Replace("EPSG:", "", StringComparison.OrdinalIgnoreCase), out var code) ? Crs.Get(code).Epsg
        : throw BreitbandException.WrongUse($"--crs: „{text}“ ist kein Koordinatensystem (EPSG:25833).", $"--crs: \"{text}\" is no CRS (EPSG:25833).");

    int? Expected(ParseResult parsed) => parsed.GetValue(version) is not { } text ? null
        : int.TryParse(text, out var number) && number >= 0 ? number : throw BreitbandException.WrongUse($"--version: „{text}“ ist keine Versionsnummer.", $"--version: \"{text}\" is no version number.");

    string Who(ParseResult parsed) => parsed.GetValue(by) is { Length: > 0 } name ? name : Environment.UserName;
}
