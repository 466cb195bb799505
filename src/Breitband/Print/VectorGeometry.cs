namespace Breitband.Print;

/// <summary>Walks the commands of a feature's geometry (Mapbox Vector Tile 2.1, 4.3), part by part.</summary>
ref struct VectorGeometry(in VectorFeature feature)
{
    readonly VectorShape shape = feature.Shape;
    ProtobufReader commands = new(feature.Geometry.Span);
    int x, y;

    /// <summary>The next line or ring (not closed by a repeated corner), or the next points; false at the end.</summary>
    /// <exception cref="InvalidDataException">Commands that make no geometry.</exception>
    public bool Next(List<(int X, int Y)> corners)
    {
        corners.Clear();
        // The format lets readers pass over shapes they do not know.
        if (shape == VectorShape.Unknown || commands.AtEnd)
            return false;
        var count = Command(1);
        if (count == 0 || shape != VectorShape.Point && count != 1)
            throw new InvalidDataException($"a part begins with {count} places");
        Moves(count, corners);
        if (shape == VectorShape.Point)
            return true;
        if (commands.AtEnd)
            throw new InvalidDataException("a part has one corner only");
        Moves(Command(2), corners);
        if (shape == VectorShape.Area && Command(7) != 1)
            throw new InvalidDataException("a ring is closed more than once");
        return true;
    }

    int Command(int wanted)
    {
        var command = commands.Whole();
        return (command & 7) == wanted ? (int)(command >> 3) : throw new InvalidDataException($"command {command & 7} stands where {wanted} is due");
    }

    void Moves(int count, List<(int X, int Y)> corners)
    {
        for (; count > 0; count--)
        {
            x = unchecked(x + Turned(commands.Whole()));
            y = unchecked(y + Turned(commands.Whole()));
            corners.Add((x, y));
        }
    }

    static int Turned(uint zigzag) => (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
}
