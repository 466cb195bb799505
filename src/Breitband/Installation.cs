namespace Breitband;

/// <summary>Where the files beside the program lie: <c>data/</c> (rules, mappings, shipped data) and <c>tiles/</c> (legend).</summary>
public static class Installation
{
    public static string Data { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static string Profiles => Path.Combine(Data, "profiles.json");

    public static string Mappings => Path.Combine(Data, "mappings");

    public static string Legend { get; } = Path.Combine(AppContext.BaseDirectory, "tiles", "legend.json");
}
