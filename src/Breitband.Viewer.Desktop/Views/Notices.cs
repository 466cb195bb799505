using Avalonia;
using Avalonia.Controls;
using Avalonia.Media;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>What went wrong or was done, on the map's upper edge: it covers nothing that is being read, waits for no answer and goes when closed.</summary>
sealed class Notices : StackPanel
{
    const int Most = 4;

    /// <summary>Of a message's text before it scrolls, pixels.</summary>
    const double Highest = 160;

    public Notices() => (Spacing, MaxWidth, Margin, VerticalAlignment) = (6, 460, new Thickness(12, 12, 12, 0), Avalonia.Layout.VerticalAlignment.Top);

    /// <param name="remedy">What to press, and what it does; null where the text says all.</param>
    /// <param name="takesFocus">The user is asked whether something may be lost: what has the keyboard is the answer that keeps it, for keys meant for something else end here.</param>
    public void Show(string text, bool fault = true, (string Label, Action Run)? remedy = null, bool takesFocus = false)
    {
        var notice = new Border { Classes = { "card" }, Padding = new(12, 8), BorderBrush = Brush(fault ? "Alarm" : "Good") };
        var close = new Button { Classes = { "icon" }, Content = new PathIcon { Data = (Geometry?)this.FindResource("IconClose"), Width = 10, Height = 10 }, VerticalAlignment = Avalonia.Layout.VerticalAlignment.Top };
        Avalonia.Automation.AutomationProperties.SetName(close, Tongue.Of("Meldung schließen", "Close the message"));
        close.Click += (_, _) => Take(notice);
        var words = new StackPanel { Spacing = 6, Children = { new ScrollViewer { MaxHeight = Highest, Content = new SelectableTextBlock { Text = text, TextWrapping = TextWrapping.Wrap } } } };
        var stay = takesFocus ? Press((Tongue.Of("Weiter bearbeiten", "Go on editing"), () => { }), notice) : null;
        var answer = remedy is { } way ? Press(way, notice) : null;
        if (new[] { stay, answer }.OfType<Button>().ToList() is { Count: > 0 } answers)
        {
            var line = new WrapPanel { ItemSpacing = 8 };
            line.Children.AddRange(answers);
            words.Children.Add(line);
        }
        DockPanel.SetDock(close, Dock.Right);
        notice.Child = new DockPanel { Children = { close, words } };
        Take(text); // said once, however often it happens
        Past(n => fault || n.Remedy is null || n.Remedy == remedy?.Label);
        notice.Tag = new Said(text, fault, remedy?.Label);
        Avalonia.Automation.AutomationProperties.SetLiveSetting(notice, Avalonia.Automation.AutomationLiveSetting.Polite);
        Children.Add(notice);
        while (Children.Count > Most)
            Children.RemoveAt(0);
        if (stay is null)
            return;
        before = TopLevel.GetTopLevel(this)?.FocusManager?.GetFocusedElement();
        stay.Focus(Avalonia.Input.NavigationMethod.Tab);
    }

    /// <summary>What had the keyboard before a question took it.</summary>
    Avalonia.Input.IInputElement? before;

    /// <summary>A message was taken away, perhaps with the keyboard in it.</summary>
    public event Action? Gone;

    void Take(Control notice)
    {
        if (notice.IsKeyboardFocusWithin)
            before?.Focus();
        Children.Remove(notice);
        Gone?.Invoke();
    }

    /// <summary>What was said is past.</summary>
    public void Take(string text)
    {
        foreach (var same in Children.OfType<Border>().Where(b => b.Tag is Said said && said.Text == text).ToList())
            Take(same);
    }

    /// <summary>What was done is past: something else is being done, or has gone wrong.</summary>
    public void Past() => Past(_ => true);

    void Past(Func<Said, bool> which)
    {
        foreach (var done in Children.OfType<Border>().Where(b => b.Tag is Said { Fault: false } said && which(said)).ToList())
            Take(done);
    }

    sealed record Said(string Text, bool Fault, string? Remedy);

    /// <summary>Takes the newest away; false when there is none.</summary>
    public bool CloseNewest()
    {
        if (Children.Count == 0)
            return false;
        Take(Children[^1]);
        return true;
    }

    Button Press((string Label, Action Run) way, Border notice)
    {
        var button = new Button { Content = way.Label };
        button.Click += (_, _) =>
        {
            Take(notice);
            way.Run();
        };
        return button;
    }

    IBrush? Brush(string name) => this.TryFindResource(name, ActualThemeVariant, out var found) ? found as IBrush : null;
}
