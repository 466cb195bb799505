using Breitband.Analyse;

namespace Breitband.Viewer;

/// <summary>Names as people type them: without case and punctuation, umlauts as they are, written out or left out.</summary>
static class Spelling
{
    public static bool Same(string name, string typed) => Any(name, typed, static (n, t) => n == t);

    public static bool Begins(string name, string typed) => Any(name, typed, static (n, t) => n.StartsWith(t, StringComparison.Ordinal));

    public static bool Holds(string name, string typed) => Any(name, typed, static (n, t) => n.Contains(t, StringComparison.Ordinal));

    /// <summary>Those that begin with what was typed first.</summary>
    public static IEnumerable<string> Holding(IEnumerable<string> names, string typed) => names.Where(n => Holds(n, typed)).OrderByDescending(n => Begins(n, typed)).ThenBy(Formats.SortKey, StringComparer.Ordinal);

    static bool Any(string name, string typed, Func<string, string, bool> match) => AddressText.Letters(typed) is { Length: > 0 } letters
        && (match(AddressText.Letters(name), letters) || match(AddressText.Letters(Formats.SortKey(name)), AddressText.Letters(Formats.SortKey(typed))));
}
