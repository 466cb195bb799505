using Avalonia.Input;

namespace Breitband.Viewer.Desktop.Views;

/// <summary>A key and what it does: the window obeys this list, the menu and the help are made from it.</summary>
/// <param name="Typing">Whether it also holds while a text field has the keyboard: not what a field knows itself, as letters, arrows to select, Ctrl+V and Ctrl+Z.</param>
sealed record Shortcut(KeyGesture Gesture, Phrase Does, Action Run, bool Typing = false)
{
    public static Shortcut On(Key key, string de, string en, Action run, KeyModifiers with = KeyModifiers.None) =>
        new(new KeyGesture(key, with), new(de, en), run, key is >= Key.F1 and <= Key.F12 or Key.Escape || with == KeyModifiers.Control && key is >= Key.A and < Key.Z and not Key.V);

    public static Shortcut Control(Key key, string de, string en, Action run) => On(key, de, en, run, KeyModifiers.Control);

    /// <summary>Whether this key was pressed; on many a keyboard „+“ is the upper half of another.</summary>
    public bool Is(KeyEventArgs e) => Gesture.Matches(e) || Gesture.Key == Key.OemPlus && e is { KeyModifiers: KeyModifiers.Shift, KeySymbol: "+" };

    /// <summary>As printed on the keyboard: „Strg+P“.</summary>
    public string Name(Language language)
    {
        var control = Gesture.KeyModifiers.HasFlag(KeyModifiers.Control) ? new Phrase("Strg+", "Ctrl+").In(language) : "";
        var shift = Gesture.KeyModifiers.HasFlag(KeyModifiers.Shift) && Gesture.Key != Key.OemPlus ? new Phrase("Umschalt+", "Shift+").In(language) : "";
        var alt = Gesture.KeyModifiers.HasFlag(KeyModifiers.Alt) ? "Alt+" : "";
        return control + alt + shift + Cap().In(language);
    }

    static Phrase Same(string cap) => new(cap, cap);

    Phrase Cap() => Gesture.Key switch
    {
        Key.OemPlus or Key.Add => new("+", "+"),
        Key.OemMinus or Key.Subtract => new("−", "−"),
        Key.Left => new("←", "←"),
        Key.Right => new("→", "→"),
        Key.Up => new("↑", "↑"),
        Key.Down => new("↓", "↓"),
        Key.Escape => new("Esc", "Esc"),
        Key.PageUp => new("Bild ↑", "PgUp"),
        Key.PageDown => new("Bild ↓", "PgDn"),
        Key.Home => new("Pos1", "Home"),
        Key.Delete => new("Entf", "Del"),
        Key.Return => new("Eingabe", "Enter"),
        >= Key.D0 and <= Key.D9 => Same($"{(int)Gesture.Key - (int)Key.D0}"),
        var other => Same(other.ToString()),
    };
}
