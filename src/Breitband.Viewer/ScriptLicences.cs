namespace Breitband.Viewer;

/// <summary>What the browser's map is made of, as the licences written when it was built say: name, version, licence in a line over each text.</summary>
public static class ScriptLicences
{
    public static IReadOnlyList<string> Names(string texts)
    {
        string[] lines = ["", Rule, "", .. texts.ReplaceLineEndings("\n").Split('\n')];
        return [.. Enumerable.Range(3, lines.Length - 3).Where(i => lines[i - 2] == Rule && lines[i - 1] == "").Select(i => Line(lines[i]))];
    }

    static string Rule { get; } = new('-', 72);

    /// <summary>As the packages of the program are written: the licence behind a dot.</summary>
    static string Line(string head) => head.LastIndexOf('(') is > 0 and var at && head.EndsWith(')') ? $"{head[..at].TrimEnd()} · {head[(at + 1)..^1]}" : head;
}
