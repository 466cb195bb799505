using System.CommandLine;
using System.CommandLine.Parsing;

namespace Breitband.Service;

/// <summary>Says what is wrong with a call, and what was probably meant.</summary>
static class Mistakes
{
    /// <summary>Null when the call is right.</summary>
    public static BreitbandException? Of(ParseResult parsed, IReadOnlyList<Verb> verbs, Verb? named, GlobalOptions globals)
    {
        var help = new Phrase($"Hilfe: breitband {Prefix(named)}--help", $"Help: breitband {Prefix(named)}--help");
        if (UnknownOption(parsed) is { } option)
            return UnknownOption(option, named, globals, help);
        if (named is null && parsed.UnmatchedTokens.Count > 0)
            return UnknownVerb(parsed.UnmatchedTokens[0], verbs);
        if (parsed.UnmatchedTokens.Count > 0)
            return BreitbandException.WrongUse($"„{parsed.UnmatchedTokens[0]}“ ist zu viel. {help.De}", $"\"{parsed.UnmatchedTokens[0]}\" is too much. {help.En}");
        foreach (var fault in parsed.Errors.Select(e => e.SymbolResult))
            if (Fault(fault, help) is { } answer)
                return answer;
        return named is null || parsed.Errors.Count == 0 ? null : BreitbandException.WrongUse($"Der Aufruf ist nicht zu verstehen. {help.De}", $"The call cannot be understood. {help.En}");
    }

    static string Prefix(Verb? named) => named is null ? "" : named.Command.Name + " ";

    static BreitbandException? Fault(SymbolResult? fault, Phrase help) => fault switch
    {
        OptionResult { Tokens.Count: 0 } o => BreitbandException.WrongUse($"{o.Option.Name} braucht einen Wert{Allowed(o.Option)}. {help.De}", $"{o.Option.Name} needs a value{Allowed(o.Option)}. {help.En}"),
        OptionResult { IdentifierTokenCount: > 1 } o => BreitbandException.WrongUse($"{o.Option.Name} steht mehrmals da. {help.De}", $"{o.Option.Name} is given more than once. {help.En}"),
        OptionResult o => BreitbandException.WrongUse($"{o.Option.Name}: „{o.Tokens[^1].Value}“ ist kein gültiger Wert{Allowed(o.Option)}. {help.De}",
            $"{o.Option.Name}: \"{o.Tokens[^1].Value}\" is no valid value{Allowed(o.Option)}. {help.En}"),
        ArgumentResult { Tokens.Count: 0 } a => BreitbandException.WrongUse($"Es fehlt: {a.Argument.HelpName}. {help.De}", $"Missing: {a.Argument.HelpName}. {help.En}"),
        CommandResult c when c.Command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && c.GetResult(a)?.Tokens.Count is null or 0) is { } missing =>
            BreitbandException.WrongUse($"Es fehlt: {missing.HelpName}. {help.De}", $"Missing: {missing.HelpName}. {help.En}"),
        _ => null,
    };

    static string Allowed(Option option) => option.HelpName is null ? "" : $" ({option.HelpName})";

    /// <summary>Something that looks like an option and is none; an argument that takes many values would swallow it. A minus before a digit is a number.</summary>
    static string? UnknownOption(ParseResult parsed) => parsed.UnmatchedTokens.Concat(parsed.CommandResult.Tokens.Select(t => t.Value))
        .FirstOrDefault(t => t.Length > 1 && t[0] == '-' && !char.IsAsciiDigit(t[1]));

    static BreitbandException UnknownOption(string option, Verb? named, GlobalOptions globals, Phrase help)
    {
        var options = globals.All.Concat(named?.Command.Options ?? []).Select(o => o.Name).ToList();
        var (at, atEn) = named is null ? ("", "") : ($" bei „{named.Command.Name}“", $" for \"{named.Command.Name}\"");
        return BreitbandException.WrongUse($"Die Option {option} gibt es{at} nicht. {Suggest.German(option, options)} {help.De}",
            $"There is no option {option}{atEn}. {Suggest.English(option, options)} {help.En}");
    }

    static BreitbandException UnknownVerb(string typed, IReadOnlyList<Verb> verbs)
    {
        var names = verbs.Select(v => v.Command.Name);
        return BreitbandException.WrongUse($"„{typed}“ kennt Breitband nicht. {Suggest.German(typed, names)} Überblick: breitband --help",
            $"Breitband does not know \"{typed}\". {Suggest.English(typed, names)} Overview: breitband --help");
    }
}
