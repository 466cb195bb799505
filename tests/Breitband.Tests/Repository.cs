namespace Breitband.Tests;

/// <summary>Where the sources lie, for tests that read them.</summary>
public static class Repository
{
    public static readonly string Root = Find();

    static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Breitband.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        return folder;
    }
}
