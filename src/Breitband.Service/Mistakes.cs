using System.CommandLine;

namespace Breitband.Service;

/// <summary>Says what is wrong with a call, and what was probably meant.</summary>
static class Mistakes
{
    public static BreitbandException Of(ParseResult parsed, IReadOnlyList<Verb> verbs, Verb? named, GlobalOptions globals)
    {
        if (named is null)
            return UnknownVerb(parsed, verbs);
        var options = named.Command.Options.Concat(globals.All).Select(o => o.Name).ToList();
        var help = new Phrase($"Hilfe: breitband {named.Command.Name} --help", $"Help: breitband {named.Command.Name} --help");
        if (UnknownOption(parsed) is { } option)
            return BreitbandException.WrongUse($"Die Option {option} gibt es bei „{named.Command.Name}“ nicht. {Suggest.German(option, options)} {help.De}",
                $"There is no option {option} for \"{named.Command.Name}\". {Suggest.English(option, options)} {help.En}");
        if (parsed.UnmatchedTokens.Count > 0)
            return BreitbandException.WrongUse($"„{parsed.UnmatchedTokens[0]}“ ist zu viel. {help.De}", $"\"{parsed.UnmatchedTokens[0]}\" is too much. {help.En}");
        if (parsed.CommandResult.Command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a)?.Tokens.Count is null or 0) is { } missing)
            return BreitbandException.WrongUse($"Es fehlt: {missing.HelpName ?? missing.Name}. {help.De}", $"Missing: {missing.HelpName ?? missing.Name}. {help.En}");
        var token = parsed.Errors.Select(e => e.SymbolResult?.Tokens is { Count: > 0 } tokens ? tokens[^1].Value : null).FirstOrDefault(t => t is not null);
        return token is null
            ? BreitbandException.WrongUse($"Der Aufruf ist unvollständig: Eine Option braucht einen Wert. {help.De}", $"The call is incomplete: an option needs a value. {help.En}")
            : BreitbandException.WrongUse($"„{token}“ ist hier kein gültiger Wert. {help.De}", $"\"{token}\" is no valid value here. {help.En}");
    }

    /// <summary>Something that looks like an option and is none; an argument that takes many values would swallow it.</summary>
    public static string? UnknownOption(ParseResult parsed) => parsed.UnmatchedTokens.Concat(parsed.CommandResult.Tokens.Select(t => t.Value)).FirstOrDefault(t => t.StartsWith("--", StringComparison.Ordinal));

    static BreitbandException UnknownVerb(ParseResult parsed, IReadOnlyList<Verb> verbs)
    {
        var typed = parsed.Tokens.FirstOrDefault(t => !t.Value.StartsWith('-'))?.Value ?? "";
        var names = verbs.Select(v => v.Command.Name);
        return BreitbandException.WrongUse($"„{typed}“ kennt Breitband nicht. {Suggest.German(typed, names)} Überblick: breitband --help",
            $"Breitband does not know \"{typed}\". {Suggest.English(typed, names)} Overview: breitband --help");
    }
}
