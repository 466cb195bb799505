namespace Breitband.Demo;

/// <summary>
/// Splitmix64 (Steele, Lea, Flood 2014): ours, so that the county is the same on every machine and with every version of the runtime.
/// </summary>
sealed class Chance(ulong seed)
{
    ulong state = seed;

    public static Chance Of(string text) => new(Hash(text));

    /// <summary>FNV-1a, finished by one round of the generator.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    public double Next() => (Mix(state += 0x9E3779B97F4A7C15UL) >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + (high - low) * Next();

    public int Below(int limit) => (int)(Next() * limit);

    /// <summary>Smooth noise in 0 to 1: values on a lattice of the given width in metres, blended between its corners.</summary>
    public static double Noise(double x, double y, double width, ulong salt)
    {
        var (u, v) = (x / width, y / width);
        var (i, j) = ((long)Math.Floor(u), (long)Math.Floor(v));
        var (s, t) = (Smooth(u - i), Smooth(v - j));
        double At(long a, long b) => (Mix((ulong)a * 0x9E3779B97F4A7C15UL ^ (ulong)b * 0xC2B2AE3D27D4EB4FUL ^ salt) >> 11) * (1.0 / (1UL << 53));
        return (At(i, j) * (1 - s) + At(i + 1, j) * s) * (1 - t) + (At(i, j + 1) * (1 - s) + At(i + 1, j + 1) * s) * t;
    }

    static double Smooth(double t) => t * t * (3 - 2 * t);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
