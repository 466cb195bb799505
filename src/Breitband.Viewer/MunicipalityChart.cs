namespace Breitband.Viewer;

/// <summary>A piece of a bar, as parts of the chart's width: 0 to 1.</summary>
public sealed record ChartPart(Symbol Symbol, string Label, string Value, double From, double Length);

/// <summary>A municipality's bar; a click on it picks the municipality in table and map.</summary>
public sealed record ChartBar(AreaRow Row, IReadOnlyList<ChartPart> Parts)
{
    /// <summary>What a screen reader says of it.</summary>
    public string Description => $"{Row.Name}: {string.Join(", ", Parts.Select(p => $"{p.Label} {p.Value}"))}";
}

/// <summary>The municipalities as a chart of stacked bars: served, planned, unclear, unserved. It shares order, figures and pick with the table.</summary>
public sealed class MunicipalityChart : Observable
{
    readonly DeskModel desk;
    bool asShares;

    public MunicipalityChart(DeskModel desk)
    {
        this.desk = desk;
        desk.Municipalities.CollectionChanged += (_, change) =>
        {
            if (change.Action == System.Collections.Specialized.NotifyCollectionChangedAction.Move) // of a table filled anew the desk tells at the end
                Changed(nameof(Bars));
        };
        desk.PropertyChanged += (_, change) =>
        {
            if (change.PropertyName is "")
                Changed(""); // all figures are new
            else if (change.PropertyName is nameof(desk.Municipality))
                Changed(nameof(Picked));
            else if (change.PropertyName is nameof(desk.Order))
                Changed(nameof(Order));
        };
    }

    public IReadOnlyList<ChartBar> Bars => [.. desk.Municipalities.Select(m => new ChartBar(m, Pieces(m.Figures)))];

    /// <summary>Every bar is of the same length, so that shares are compared; else bars are as long as there are households.</summary>
    public bool AsShares
    {
        get => asShares;
        set
        {
            if (Set(ref asShares, value))
                Changed(nameof(Bars));
        }
    }

    /// <summary>The table's; chosen anew, also the same, figures fall.</summary>
    public RowOrder Order
    {
        get => desk.Order;
        set => desk.Sort(value);
    }

    public bool Turned => desk.Turned;

    public void Turn() => desk.SortOrTurn(desk.Order);

    public ChartBar? Picked
    {
        get => desk.Municipality is { } row ? Bars.FirstOrDefault(b => b.Row == row) : null;
        set => desk.Municipality = value?.Row;
    }

    /// <summary>Households at the end of the scale; 100 with shares.</summary>
    public double End => AsShares ? 100 : desk.Municipalities.Select(m => m.Figures.Total).DefaultIfEmpty().Max();

    List<ChartPart> Pieces(Parts parts)
    {
        var (whole, at, pieces) = (AsShares ? parts.Total : End, 0.0, new List<ChartPart>());
        foreach (var (symbol, value, count) in Legend.Default.Split.Zip(parts.Ordered, parts.Whole))
        {
            var length = whole > 0 ? value / whole : 0;
            pieces.Add(new(symbol, symbol.Label.In(Tongue.Current.Language), Said(value, count, parts.Total), at, length));
            at += length;
        }
        return pieces;
    }

    string Said(double value, long count, double total) => AsShares ? Formats.Percent(total > 0 ? value / total : 0, Tongue.Current.Language) : Formats.Whole(count, Tongue.Current.Language);
}
