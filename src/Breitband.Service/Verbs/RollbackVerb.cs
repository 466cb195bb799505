using System.CommandLine;
using System.Globalization;
using Breitband.Store;

namespace Breitband.Service.Verbs;

sealed class RollbackVerb : Verb
{
    readonly Argument<string> dataset;
    readonly Argument<string?> edition;

    public RollbackVerb(Language language) : base(language, "rollback", new("zu einem früheren Datenstand zurück", "back to an earlier edition"), new(
        "Macht einen früheren Datenstand eines Datensatzes wieder gültig: den vorigen, oder den mit der genannten Nummer oder dem genannten Tag.\nNichts wird gelöscht; mit der Nummer des neueren geht es wieder vor.",
        "Makes an earlier edition of a dataset live again: the one before, or that of the number or date given.\nNothing is deleted; with the newer one's number you go forth again."),
        "breitband rollback coverage_cells:breitbandatlas", "breitband rollback coverage_cells:breitbandatlas 2021-06-30", "breitband rollback settlements:siedlungen 7")
    {
        dataset = Add(new Argument<string>("DATASET") { HelpName = In("EBENE:QUELLE", "LAYER:SOURCE") });
        edition = Add(new Argument<string?>("EDITION") { HelpName = In("NUMMER|TAG", "NUMBER|DATE"), Arity = ArgumentArity.ZeroOrOne });
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        using var store = session.OpenStore(OpenMode.Write);
        var name = parsed.GetValue(dataset)!;
        var editions = store.Editions().Where(e => e.Dataset.ToString() == name).ToList();
        if (editions.Count == 0)
        {
            var known = store.Editions().Select(e => e.Dataset.ToString()).Distinct().ToList();
            throw BreitbandException.WrongUse($"Den Datensatz „{name}“ gibt es nicht. {Suggest.German(name, known)}", $"There is no dataset \"{name}\". {Suggest.English(name, known)}");
        }
        var live = store.Rollback(editions[0].Dataset, Choose(editions, parsed.GetValue(edition)));
        var text = session.In($"{live.Dataset}: Es gilt wieder Datenstand Nr. {live.Number} vom {Formats.Date(live.Date, Language.De)}.",
            $"{live.Dataset}: edition no. {live.Number} of {Formats.Date(live.Date, Language.En)} is live again.");
        session.Out.WriteLine(session.Json ? Text.Json.Write(new { Dataset = live.Dataset.ToString(), live.Number, live.Date }) : text);
        session.Say("Danach neu rechnen: breitband analyse", "Then compute again: breitband analyse");
        return Outcome.Done;
    }

    static int Choose(List<Edition> editions, string? wanted)
    {
        if (wanted is null)
        {
            var live = editions.FindIndex(e => e.Live);
            return live > 0 ? editions[live - 1].Number : throw BreitbandException.WrongUse(
                $"{editions[0].Dataset} hat keinen früheren Datenstand.", $"{editions[0].Dataset} has no earlier edition.");
        }
        var found = editions.LastOrDefault(e => e.Number.ToString(CultureInfo.InvariantCulture) == wanted || Formats.Date(e.Date, Language.En) == wanted || Formats.Date(e.Date, Language.De) == wanted);
        return found?.Number ?? throw BreitbandException.WrongUse(
            $"{editions[0].Dataset} hat keinen Datenstand „{wanted}“. Vorhanden: {string.Join(", ", editions.Select(e => $"Nr. {e.Number} ({Formats.Date(e.Date, Language.De)})"))}",
            $"{editions[0].Dataset} has no edition \"{wanted}\". There are: {string.Join(", ", editions.Select(e => $"no. {e.Number} ({Formats.Date(e.Date, Language.En)})"))}");
    }
}
