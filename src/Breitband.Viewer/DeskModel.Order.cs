namespace Breitband.Viewer;

/// <summary>By what municipalities are ordered: the name rises, figures fall.</summary>
public enum RowOrder { Name, Total, Open, Share, Served, Planned, Unclear, Unserved }

/// <summary>The one order of the municipalities, which table and chart share.</summary>
public sealed partial class DeskModel
{
    public RowOrder Order { get; private set; }

    /// <summary>The other way round: the name falls, figures rise.</summary>
    public bool Turned { get; private set; }

    /// <summary>The same order once more turns it round.</summary>
    public void SortOrTurn(RowOrder by) => Sort(by, by == Order && !Turned);

    public void Sort(RowOrder by, bool turned = false)
    {
        (Order, Turned) = (by, turned);
        Sort();
        Changed(nameof(Order));
    }

    /// <summary>Their figures are others.</summary>
    void Sort()
    {
        var picked = municipality;
        Arrange(Municipalities, Ordered(Municipalities));
        if (picked == municipality)
            return;
        municipality = picked; // a list lets go of a line that moves
        Changed(nameof(Municipality));
    }

    IReadOnlyList<AreaRow> Ordered(IEnumerable<AreaRow> rows)
    {
        IReadOnlyList<AreaRow> named = [.. rows.OrderBy(r => Formats.SortKey(r.Name), StringComparer.Ordinal)];
        return Order == RowOrder.Name ? Turned ? [.. named.Reverse()] : named
            : [.. Turned ? named.OrderBy(r => Figure(r.Figures, Order)) : named.OrderByDescending(r => Figure(r.Figures, Order))];
    }

    static double Figure(Parts parts, RowOrder by) => by switch
    {
        RowOrder.Total => parts.Total,
        RowOrder.Open => parts.Open,
        RowOrder.Share => parts.OpenShare,
        RowOrder.Served => parts.Served,
        RowOrder.Planned => parts.Planned,
        RowOrder.Unclear => parts.Unclear,
        _ => parts.Unserved,
    };
}
