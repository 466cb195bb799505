using Avalonia.Controls;
using Avalonia.Input;
using Avalonia.VisualTree;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Project, search, question and tools.</summary>
sealed partial class TopBar : UserControl
{
    public TopBar()
    {
        InitializeComponent();
        Search.AsyncPopulator = async (text, cancelled) => (await Suggestions(text ?? "", cancelled)).Cast<object>();
        // The list takes Return for itself while it is open, so it is heard on its way down.
        Search.AddHandler(KeyDownEvent, (_, e) =>
        {
            if (e.Key == Key.Return)
                Ask();
        }, Avalonia.Interactivity.RoutingStrategies.Tunnel);
        Search.DropDownClosed += (_, _) =>
        {
            if (Search.SelectedItem is string chosen && chosen == Search.Text && chosen != asked)
                Ask();
        };
    }

    /// <summary>The keyboard goes into the field, and what stands there is replaced by what is typed.</summary>
    public void Seek()
    {
        if (Search.GetVisualDescendants().OfType<TextBox>().FirstOrDefault() is not { } field)
            return;
        field.Focus(NavigationMethod.Tab);
        field.SelectAll();
    }

    /// <summary>Pixels. Of fields and tools at their widest, and of a name that still says something.</summary>
    const double Rest = 1190, Shortest = 100;

    /// <summary>The name of what is open stands in the window's title, too.</summary>
    protected override Avalonia.Size MeasureOverride(Avalonia.Size availableSize)
    {
        Words.MaxWidth = Math.Clamp(availableSize.Width - Rest, Shortest, 240);
        Words.IsVisible = availableSize.Width >= Rest - Shortest;
        return base.MeasureOverride(availableSize);
    }

    public event Action<string>? Searched;

    string asked = "";

    void Ask()
    {
        if (Search.Text is not { Length: > 0 } text)
            return;
        asked = text; // closing the list says it again
        Search.IsDropDownOpen = false;
        Searched?.Invoke(text);
    }

    public Func<string, CancellationToken, Task<IReadOnlyList<string>>> Suggestions { get; set; } = (_, _) => Task.FromResult<IReadOnlyList<string>>([]);
}
