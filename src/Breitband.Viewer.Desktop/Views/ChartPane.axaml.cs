using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>The municipalities as stacked bars with their four figures: a click picks one in table and map, and the other way round.</summary>
sealed partial class ChartPane : UserControl
{
    static readonly (RowOrder By, Phrase Label)[] Orders =
    [
        (RowOrder.Name, new("nach Namen", "by name")), (RowOrder.Open, new("nach offenen Haushalten", "by open households")), (RowOrder.Share, new("nach Anteil offener", "by share of open ones")),
        (RowOrder.Total, new("nach Haushalten", "by households")), (RowOrder.Planned, new("nach geplanten", "by planned ones")), (RowOrder.Unclear, new("nach unklaren", "by unclear ones")),
        (RowOrder.Served, new("nach versorgten", "by served ones")), (RowOrder.Unserved, new("nach solchen unter der Aufgreifschwelle", "by those below the threshold")),
    ];

    bool following;
    AreaRow? led;

    public ChartPane()
    {
        InitializeComponent();
        DataContextChanged += (_, _) => Listen();
        By.SelectionChanged += (_, _) =>
        {
            if (!following && Chart is { } chart && By.SelectedIndex >= 0)
                chart.Order = Orders[By.SelectedIndex].By;
        };
        Rows.PropertyChanged += (_, change) =>
        {
            if (change.Property == ItemsControl.ItemsSourceProperty)
                Follow(); // with other bars the list has let go of the picked one
        };
        Turn.Click += (_, _) => Chart?.Turn();
        Rows.SelectionChanged += (_, _) =>
        {
            if (!following && Chart is { } chart && Rows.SelectedItem is ChartBar bar)
                chart.Picked = bar;
        };
    }

    MunicipalityChart? Chart => DataContext as MunicipalityChart;

    void Listen()
    {
        if (Chart is not { } chart)
            return;
        chart.PropertyChanged += (_, change) =>
        {
            Follow();
            if (change.PropertyName is nameof(chart.Order))
                Unrolling.ToTop(Rows);
        };
        Tongue.Current.PropertyChanged += (_, _) => Say();
        Say();
    }

    void Say()
    {
        following = true;
        var language = Tongue.Current.Language;
        By.ItemsSource = Orders.Select(o => o.Label.In(language)).ToList();
        Key.ItemsSource = Legend.Default.Split.Select(s => new Figure(s, s.Label.In(language), "")).ToList();
        following = false;
        Follow();
    }

    /// <summary>The bars are made anew with every figure; the picked one is found by its municipality.</summary>
    void Follow()
    {
        following = true;
        By.SelectedIndex = Array.FindIndex(Orders, o => o.By == Chart?.Order);
        Way.Data = (Geometry?)this.FindResource(Chart is { } chart && (chart.Order == RowOrder.Name) != chart.Turned ? "IconUp" : "IconDown");
        var picked = Chart?.Picked?.Row;
        Rows.SelectedItem = Rows.Items.OfType<ChartBar>().FirstOrDefault(b => ReferenceEquals(b.Row, picked));
        if (Rows.SelectedItem is { } shown && !ReferenceEquals(picked, led))
            Rows.ScrollIntoView(shown);
        led = picked;
        following = false;
    }
}
