using System.Collections.ObjectModel;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>What a fault can be answered with: what to press, and what it does.</summary>
public sealed record Remedy(string Label, Action Run);

/// <summary>What lies on the planner's desk: the open project, the question asked of it (threshold, basis, edition, measures) and the answers.</summary>
public sealed partial class DeskModel : Observable, IAsyncDisposable
{
    readonly TimeProvider time;
    readonly SynchronizationContext? home = SynchronizationContext.Current;
    Dictionary<string, Geometry> shapes = [], reach = [];
    Project? project;
    PlaceFacts? selected;
    AreaRow? municipality;
    MeasureRow? measure;

    public DeskModel(TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        Other.Asked += () =>
        {
            Repainted?.Invoke();
            if (Project is not null)
                _ = Guarded(() => Work.Run(Purpose.OtherSide, Tongue.Of("Die andere Seite wird gerechnet …", "Computing the other side …"), ShowOther));
        };
        Other.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName is nameof(Other.On) && beside && !Other.On)
                _ = Inquire(explained!); // what stood right of the divider is told by the rule that is left
        };
    }

    /// <summary>What went wrong, and what can be done about it here; without a remedy the text says it.</summary>
    public event Action<string, Remedy?>? Faulted;

    /// <summary>The project is open or its map has changed: paint anew.</summary>
    public event Action? MapChanged;

    /// <summary>The map is to be painted anew where it is.</summary>
    public event Action? Repainted;

    /// <summary>The answer to the question has come: what differs from the stored map is to be drawn over it.</summary>
    public event Action? Answered;

    /// <summary>A place is to be shown.</summary>
    public event Action<Geometry>? Shown;

    public Work Work { get; } = new();

    public LayerStack Layers { get; } = new(LayerSwitch.All(Legend.Default));

    public ObservableCollection<AreaRow> Municipalities { get; } = [];

    public ObservableCollection<MeasureRow> Measures { get; } = [];

    /// <summary>The other side of a comparison.</summary>
    public Comparison Other { get; } = new();

    public Project? Project
    {
        get => project;
        private set => Set(ref project, value);
    }

    /// <summary>Where rows lie that the last imports set aside.</summary>
    public IReadOnlyList<Geometry> Rejected { get; private set; } = [];

    /// <summary>What a new corner snaps to: other measures and municipalities.</summary>
    public IReadOnlyList<Geometry> Neighbours(string measure) => [.. reach.Where(r => r.Key != measure).Select(r => r.Value).Where(g => g is Polygon or MultiPolygon), .. shapes.Values];

    /// <summary>The municipality a place lies in.</summary>
    public AreaRow? At(Coordinate place) => Municipalities.FirstOrDefault(m => shapes.TryGetValue(m.Key, out var shape) && shape.EnvelopeInternal.Contains(place) && shape.Contains(shape.Factory.CreatePoint(place)));

    public PlaceFacts? Selected
    {
        get => selected;
        private set => Set(ref selected, value);
    }

    public AreaRow? Municipality
    {
        get => municipality;
        set
        {
            if (!Set(ref municipality, value) || value is null)
                return;
            measureLast = false;
            if (shapes.TryGetValue(value.Key, out var shape))
                Shown?.Invoke(shape);
        }
    }

    /// <summary>Chosen on the map, which need not move.</summary>
    public void Pick(AreaRow? row)
    {
        (municipality, measureLast) = (row, false);
        Changed(nameof(Municipality));
    }

    /// <summary>The measure picked in the list.</summary>
    public MeasureRow? Measure
    {
        get => measure;
        set
        {
            if (!Set(ref measure, value))
                return;
            measureLast = value is not null;
            if (MeasureShape is { } shape)
                Shown?.Invoke(shape);
        }
    }

    public Geometry? MeasureShape => measure is not null ? reach.GetValueOrDefault(measure.Key) : null;

    public Geometry? MunicipalityShape => municipality is not null ? shapes.GetValueOrDefault(municipality.Key) : null;

    /// <summary>Faults are said, never thrown: the window stays usable.</summary>
    /// <param name="again">What trying again means, where it is not the same work.</param>
    public async Task Guarded(Func<Task> work, Action? again = null)
    {
        try
        {
            await work();
        }
        catch (BreitbandException e)
        {
            Faulted?.Invoke(e.Text.In(Tongue.Current.Language), ServiceClient.IsAway(e) ? new(Tongue.Of("Noch einmal versuchen", "Try again"), again ?? (() => _ = Guarded(work)))
                : ServiceClient.IsKeyWanted(e) ? new(Tongue.Of("Schlüssel eingeben …", "Enter a key …"), () => KeyWanted?.Invoke()) : null);
        }
        catch (OperationCanceledException)
        {
            return; // the user stopped it, or asked something else
        }
        catch (Exception e)
        {
            Faulted?.Invoke(Unforeseen(e), null);
        }
    }

    /// <summary>The window is to ask for a key and open the project again.</summary>
    public event Action? KeyWanted;

    /// <summary>Nothing of this is foreseen, so the text can only say what it is; the window lives on.</summary>
    internal static string Unforeseen(Exception e) => Tongue.Of($"Unerwarteter Fehler, bitte melden: {e.GetType().Name}: {e.Message}", $"Unexpected fault, please report it: {e.GetType().Name}: {e.Message}");

    public async ValueTask DisposeAsync()
    {
        var open = Project;
        Leave();
        Project = null;
        if (open is not null)
            await open.DisposeAsync();
    }
}
