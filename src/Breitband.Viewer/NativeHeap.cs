using System.Runtime.InteropServices;

namespace Breitband.Viewer;

/// <summary>Memory outside the collector's: the C library of Linux keeps what was given back to it, some hundred megabytes after a county was read, unless it is told.</summary>
public static class NativeHeap
{
    /// <summary>M_ARENA_MAX of glibc's malloc.h.</summary>
    const int Arenas = -8;

    /// <summary>To be called before the first thread: else every thread has a heap of its own, and each keeps what it once needed.</summary>
    public static void Share() => Ask(() => Option(Arenas, 2));

    public static void GiveBack() => Ask(() => Trim(0));

    static void Ask(Func<int> what)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = what();
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return; // another C library
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Trim(nuint left);

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Option(int which, int value);
}
