using Avalonia.Controls;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Asks what to open while nothing is.</summary>
sealed partial class StartPane : UserControl
{
    public StartPane()
    {
        InitializeComponent();
        OpenFile.Click += (_, _) => Asked?.Invoke();
        OpenAddress.Click += (_, _) => Opened?.Invoke(Address.Text ?? "", Secret.Text);
    }

    /// <summary>A file is to be picked.</summary>
    public event Action? Asked;

    public event Action<string, string?>? Opened;

    public void Say(string fault, bool busy)
    {
        Fault.Text = fault;
        Busy.IsVisible = busy;
    }

    public void Recent(IReadOnlyList<string> places, Action<string> open)
    {
        RecentHead.IsVisible = places.Count > 0;
        Places.Children.Clear();
        foreach (var place in places)
        {
            var link = new Button { Classes = { "link" }, Content = new TextBlock { Text = place, TextTrimming = Avalonia.Media.TextTrimming.PrefixCharacterEllipsis } };
            link.Click += (_, _) => open(place);
            Places.Children.Add(link);
        }
    }
}
