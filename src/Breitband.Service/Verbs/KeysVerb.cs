using System.CommandLine;
using Breitband.Service.Http;

namespace Breitband.Service.Verbs;

sealed class KeysVerb : Verb
{
    readonly Argument<string> name;
    readonly Option<string?> role, disclosure;

    public KeysVerb(Language language) : base(language, "keys", new("einen Schlüssel für den Dienst anlegen", "make a key for the service"), new(
        "Macht einen neuen Schlüssel und den Eintrag für „keys“ in der Einstellungsdatei von serve, in dem nur sein Hash steht.\nDer Schlüssel selbst ist nur hier zu sehen. Rollen: reader liest auch Internes, editor ändert, admin sieht auch Vertrauliches und das Protokoll.",
        "Makes a new key and the entry for \"keys\" in the settings file of serve, which holds its hash only.\nThe key itself is shown here and nowhere else. Roles: reader also reads what is internal, editor changes, admin also sees what is confidential and the audit."),
        "breitband keys \"Frau Muster\" --role editor", "breitband keys geoportal --role reader --disclosure öffentlich", "breitband keys leitung --role admin --json")
    {
        name = Add(new Argument<string>("NAME") { HelpName = "NAME" });
        role = Value("--role", "reader|editor|admin", "Rolle (sonst reader)", "role (otherwise reader)");
        disclosure = Value("--disclosure", "öffentlich|intern|vertraulich", "bis zu welcher Vertraulichkeit (sonst intern, admin vertraulich)", "up to which disclosure class (otherwise intern, admin vertraulich)");
    }

    public override Outcome Run(ParseResult parsed, Session session)
    {
        var (key, hash) = ApiKey.Make();
        var entry = new ApiKey(parsed.GetValue(name)!, parsed.GetValue(role) ?? "reader", hash, parsed.GetValue(disclosure));
        if (entry.Fault() is { } fault)
            throw BreitbandException.WrongUse($"So geht das nicht: {fault}", $"That does not work: {fault}");
        if (session.Json)
            session.Out.WriteLine(Text.Json.Write(new { Key = key, Entry = Fields(entry) }));
        else
        {
            session.Out.WriteLine(session.In($"Schlüssel für {entry.Name}, nur jetzt zu sehen: {key}", $"Key for {entry.Name}, to be seen only now: {key}"));
            session.Out.WriteLine(session.In("In der Einstellungsdatei unter \"keys\" eintragen:", "Enter in the settings file below \"keys\":"));
            session.Out.WriteLine(Text.Json.Write(Fields(entry)));
        }
        return Outcome.Done;
    }

    static Dictionary<string, string> Fields(ApiKey entry)
    {
        var fields = new Dictionary<string, string> { ["name"] = entry.Name, ["role"] = entry.Role, ["sha256"] = entry.Sha256 };
        if (entry.Disclosure is { } disclosure)
            fields["disclosure"] = disclosure;
        return fields;
    }
}
