using Avalonia.Data.Converters;

namespace Breitband.Viewer.Desktop.Look;

/// <summary>What a binding needs and the view models must not know: lengths and numbers of the window's own kind.</summary>
public static class Convert
{
    /// <summary>A chart's bar: the lengths of its pieces.</summary>
    public static FuncValueConverter<IReadOnlyList<ChartPart>?, IReadOnlyList<double>?> Lengths { get; } = new(parts => parts?.Select(p => p.Length).ToList());

    /// <summary>A chart's bar: how much of the chart's width it takes, 0 to 1.</summary>
    public static FuncValueConverter<IReadOnlyList<ChartPart>?, double> Span { get; } = new(parts => parts?.Sum(p => p.Length) ?? 0);

    /// <summary>0 to 1 as „Deckkraft 65 %“.</summary>
    public static FuncValueConverter<double, string> Percent { get; } = new(share => Tongue.Of("Deckkraft ", "Opacity ") + $"{share * 100:0} %");
}
