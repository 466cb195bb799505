namespace Breitband.Service.Features;

/// <summary>
/// A box in longitude and latitude, in units of 1e-7 degrees (a centimetre): what the standard's default system needs, and whole numbers, so
/// that an edge two neighbours share is the same number in both. Empty when a minimum exceeds its maximum.
/// </summary>
readonly record struct Box(int MinX, int MinY, int MaxX, int MaxY)
{
    public const double Unit = 1e7;

    public static readonly Box Empty = new(int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);

    public bool IsEmpty => MinX > MaxX;

    public bool Intersects(Box other) => MinX <= other.MaxX && MaxX >= other.MinX && MinY <= other.MaxY && MaxY >= other.MinY;

    /// <summary>False for an empty one: a feature without a place lies nowhere.</summary>
    public bool Within(Box other) => !IsEmpty && MinX >= other.MinX && MaxX <= other.MaxX && MinY >= other.MinY && MaxY <= other.MaxY;

    public bool Contains(int x, int y) => x >= MinX && x <= MaxX && y >= MinY && y <= MaxY;

    public Box And(Box other) => new(Math.Min(MinX, other.MinX), Math.Min(MinY, other.MinY), Math.Max(MaxX, other.MaxX), Math.Max(MaxY, other.MaxY));

    public Box And(int x, int y) => new(Math.Min(MinX, x), Math.Min(MinY, y), Math.Max(MaxX, x), Math.Max(MaxY, y));

    /// <summary>Rounded outwards, so that nothing on the edge is missed.</summary>
    public static Box OfDegrees(double minX, double minY, double maxX, double maxY) =>
        new(Down(minX), Down(minY), Up(maxX), Up(maxY));

    static int Down(double degrees) => (int)Math.Clamp(Math.Floor(degrees * Unit), int.MinValue + 1d, int.MaxValue - 1d);

    static int Up(double degrees) => (int)Math.Clamp(Math.Ceiling(degrees * Unit), int.MinValue + 1d, int.MaxValue - 1d);
}
