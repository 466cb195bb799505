using System.Text.Json;

namespace Breitband;

/// <summary>The shape of <c>tiles/legend.json</c>.</summary>
sealed record LegendFile(string Page, string Ink, string Muted, LegendFile.ShareEntry Share, LegendFile.SymbolEntry NoHouseholds, LegendFile.SymbolEntry MostlyUnclear,
    IReadOnlyList<LegendFile.SymbolEntry> Split, IReadOnlyList<LegendFile.SymbolEntry> Measures, LegendFile.SymbolEntry Circle, LegendFile.SymbolEntry Cluster,
    LegendFile.ShareEntry Change, IReadOnlyList<LegendFile.SymbolEntry> Changes,
    LegendFile.SymbolEntry Settlement, LegendFile.SymbolEntry Municipality, LegendFile.SymbolEntry County, LegendFile.SymbolEntry Address,
    LegendFile.SymbolEntry Facility, LegendFile.SymbolEntry Network, LegendFile.SymbolEntry Background,
    IReadOnlyList<LegendFile.SymbolEntry> Backgrounds, LegendFile.CellEntry Cells,
    IReadOnlyDictionary<string, int[]> Zoom)
{
    public Legend ToLegend() => new()
    {
        Page = Page,
        Ink = Ink,
        Muted = Muted,
        ShareLabel = new(Share.Label, Share.LabelEn),
        Shares = [.. Share.Classes.Select(c => c.ToClass())],
        NoHouseholds = NoHouseholds.ToSymbol(),
        MostlyUnclear = MostlyUnclear.ToClass(),
        Split = [.. Split.Select(s => s.ToSymbol())],
        Measures = [.. Measures.Select(m => new MeasureGroup(m.States ?? throw new JsonException($"{m.Key}: states"), m.ToSymbol()))],
        Circle = Circle.ToSymbol(),
        Cluster = Cluster.ToSymbol(),
        ChangeLabel = new(Change.Label, Change.LabelEn),
        ChangeClasses = [.. Change.Classes.Select(c => c.ToClass())],
        Changes = [.. Changes.Select(c => c.ToSymbol())],
        Settlement = Settlement.ToSymbol(),
        Municipality = Municipality.ToSymbol(),
        County = County.ToSymbol(),
        Address = Address.ToSymbol(),
        Facility = Facility.ToSymbol(),
        Network = Network.ToSymbol(),
        Background = Background.ToSymbol(),
        Backgrounds = [.. Backgrounds.Select(b => new BackgroundClass((int)(b.To ?? throw new JsonException($"{b.Key}: to")), b.ToSymbol()))],
        CellField = Layer.ShareField(Technologies.Parse(Cells.Technology) ?? throw new JsonException($"cells: technology {Cells.Technology}"), Cells.Mbit),
        CellLabel = new(Cells.Label, Cells.LabelEn),
        Zoom = Zoom.ToDictionary(z => z.Key, z => z.Value.Length == 2 ? (z.Value[0], z.Value[1]) : throw new JsonException($"zoom {z.Key}")),
    };

    internal sealed record ShareEntry(string Key, string Label, string LabelEn, IReadOnlyList<SymbolEntry> Classes);

    internal sealed record CellEntry(string Technology, int Mbit, string Label, string LabelEn);

    internal sealed record SymbolEntry(string Key, string Label, string LabelEn, string Outline, string? Fill = null, double Width = 0.2,
        IReadOnlyList<double>? Dash = null, Hatch? Hatch = null, double? From = null, double? To = null, IReadOnlyList<string>? States = null)
    {
        public ShareClass ToClass() => new(From ?? throw new JsonException($"{Key}: from"), To ?? throw new JsonException($"{Key}: to"), ToSymbol());

        public Symbol ToSymbol() => new(Key, Fill, Outline, Width, Dash, Hatch, new(Label, LabelEn));
    }
}
