using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Breitband.Store;

namespace Breitband.Service;

/// <summary>What one call of the program works with: its streams, its language and the store it was given.</summary>
public sealed class Session(ParseResult parsed, GlobalOptions globals, Language language, TextWriter output, TextWriter messages, bool progress, CancellationToken cancelled)
{
    readonly Stopwatch sinceShown = Stopwatch.StartNew();
    int shown;

    public Language Language => language;

    public bool Json => parsed.GetValue(globals.Json);

    public TextWriter Out => output;

    public CancellationToken Cancelled => cancelled;

    public string StorePath => parsed.GetValue(globals.Store)!;

    /// <summary>The county asked for; null for the only one there.</summary>
    public string? County => parsed.GetValue(globals.County);

    public string MappingsFolder => Path.Combine(DataFolder, "mappings");

    public Profiles Profiles => Profiles.Load(Path.Combine(DataFolder, "profiles.json"));

    public string DataFolder => parsed.GetValue(globals.Data) ?? Installation.Data;

    public Breitband.Store.Store OpenStore(OpenMode mode) => OpenStore(StorePath, mode);

    public Breitband.Store.Store OpenStore(string where, OpenMode mode) => Breitband.Store.Store.Open(where, mode, County);

    public string In(string de, string en) => language == Language.De ? de : en;

    /// <summary>Something the user should know that is not the result.</summary>
    public void Say(string de, string en)
    {
        ClearProgress();
        output.Flush(); // on a terminal both arrive in one place, in the order they were said
        if (!parsed.GetValue(globals.Quiet))
            messages.WriteLine(In(de, en));
    }

    /// <summary>One line on a terminal that overwrites itself, ten times a second at most. Also the place where long work is cancelled.</summary>
    public void Progress(string what, long done, long? all)
    {
        cancelled.ThrowIfCancellationRequested();
        if (!progress || parsed.GetValue(globals.Quiet) || sinceShown.ElapsedMilliseconds < 100)
            return;
        sinceShown.Restart();
        var line = all is > 0 ? $"{what}: {Formats.Percent((double)done / all.Value, language, "0")}" : $"{what}: {Formats.Whole(done, language)}";
        messages.Write($"\r{line.PadRight(shown)}");
        shown = line.Length;
    }

    public void ClearProgress()
    {
        if (shown > 0)
            messages.Write($"\r{new string(' ', shown)}\r");
        shown = 0;
    }

    public static DateOnly? Date(string? text, string option) => text is null ? null
        : DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw BreitbandException.WrongUse($"{option}: „{text}“ ist kein Datum (JJJJ-MM-TT).", $"{option}: \"{text}\" is no date (YYYY-MM-DD).");
}
