namespace Breitband.Tiles;

/// <summary>Kinds of geometry as the tile format numbers them.</summary>
enum TileShape { Point = 1, Line = 2, Area = 3 }

/// <summary>One thing on the tiles.</summary>
/// <param name="Parts">
/// Points, lines or rings as x, y, x, y … in shares of the world (<see cref="TileAddress.World"/>). Rings are not closed by a repeated
/// corner; outer rings run clockwise on the screen, each followed by its holes, which run the other way.
/// </param>
/// <param name="Values">By the layer's fields; null where there is none.</param>
sealed record TileFeature(TileShape Shape, double[][] Parts, object?[] Values);

/// <summary>A layer of the tiles. Nothing is read before <paramref name="Features"/> is asked.</summary>
/// <param name="Fingerprint">Equal fingerprints mean equal features: what an update may leave alone.</param>
/// <param name="Features">The features on a band's tiles, and others, in drawing order.</param>
sealed record TileLayer(string Name, int First, IReadOnlyList<string> Fields, string Fingerprint, Func<TileBand, IEnumerable<TileFeature>> Features)
{
    public const int Last = 14;

    /// <summary>Whether its features come as fine as a zoom level shows them; otherwise each is thinned by itself.</summary>
    public bool Thinned { get; init; }

    /// <summary>What the licences of its datasets ask to be named.</summary>
    public string Attribution { get; init; } = "";
}
