using System.ComponentModel;

namespace Breitband.Viewer;

/// <summary>The language the window speaks; every text bound to it follows at once.</summary>
public sealed class Tongue : INotifyPropertyChanged
{
    Language language = Language.De;

    public static Tongue Current { get; } = new();

    public event PropertyChangedEventHandler? PropertyChanged;

    public Language Language
    {
        get => language;
        set
        {
            language = value;
            PropertyChanged?.Invoke(this, new(nameof(Language)));
        }
    }

    public static string Of(string de, string en) => new Phrase(de, en).In(Current.Language);
}
