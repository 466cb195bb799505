using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Every municipality with its four parts; the heads sort, a line leads to it on the map. The same as a chart.</summary>
sealed partial class MunicipalitiesPane : UserControl
{
    public MunicipalitiesPane()
    {
        InitializeComponent();
        Unrolling.Of(Rows);
        DataContextChanged += (_, _) =>
        {
            if (Desk is { } desk && Chart.DataContext is not MunicipalityChart)
                Chart.DataContext = new MunicipalityChart(desk);
        };
        ByName.Click += (_, _) => Desk?.Sort(m => Formats.SortKey(m.Name));
        ByOpen.Click += (_, _) => Desk?.Sort(m => -m.Figures.Open);
        ByShare.Click += (_, _) => Desk?.Sort(m => -m.Figures.OpenShare);
    }

    DeskModel? Desk => DataContext as DeskModel;
}
