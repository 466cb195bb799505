namespace Breitband.Viewer.Desktop;

/// <summary><c>breitband-viewer [FILE.gpkg | ADDRESS] [FILES TO IMPORT...] [--key KEY] [--frames FILE]</c></summary>
sealed record CommandLine(string? Where, IReadOnlyList<string> Files, string? Key, string? Frames)
{
    public static CommandLine Of(string[] words)
    {
        string? After(string name) => Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;
        var plain = words.Where((w, i) => !w.StartsWith("--", StringComparison.Ordinal) && (i == 0 || words[i - 1] is not ("--key" or "--frames"))).ToList();
        return new(plain.FirstOrDefault(), [.. plain.Skip(1).Select(Path.GetFullPath)], After("--key"), After("--frames"));
    }
}
