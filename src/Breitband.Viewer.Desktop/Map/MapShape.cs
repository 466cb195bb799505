using NetTopologySuite.Geometries;

namespace Breitband.Viewer.Desktop.Map;

/// <summary>How a shape of the feature layer looks. Colours are <c>#rrggbb</c>, widths pixels.</summary>
/// <param name="Fill">Null for a hollow shape.</param>
/// <param name="FillOpacity">0 to 1.</param>
sealed record ShapeLook(string? Fill, string Line, double Width, double FillOpacity = 1, bool Dashed = false);

/// <summary>What changes under the hand (selection, what-if, drawing): a geometry in metres of the web's projection and its look.</summary>
/// <param name="Handle">A corner that can be taken hold of, drawn as a dot of fixed size.</param>
sealed record MapShape(Geometry Geometry, ShapeLook Look, bool Handle = false)
{
    /// <summary>A shape from a geometry as the store holds it.</summary>
    public static MapShape Of(Geometry stored, ShapeLook look) => new(Crs.Transform(stored, Crs.Stored, Crs.WebMercator), look);
}
