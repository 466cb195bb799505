namespace Breitband.Viewer;

/// <summary>One file on its way into the store: first looked at, then imported.</summary>
public sealed class ImportFile(string path) : Observable
{
    string state = "", recognised = "", report = "", fault = "", edition = "", crs = "", layer = "", mapping = "", back = "";
    IReadOnlyList<string> firstRows = [];
    double share;
    bool running, acceptRejected;
    Choice? chosen;

    /// <summary>One that cannot be taken whatever is answered.</summary>
    public static ImportFile Unfit(string path, string why) => new(path) { IsUnfit = true, Fault = why, State = Tongue.Of("nicht lesbar", "cannot be read") };

    public string Path => path;

    public string Name => System.IO.Path.GetFileName(path.TrimEnd('/', '\\'));

    public bool IsUnfit { get; private init; }

    /// <summary>The look found nothing that keeps it out.</summary>
    public bool Fits { get; set; }

    /// <summary>It is in the store.</summary>
    public bool Imported { get; set; }

    /// <summary>The day the data describe, where the file does not say it: 31.12.2025 or 2025-12-31.</summary>
    public string Edition { get => edition; set => Set(ref edition, value); }

    /// <summary>The coordinate system, where two are plausible: EPSG:25833.</summary>
    public string Crs { get => crs; set => Set(ref crs, value); }

    /// <summary>The layer, where no mapping recognises the file.</summary>
    public string Layer { get => layer; set => Set(ref layer, value); }

    /// <summary>The mapping, where several fit or none is recognised by the file's name.</summary>
    public string Mapping { get => mapping; set => Set(ref mapping, value); }

    /// <summary>Rows that are faulty are set aside, however many they are.</summary>
    public bool AcceptRejected { get => acceptRejected; set => Set(ref acceptRejected, value); }

    /// <summary>The same choice as <see cref="Layer"/>, by its German name.</summary>
    public Choice? Chosen
    {
        get => chosen;
        set
        {
            if (Set(ref chosen, value))
                Layer = value?.Code ?? "";
        }
    }

    /// <summary>Editions whose place this file took, by number; none where it was the first of its dataset.</summary>
    public IReadOnlyList<int> Before { get; set; } = [];

    /// <summary>What pressing it does, while it can be taken back; else empty.</summary>
    public string Back { get => back; set => Set(ref back, value); }

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
