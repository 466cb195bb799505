using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Every municipality with its four parts; the heads sort, a line leads to it on the map.</summary>
sealed partial class MunicipalitiesPane : UserControl
{
    public MunicipalitiesPane()
    {
        InitializeComponent();
        ByName.Click += (_, _) => Desk?.Sort(m => Formats.SortKey(m.Name));
        ByOpen.Click += (_, _) => Desk?.Sort(m => -m.Figures.Open);
        ByShare.Click += (_, _) => Desk?.Sort(m => -m.Figures.OpenShare);
    }

    DeskModel? Desk => DataContext as DeskModel;
}
