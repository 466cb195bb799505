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
        new DemoVerb(language), new ImportVerb(language), new EditionsVerb(language), new RollbackVerb(language), new AuditVerb(language), new AnalyseVerb(language), new StatsVerb(language),
        new ExplainVerb(language), new MeasuresVerb(language), new ProbeVerb(language), new PrintVerb(language), new ExportVerb(language), new TilesVerb(language), new StoreVerb(language), new CheckVerb(language), new ServeVerb(language), new KeysVerb(language),
    ];

    /// <param name="output">Where results go. A reader that closes its end of a pipe (head, less) is no error: the console's own streams take it in silence.</param>
    /// <param name="cancelled">Ends import, analysis and export at the next row, with everything begun undone.</param>
    public static int Run(string[] args, Stream output, Stream error, bool progress = false, CancellationToken cancelled = default)
    {
        using var stderr = new StreamWriter(error, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
        var language = LanguageOf(args);
        try
        {
            // Not disposed on the way out of an error: that would write again to what has just failed (a full disk), past the last catch.
            var stdout = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
            var outcome = Run(args, language, stdout, stderr, progress, cancelled);
            stdout.Flush();
            return (int)outcome;
        }
        catch (Exception e) // the last catch of the program: nobody is shown a stack trace unless asked for
        {
            var (outcome, text) = Answer((e as AggregateException)?.Flatten().InnerExceptions[0] ?? e);
            stderr.WriteLine(text.In(language));
            if (Environment.GetEnvironmentVariable("BREITBAND_TRACE") == "1")
                stderr.WriteLine(e);
            return (int)outcome;
        }
    }

    static (Outcome Outcome, Phrase Text) Answer(Exception e) => e switch
    {
        BreitbandException known => (known.Outcome, known.Text),
        OperationCanceledException => (Outcome.Failed, new("Abgebrochen; was angefangen war, ist verworfen.", "Cancelled; what had been begun is discarded.")),
        OutOfMemoryException => (Outcome.Failed, new("Der Arbeitsspeicher reicht nicht. Andere Programme schließen und wiederholen; geändert wurde nichts.",
            "There is not enough memory. Close other programs and repeat; nothing was changed.")),
        IOException or UnauthorizedAccessException or SqliteException => (Outcome.Failed, new($"Das ging nicht: {e.Message}", $"That failed: {e.Message}")),
        _ => (Outcome.Failed, new($"Unerwarteter Fehler: {e.Message} (Einzelheiten mit BREITBAND_TRACE=1)", $"Unexpected error: {e.Message} (details with BREITBAND_TRACE=1)")),
    };

    static Outcome Run(string[] args, Language language, StreamWriter stdout, StreamWriter stderr, bool progress, CancellationToken cancelled)
    {
        var verbs = AllVerbs(language);
        var globals = new GlobalOptions(language);
        var root = new RootCommand { TreatUnmatchedTokensAsErrors = true };
        foreach (var option in globals.All)
            root.Add(option);
        foreach (var verb in verbs)
            root.Add(verb.Command);
        if (args is ["--version"])
        {
            stdout.WriteLine($"breitband {typeof(CommandLine).Assembly.GetName().Version?.ToString(3)}");
            return Outcome.Done;
        }
        var help = args is ["help", ..] || args.Any(a => a is "--help" or "-h" or "-?");
        var parsed = root.Parse(args is ["help", ..] ? args[1..] : args);
        var named = verbs.FirstOrDefault(v => v.Command == parsed.CommandResult.Command);
        var mistake = Mistakes.Of(parsed, verbs, named, globals);
        if (help && (named is not null || mistake is null))
        {
            stdout.Write(named is null ? HelpText.Overview(verbs, globals, language) : HelpText.Of(named, globals, language));
            return Outcome.Done;
        }
        if (mistake is not null)
            throw mistake;
        if (named is null)
        {
            stdout.Write(HelpText.Overview(verbs, globals, language));
            return Outcome.Done;
        }
        var session = new Session(parsed, globals, language, stdout, stderr, progress, cancelled);
        try
        {
            cancelled.ThrowIfCancellationRequested();
            return named.Run(parsed, session);
        }
        finally
        {
            session.ClearProgress();
        }
    }

    /// <summary>Known before anything is parsed, because the parser's own messages follow it.</summary>
    static Language LanguageOf(string[] args)
    {
        var at = Array.IndexOf(args, "--lang");
        return (at >= 0 && at + 1 < args.Length && args[at + 1] == "en") || args.Contains("--lang=en") || args.Contains("--lang:en") ? Language.En : Language.De;
    }
}
