using Avalonia.Styling;

namespace Breitband.Viewer.Desktop.Look;

/// <summary>The looks the window can have beside the normal one.</summary>
public static class Variants
{
    /// <summary>Black on white with hard edges, for weak eyes and for projectors in bright rooms.</summary>
    public static ThemeVariant HighContrast { get; } = new("HighContrast", ThemeVariant.Light);
}
