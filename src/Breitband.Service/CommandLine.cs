using System.CommandLine;
using System.Text;
using Breitband.Service.Text;
using Breitband.Service.Verbs;
using Microsoft.Data.Sqlite;

namespace Breitband.Service;

/// <summary>
/// The command line: finds the verb, runs it, and is the one place where an error becomes a message and an exit code.
/// Results go to standard output, messages and progress to standard error.
/// </summary>
public static class CommandLine
{
    static Verb[] AllVerbs(Language language) =>
    [
        new ImportVerb(language), new EditionsVerb(language), new RollbackVerb(language), new AnalyseVerb(language), new StatsVerb(language),
        new ExplainVerb(language), new ProbeVerb(language), new ExportVerb(language), new CheckVerb(language),
    ];

    public static int Run(string[] args, Stream output, Stream error, bool progress = false)
    {
        using var stdout = new StreamWriter(output, new UTF8Encoding(false));
        using var stderr = new StreamWriter(error, new UTF8Encoding(false)) { AutoFlush = true };
        var language = LanguageOf(args);
        try
        {
            return (int)Run(args, language, stdout, stderr, progress);
        }
        catch (BreitbandException e)
        {
            stderr.WriteLine(e.Text.In(language));
            return (int)e.Outcome;
        }
        catch (IOException) when (!stdout.BaseStream.CanWrite)
        {
            return (int)Outcome.Done; // the reader of a pipe (head, less) has seen enough
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or OutOfMemoryException)
        {
            stderr.WriteLine(new Phrase($"Das ging nicht: {e.Message}", $"That failed: {e.Message}").In(language));
            return (int)Outcome.Failed;
        }
        catch (Exception e) // the last catch of the program: nobody is shown a stack trace unless asked for
        {
            stderr.WriteLine(new Phrase($"Unerwarteter Fehler: {e.Message} (Einzelheiten mit BREITBAND_TRACE=1)", $"Unexpected error: {e.Message} (details with BREITBAND_TRACE=1)").In(language));
            if (Environment.GetEnvironmentVariable("BREITBAND_TRACE") == "1")
                stderr.WriteLine(e);
            return (int)Outcome.Failed;
        }
    }

    static Outcome Run(string[] args, Language language, StreamWriter stdout, StreamWriter stderr, bool progress)
    {
        var verbs = AllVerbs(language);
        var globals = new GlobalOptions(language);
        var root = new RootCommand { TreatUnmatchedTokensAsErrors = true };
        foreach (var option in globals.All)
            root.Add(option);
        foreach (var verb in verbs)
            root.Add(verb.Command);
        var words = args.Where(a => !a.StartsWith('-')).ToList();
        var named = verbs.FirstOrDefault(v => words.Contains(v.Command.Name));
        if (args.Length == 0 || args.Any(a => a is "--help" or "-h" or "-?" or "help"))
        {
            stdout.Write(named is null ? HelpText.Overview(verbs, globals, language) : HelpText.Of(named, globals, language));
            return Outcome.Done;
        }
        if (args is ["--version"])
        {
            stdout.WriteLine($"breitband {typeof(CommandLine).Assembly.GetName().Version?.ToString(3)}");
            return Outcome.Done;
        }
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || named is null || Mistakes.UnknownOption(parsed) is not null)
            throw Mistakes.Of(parsed, verbs, named, globals);
        var session = new Session(parsed, globals, language, stdout, stderr, progress);
        return named.Run(parsed, session);
    }

    /// <summary>Known before anything is parsed, because the parser's own messages follow it.</summary>
    static Language LanguageOf(string[] args)
    {
        var at = Array.IndexOf(args, "--lang");
        return at >= 0 && at + 1 < args.Length && args[at + 1].Equals("en", StringComparison.OrdinalIgnoreCase) || args.Contains("--lang=en") ? Language.En : Language.De;
    }
}
