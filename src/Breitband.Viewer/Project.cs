using System.Text.Json;
using System.Text.Json.Nodes;
using Breitband.Print;
using Breitband.Viewer.Map;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>What is open: a service on the network, or a store in one file with its service in the window.</summary>
public sealed class Project : IAsyncDisposable
{
    readonly LocalService? local;

    Project(string where, string? key, LocalService? local, ServiceClient service) => (Where, Key, this.local, Service) = (where, key, local, service);

    /// <summary>The address of the service or the path of the file: what opens it again.</summary>
    public string Where { get; }

    /// <summary>Kept in memory only, to open again in another language.</summary>
    public string? Key { get; }

    public string Name { get; private set; } = "";

    public string Credits { get; private set; } = "";

    public ServiceClient Service { get; }

    /// <summary>The map shows what everybody may see while the one with everything is being made.</summary>
    public bool Provisional => local is { Provisional: true, Made.IsCompleted: false };

    public PaintedTiles? Tiles { get; private set; }

    /// <summary>Metres of the web's projection.</summary>
    public Envelope Bounds { get; private set; } = new();

    Task<Told>? early;

    /// <summary>What the service has computed and keeps: results, municipalities, measures, editions. The first ones are asked for when the project is opened.</summary>
    internal Task<Told> Answers(CancellationToken cancelled) => Interlocked.Exchange(ref early, null)?.WaitAsync(cancelled) ?? Told.Ask(Service, cancelled);

    /// <param name="first">Where a window will look first and how it has the map painted; null where nobody waits for it.</param>
    /// <param name="waits">Told what is waited for and how far it is: a store's first map takes a while to make.</param>
    /// <exception cref="BreitbandException">Refused for an address without a service, an expired key, a file that is no store; failed when nobody answers.</exception>
    public static async Task<Project> Open(string where, string? key, Func<Project, (MapPose Pose, PaintOptions Options)>? first, CancellationToken cancelled, Action<Phrase>? waits = null)
    {
        var place = ProjectPlace.Of(where, !string.IsNullOrWhiteSpace(key) || where.Contains("token=", StringComparison.Ordinal));
        if (place.Addresses.Count == 0)
            return await Begin(where, key, await LocalService.Start(where, cancelled), null, first, waits, cancelled);
        BreitbandException? away = null;
        key = string.IsNullOrWhiteSpace(key) ? place.Token : key;
        foreach (var address in place.Addresses)
            try
            {
                return await Begin(Root(address), key, null, new(Root(address)), first, null, cancelled);
            }
            catch (BreitbandException e) when (place.Guessed && ServiceClient.IsAway(e))
            {
                away = e;
            }
        throw place.Unknown(away!);
    }

    /// <summary>What is opened and remembered is the service, not one of its pages.</summary>
    static string Root(Uri address) => address.PathAndQuery + address.Fragment == "/" ? address.OriginalString : address.GetLeftPart(UriPartial.Authority);

    static async Task<Project> Begin(string where, string? key, LocalService? local, Uri? address, Func<Project, (MapPose Pose, PaintOptions Options)>? first, Action<Phrase>? waits, CancellationToken cancelled)
    {
        var project = new Project(where, key, local, new(local?.Address ?? address!, local?.Token ?? key));
        try
        {
            if (local is not null)
                await local.Mapped(waits, cancelled);
            await project.ReadTiles(cancelled);
            Stages.Reached("tiles known");
            project.early = project.Begin(first?.Invoke(project));
            if (local is { Provisional: true })
                _ = project.Renew(project.Tiles!);
            return project;
        }
        catch
        {
            await project.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is seen meanwhile is let go of when the whole map is there.</summary>
    async Task Renew(PaintedTiles meanwhile)
    {
        await local!.Made;
        meanwhile.Expire();
    }

    /// <summary>The pictures come before the tables: they are seen first.</summary>
    async Task<Told> Begin((MapPose Pose, PaintOptions Options)? first)
    {
        if (first is var (pose, options))
            await Tiles!.PaintAhead(pose, options).ConfigureAwait(false);
        return await Told.Ask(Service, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Asks what the map's tiles are now; after an import or an analysis they are others.</summary>
    public async Task ReadTiles(CancellationToken cancelled)
    {
        var set = await Service.Get("/tilejson", cancelled);
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
    internal async Task<(PaintedTiles Tiles, JsonElement Figures)> View(Rule rule, CancellationToken cancelled)
    {
        var view = await Service.Read("/views?" + rule.Query, cancelled);
        if (view.At("last")?.ValueKind == JsonValueKind.True)
            return (Tiles!, view);
        var set = await Service.Get(view.Text("tilejson")!, cancelled);
        var over = new PaintedTiles(Service.Http, (string)set["tiles"]![0]!, (int)set["minzoom"]!, (int)set["maxzoom"]!);
        return (Tiles!.With(over, set["vector_layers"]!.AsArray().Select(l => (string)l!["id"]!).ToHashSet(StringComparer.Ordinal)), view);
    }

    /// <summary>Where the rows lie that these imports set aside; metres of the web's projection.</summary>
    public async Task<IReadOnlyList<Geometry>> Rejected(IReadOnlyList<int> imports, CancellationToken cancelled)
    {
        var shapes = new List<Geometry>();
        foreach (var import in imports)
            shapes.AddRange(GeoJson.Features(await Service.Read($"/imports/{import}/rejected", cancelled)).Select(f => f.Shape));
        return shapes;
    }

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        if (local is not null)
            await local.DisposeAsync();
    }
}
