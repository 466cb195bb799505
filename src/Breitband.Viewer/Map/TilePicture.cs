namespace Breitband.Viewer.Map;

/// <summary>Makes the picture of a tile (PNG, JPEG, WebP or BMP); null where nothing is. Called by several threads at once.</summary>
public delegate Task<byte[]?> TilePicture(TileAddress tile);
