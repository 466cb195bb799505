using System.ComponentModel;
using Avalonia.Data;
using Avalonia.Data.Converters;
using Avalonia.Markup.Xaml;

namespace Breitband.Viewer.Desktop.Look;

/// <summary>The language the window speaks; every text bound by <see cref="Say"/> follows it at once.</summary>
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

/// <summary>A text of the window in both languages: <c>Text="{look:Say 'Karte', 'Map'}"</c>.</summary>
public sealed class Say(string de, string en) : MarkupExtension
{
    public override object ProvideValue(IServiceProvider serviceProvider) =>
        new Binding(nameof(Tongue.Language)) { Source = Tongue.Current, Mode = BindingMode.OneWay, Converter = new FuncValueConverter<Language, string>(l => new Phrase(de, en).In(l)) };
}
