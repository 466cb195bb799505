using Avalonia.Data;
using Avalonia.Data.Converters;
using Avalonia.Data.Core;
using Avalonia.Markup.Xaml;
using Avalonia.Markup.Xaml.MarkupExtensions;
using Avalonia.Markup.Xaml.MarkupExtensions.CompiledBindings;

namespace Breitband.Viewer.Desktop.Look;

/// <summary>A text of the window in both languages: <c>Text="{look:Say 'Karte', 'Map'}"</c>.</summary>
public sealed class Say(string de, string en) : MarkupExtension
{
    /// <summary>Bound without reflection: a window has a hundred of these, all made before it is seen.</summary>
    static readonly CompiledBindingPath Path = new CompiledBindingPathBuilder()
        .Property(new ClrPropertyInfo(nameof(Tongue.Language), tongue => ((Tongue)tongue).Language, null, typeof(Language)), PropertyInfoAccessorFactory.CreateInpcPropertyAccessor).Build();

    public override object ProvideValue(IServiceProvider serviceProvider) => Spoken();

    /// <summary>For a control made in code.</summary>
    public IBinding Spoken() =>
        new CompiledBindingExtension(Path) { Source = Tongue.Current, Mode = BindingMode.OneWay, Converter = new FuncValueConverter<Language, string>(l => new Phrase(de, en).In(l)) };
}
