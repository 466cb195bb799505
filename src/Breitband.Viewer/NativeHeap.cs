using System.Runtime.InteropServices;

namespace Breitband.Viewer;

/// <summary>Memory outside the collector's: the C library of Linux keeps what was given back to it, some hundred megabytes after a county was read, unless it is told.</summary>
static class NativeHeap
{
    public static void GiveBack()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return; // another C library
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Trim(nuint left);
}
