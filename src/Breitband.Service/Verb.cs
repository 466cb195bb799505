using System.CommandLine;

namespace Breitband.Service;

/// <summary>One verb of the command line: its syntax, its help and what it does.</summary>
public abstract class Verb(Language language, string name, Phrase summary, Phrase details, params string[] examples)
{
    public Command Command { get; } = new(name, summary.In(language));

    public Phrase Summary => summary;

    /// <summary>What it does and what to know, in a few sentences.</summary>
    public Phrase Details => details;

    /// <summary>Calls that work as they stand.</summary>
    public IReadOnlyList<string> Examples => examples;

    public abstract Outcome Run(ParseResult parsed, Session session);

    protected T Add<T>(T symbol) where T : System.CommandLine.Symbol
    {
        if (symbol is Option option)
            Command.Add(option);
        else if (symbol is Argument argument)
            Command.Add(argument);
        return symbol;
    }

    protected string In(string de, string en) => new Phrase(de, en).In(language);

    protected Option<string?> Value(string name, string placeholder, string de, string en) => Add(new Option<string?>(name) { HelpName = placeholder, Description = In(de, en) });

    protected Option<bool> Switch(string name, string de, string en) => Add(new Option<bool>(name) { Description = In(de, en) });
}
