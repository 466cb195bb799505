namespace Breitband.Viewer;

/// <summary>One file on its way into the store: first looked at, then imported.</summary>
public sealed class ImportFile(string path) : Observable
{
    string state = "", recognised = "", report = "", fault = "", warning = "", edition = "", crs = "", mapping = "";
    Choice? layer;
    bool acceptRejected;
    IReadOnlyList<string> firstRows = [];
    double share;
    bool running;

    /// <summary>One that cannot be taken whatever is answered.</summary>
    public static ImportFile Unfit(string path, string why) => new(path) { IsUnfit = true, Fault = why, State = Tongue.Of("nicht lesbar", "cannot be read") };

    public string Path => path;

    public string Name => System.IO.Path.GetFileName(path.TrimEnd('/', '\\'));

    public bool IsUnfit { get; private init; }

    /// <summary>The look found nothing that keeps it out.</summary>
    public bool Fits { get; set; }

    /// <summary>It is in the store.</summary>
    public bool Imported { get; set; }

    /// <summary>The day the data describe, where the file does not say it: JJJJ-MM-TT.</summary>
    public string Edition { get => edition; set => Set(ref edition, value); }

    /// <summary>The coordinate system, where two are plausible: EPSG:25833.</summary>
    public string Crs { get => crs; set => Set(ref crs, value); }

    /// <summary>The layer, where no mapping recognises the file.</summary>
    public Choice? Layer { get => layer; set => Set(ref layer, value); }

    /// <summary>What it may be, as a planner calls it.</summary>
    public IReadOnlyList<Choice> Layers { get; } = [new("", Tongue.Of("Ebene: selbst erkennen", "Layer: recognise it")), .. Breitband.Layer.Imported.Select(l => new Choice(l.Name, l.Label.In(Tongue.Current.Language)))];

    /// <summary>The mapping, where several fit.</summary>
    public string Mapping { get => mapping; set => Set(ref mapping, value); }

    /// <summary>Rows that cannot be taken are left out instead of keeping out the others.</summary>
    public bool AcceptRejected { get => acceptRejected; set => Set(ref acceptRejected, value); }

    /// <summary>What the import puts in the place of what; an older or a much smaller edition is warned of.</summary>
    public string Warning { get => warning; set => Set(ref warning, value); }

    /// <summary>Numbers of the editions it took the place of; to come back to.</summary>
    public IReadOnlyList<int> Replaced { get; set; } = [];

    public bool CanUndo => Imported && Replaced.Count > 0;

    /// <summary>Whether it is in the store has changed.</summary>
    internal void Stands() => Changed(nameof(CanUndo));

    /// <summary>Something is missing that only its reader knows.</summary>
    public bool Asks => Fault.Length > 0 && !IsUnfit;

    public string State { get => state; set => Set(ref state, value); }

    public string Recognised { get => recognised; set => Set(ref recognised, value); }

    /// <summary>What the first rows become in the store.</summary>
    public IReadOnlyList<string> FirstRows { get => firstRows; set => Set(ref firstRows, value); }

    public string Report { get => report; set => Set(ref report, value); }

    public string Fault
    {
        get => fault;
        set
        {
            Set(ref fault, value);
            Changed(nameof(Asks));
        }
    }

    public double Share { get => share; set => Set(ref share, value); }

    public bool Running { get => running; set => Set(ref running, value); }
}
