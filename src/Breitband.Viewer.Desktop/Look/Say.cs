using Avalonia.Data;
using Avalonia.Data.Converters;
using Avalonia.Markup.Xaml;

namespace Breitband.Viewer.Desktop.Look;

/// <summary>A text of the window in both languages: <c>Text="{look:Say 'Karte', 'Map'}"</c>.</summary>
public sealed class Say(string de, string en) : MarkupExtension
{
    public override object ProvideValue(IServiceProvider serviceProvider) =>
        new Binding(nameof(Tongue.Language)) { Source = Tongue.Current, Mode = BindingMode.OneWay, Converter = new FuncValueConverter<Language, string>(l => new Phrase(de, en).In(l)) };
}
