using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Every municipality with its four parts; the heads sort, a line leads to it on the map. The same as a chart.</summary>
sealed partial class MunicipalitiesPane : UserControl
{
    bool pointed;

    public MunicipalitiesPane()
    {
        InitializeComponent();
        Unrolling.Of(Rows);
        Chart.DataContext = null; // not the pane's
        DataContextChanged += (_, _) =>
        {
            if (Desk is not { } desk || pointed)
                return;
            pointed = true;
            desk.PropertyChanged += (_, change) => { if (change.PropertyName is nameof(desk.Order)) Point(desk); };
            Point(desk);
        };
        // Made when it is first wanted: its bars are counted anew with every figure.
        AsChart.IsCheckedChanged += (_, _) => Chart.DataContext = Chart.DataContext as MunicipalityChart ?? (Desk is { } desk ? new MunicipalityChart(desk) : null);
        foreach (var (head, by) in Heads)
            head.Click += (_, _) =>
            {
                Desk?.SortOrTurn(by);
                Unrolling.ToTop(Rows); // who sorts wants to see the first ones
            };
    }

    DeskModel? Desk => DataContext as DeskModel;

    (Button Head, RowOrder By)[] Heads => [(ByName, RowOrder.Name), (ByOpen, RowOrder.Open), (ByShare, RowOrder.Share)];

    /// <summary>The head of the order has an arrow: up where the lines rise.</summary>
    void Point(DeskModel desk)
    {
        foreach (var (head, by) in Heads)
            if (((Panel)head.Content!).Children.OfType<PathIcon>().Single() is var arrow)
                (arrow.IsVisible, arrow.Data) = (by == desk.Order, (Geometry?)this.FindResource((by == RowOrder.Name) != desk.Turned ? "IconUp" : "IconDown"));
    }
}
