using Avalonia.Controls;
using Avalonia.Input;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Asks what to open while nothing is.</summary>
sealed partial class StartPane : UserControl
{
    public StartPane()
    {
        InitializeComponent();
        OpenFile.Click += (_, _) => Asked?.Invoke();
        OpenAddress.Click += (_, _) => Connect();
        Address.KeyDown += Typed;
        Secret.KeyDown += Typed;
    }

    void Connect() => Opened?.Invoke(Address.Text ?? "", Secret.Text);

    void Typed(object? sender, KeyEventArgs e)
    {
        if (e.Key != Key.Return)
            return;
        Connect();
        e.Handled = true;
    }

    /// <summary>What is typed next is where to go; the button for files is a Shift+Tab away.</summary>
    public void Ask() => Avalonia.Threading.Dispatcher.UIThread.Post(() =>
    {
        Address.Focus(NavigationMethod.Tab);
        Address.SelectAll();
    });

    /// <summary>A file is to be picked.</summary>
    public event Action? Asked;

    public event Action<string, string?>? Opened;

    public void Say(string fault, bool busy)
    {
        Fault.Text = fault;
        Fault.Classes.Set("alarm", !busy);
        Busy.IsVisible = busy;
    }

    /// <summary>What is being opened stands in the field: what fails or is stopped need not be typed again.</summary>
    public void Keep(string where) => Address.Text = where;

    /// <summary>The service wants a key, or another one.</summary>
    public void AskKey(string where)
    {
        (Address.Text, Secret.Text) = (where, "");
        Secret.Focus();
    }

    public void Recent(Remembered remembered, Action<string> open)
    {
        void Fill()
        {
            RecentHead.IsVisible = remembered.Recent.Count > 0;
            Places.Children.Clear();
            Places.Children.AddRange(remembered.Recent.Select(place => Line(remembered, place, open)));
        }
        remembered.Recent.CollectionChanged += (_, _) => Fill();
        Fill();
    }

    static DockPanel Line(Remembered remembered, string place, Action<string> open)
    {
        var link = new Button { Classes = { "link" }, Content = new TextBlock { Text = place, TextTrimming = Avalonia.Media.TextTrimming.PrefixCharacterEllipsis } };
        link.Click += (_, _) => open(place);
        var forget = new Button { Classes = { "icon" }, Content = "×" };
        Avalonia.Automation.AutomationProperties.SetName(forget, Tongue.Of($"{place} aus der Liste nehmen", $"Take {place} off the list"));
        forget.Click += (_, _) => remembered.Forget(place);
        DockPanel.SetDock(forget, Dock.Right);
        return new() { Children = { forget, link } };
    }
}
