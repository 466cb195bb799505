using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>Sheets of what is on the desk: by its threshold, basis and edition, and the map as it is looked at.</summary>
public sealed partial class DeskModel
{
    static readonly Func<double, double, (double X, double Y)> ToDegrees = Crs.Transform(Crs.WebMercator, Crs.Geographic);

    /// <param name="looked">The part of the map that is looked at, metres of the web's projection.</param>
    public PrintModel Printing(Envelope looked)
    {
        var ((west, south), (east, north)) = (ToDegrees(looked.MinX, looked.MinY), ToDegrees(looked.MaxX, looked.MaxY));
        var without = CanTry ? Measures.Where(m => !m.Chosen).Select(m => Uri.EscapeDataString(m.Key)) : [];
        var layers = Layers.Where(l => l.Visible).SelectMany(l => l.Groups);
        List<string> map = [FormattableString.Invariant($"bbox={west:0.000000},{south:0.000000},{east:0.000000},{north:0.000000}"), $"layers={string.Join(',', layers)}"];
        if (without.Any())
            map.Add($"without={Uri.EscapeDataString(string.Join(',', without))}");
        return new(Project!.Service, Municipalities, Municipality, new(Rule == stored ? "" : Rule.Query, string.Join('&', map)));
    }
}
