using System.CommandLine;
using System.Text;

namespace Breitband.Service.Text;

/// <summary>Help that teaches by example.</summary>
static class HelpText
{
    public static string Overview(IReadOnlyList<Verb> verbs, GlobalOptions globals, Language language)
    {
        var text = new StringBuilder();
        text.AppendLine(language == Language.De
            ? "Breitband sagt einem Landkreis, wo schnelles Internet fehlt und wem ein Ausbau hilft.\n\nDer Weg: importieren → analysieren → nachsehen und erklären → ausgeben\n"
            : "Breitband tells a county where broadband is missing and whom it would help to build.\n\nThe way: import → analyse → look and explain → export\n");
        foreach (var verb in verbs)
            text.AppendLine($"  {verb.Command.Name,-10} {verb.Summary.In(language)}");
        text.AppendLine(language == Language.De ? "\nZum Beispiel:" : "\nFor example:");
        foreach (var verb in verbs.Where(v => v.Command.Name is "import" or "analyse" or "stats" or "explain"))
            text.AppendLine($"  {verb.Examples[0]}");
        text.AppendLine(language == Language.De ? "\nBei jedem Befehl möglich:" : "\nWith every verb:");
        Options(text, globals.All);
        text.AppendLine(language == Language.De ? "\nMehr zu einem Befehl: breitband BEFEHL --help" : "\nMore about a verb: breitband VERB --help");
        return text.ToString();
    }

    public static string Of(Verb verb, GlobalOptions globals, Language language)
    {
        var text = new StringBuilder();
        var arguments = string.Concat(verb.Command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.HelpName}]" : $" {a.HelpName}"));
        text.AppendLine($"breitband {verb.Command.Name}{arguments} [{(language == Language.De ? "Optionen" : "options")}]\n");
        text.AppendLine(verb.Details.In(language));
        text.AppendLine(language == Language.De ? "\nBeispiele:" : "\nExamples:");
        foreach (var example in verb.Examples)
            text.AppendLine($"  {example}");
        if (verb.Command.Options.Count > 0)
            text.AppendLine(language == Language.De ? "\nOptionen:" : "\nOptions:");
        Options(text, verb.Command.Options);
        text.AppendLine(language == Language.De ? "\nBei jedem Befehl möglich:" : "\nWith every verb:");
        Options(text, globals.All);
        return text.ToString();
    }

    static void Options(StringBuilder text, IEnumerable<Option> options)
    {
        foreach (var option in options)
            text.AppendLine($"  {$"{option.Name} {option.HelpName}".Trim(),-28} {option.Description}");
    }
}
