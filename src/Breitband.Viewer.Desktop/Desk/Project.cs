using System.Text.Json.Nodes;
using Breitband.Viewer.Desktop.Look;
using Breitband.Viewer.Desktop.Map;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Desk;

/// <summary>What is open: a service on the network, or a store in one file with its service in the window.</summary>
sealed class Project : IAsyncDisposable
{
    readonly LocalService? local;

    Project(string where, LocalService? local, ServiceClient service) => (Where, this.local, Service) = (where, local, service);

    /// <summary>The address or the path of the file.</summary>
    public string Where { get; }

    public string Name { get; private set; } = "";

    public string Credits { get; private set; } = "";

    public ServiceClient Service { get; }

    public PaintedTiles? Tiles { get; private set; }

    /// <summary>Metres of the web's projection.</summary>
    public Envelope Bounds { get; private set; } = new();

    /// <exception cref="BreitbandException">Refused for an address without a service, an expired key, a file that is no store.</exception>
    public static async Task<Project> Open(string where, string? key)
    {
        var remote = Uri.TryCreate(where, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (!remote && !File.Exists(where))
            throw BreitbandException.Refused($"{where}: Die Datei gibt es nicht.", $"{where}: there is no such file.");
        var local = remote ? null : await LocalService.Start(where);
        var project = new Project(where, local, new(local?.Address ?? address!, local?.Token ?? key));
        try
        {
            await project.ReadTiles();
            return project;
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks what the map's tiles are now; after an import or an analysis they are others.</summary>
    public async Task ReadTiles()
    {
        var set = await Service.Get("/tilejson");
        if ((string?)set["tilejson"] is null || set["tiles"] is not JsonArray { Count: > 0 } tiles)
            throw BreitbandException.Refused($"{Where} ist kein Breitband-Dienst. Adresse prüfen.", $"{Where} is no Breitband service. Check the address.");
        Tiles = new(Service.Http, (string)tiles[0]!, (int)set["minzoom"]!, (int)set["maxzoom"]!);
        (Name, Credits) = ((string?)set["name"] ?? Tongue.Of("Breitband", "Breitband"), (string?)set["attribution"] ?? "");
        var b = set["bounds"]!.AsArray().Select(n => (double)n!).ToArray();
        var project = Crs.Transform(Crs.Geographic, Crs.WebMercator);
        var ((west, south), (east, north)) = (project(b[0], b[1]), project(b[2], b[3]));
        Bounds = new(west, east, south, north);
    }

    /// <summary>The map as another threshold, basis or edition makes it; computed by the service when first asked, some seconds.</summary>
    /// <returns>Its tiles, and its figures by municipality.</returns>
    public async Task<(PaintedTiles Tiles, JsonNode Figures)> View(string? profile, string? basis, int? with, CancellationToken cancelled)
    {
        var asked = string.Join('&', new[] { profile is null ? null : $"profile={Uri.EscapeDataString(profile)}", basis is null ? null : $"basis={basis}", with is null ? null : $"with={with}" }.Where(a => a is not null));
        var view = await Service.Get("/views?" + asked, cancelled);
        if ((bool?)view["last"] == true)
            return (Tiles!, view);
        var set = await Service.Get((string)view["tilejson"]!, cancelled);
        var over = new PaintedTiles(Service.Http, (string)set["tiles"]![0]!, (int)set["minzoom"]!, (int)set["maxzoom"]!);
        return (Tiles!.With(over, set["vector_layers"]!.AsArray().Select(l => (string)l!["id"]!).ToHashSet(StringComparer.Ordinal)), view);
    }

    /// <summary>Rows set aside at the last import, of a store in one file; a service on the network keeps them to itself.</summary>
    public Task<IReadOnlyList<Geometry>> Rejected(IReadOnlySet<string> datasets) => local is null ? Task.FromResult<IReadOnlyList<Geometry>>([]) : Task.Run(() => local.Rejected(datasets));

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        if (local is not null)
            await local.DisposeAsync();
    }
}
