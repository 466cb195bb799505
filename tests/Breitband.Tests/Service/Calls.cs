using System.Text;
using System.Text.Json;
using Breitband.Service;

namespace Breitband.Tests.Service;

/// <summary>Calls the program as a shell would, in a folder of the test's own.</summary>
public sealed class Calls : IDisposable
{
    readonly TemporaryFolder folder = new();

    public string Store => folder.File("kreis.gpkg");

    public TemporaryFolder Folder => folder;

    public static string Data(string file) => Path.Combine(Repository.Root, "data", file);

    public (int Code, string Out, string Error) Run(params string[] args) => RunAsTyped(args is ["demo", ..] || args.Contains("--store") ? args : [.. args, "--store", Store]);

    /// <summary>The call as it stands, and one that somebody interrupts.</summary>
    public static (int Code, string Out, string Error) RunAsTyped(string[] args, bool interrupted = false)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var code = CommandLine.Run(args, output, error, cancelled: new CancellationToken(interrupted));
        return (code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    public string Done(params string[] args)
    {
        var (code, text, error) = Run(args);
        Assert.True(code == 0, $"{string.Join(' ', args)} ended with {code}: {error}");
        return text;
    }

    public JsonElement Json(params string[] args) => JsonDocument.Parse(Done([.. args, "--json"])).RootElement;

    /// <summary>Imports what is shipped: municipalities, facts, household sizes, published shares.</summary>
    public Calls WithShippedData()
    {
        Done("import", Data("vg250/vg250_gemeinden_pm.geojson"), "--edition", "2016-01-01");
        Done("import", Data("gemeinden/gemeinden_pm.csv"), Data("gemeinden/household_size_pm.csv"), Data("breitbandatlas/breitbandatlas_pm_2021.csv"));
        return this;
    }

    public void Dispose() => folder.Dispose();
}
