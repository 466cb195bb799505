using Avalonia.Controls;
using Avalonia.Input;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>Project, search, question and tools.</summary>
sealed partial class TopBar : UserControl
{
    public TopBar()
    {
        InitializeComponent();
        Search.AsyncPopulator = (text, _) => Task.FromResult(Suggestions(text ?? "").Cast<object>());
        Search.KeyDown += (_, e) =>
        {
            if (e.Key == Key.Return && Search.Text is { Length: > 0 } text)
                Searched?.Invoke(text);
        };
    }

    public event Action<string>? Searched;

    public Func<string, IEnumerable<string>> Suggestions { get; set; } = _ => [];
}
