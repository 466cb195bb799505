namespace Breitband.Viewer.Desktop;

/// <summary>
/// Keeps the collector's standstills short while a county loads, of which nearly everything stays. Left alone, the collector lets its middle generation
/// grow to 5 MB and then moves it in one go of 20 ms; collected at this size, the same work comes in pieces. How large it may grow can otherwise be said
/// in the environment only, before the program starts.
/// </summary>
/// <remarks>After every collection the one that nobody holds is finalized, looks, and leaves another behind.</remarks>
sealed class ShortCollections
{
    const int Middle = 1;

    /// <summary>Bytes.</summary>
    const long Most = 600_000;

    ShortCollections()
    {
    }

    ~ShortCollections()
    {
        if (GC.GetGCMemoryInfo(GCKind.Ephemeral).GenerationInfo[Middle].SizeAfterBytes > Most)
            GC.Collect(Middle, GCCollectionMode.Forced, blocking: true, compacting: false);
        Begin();
    }

    public static void Begin() => _ = new ShortCollections();
}
