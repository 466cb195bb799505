using System.Runtime.InteropServices;

namespace Breitband.Viewer.Desktop.Drops;

/// <summary>
/// A connection to the X server of our own, for one thread: what is asked and answered on it never meets the window system library's. Faults of the
/// other programs (a window that is gone) come to that library's handler, which passes over them; here they are empty answers.
/// </summary>
sealed class X11 : IDisposable
{
    public const nint Atoms = 4, Windows = 33;

    const nint OfAnyType = 0;

    /// <summary>Four-byte words of one answer: longer lists come in pieces by themselves.</summary>
    const nint Most = 1 << 22;

    readonly nint display;

    X11(nint display) => this.display = display;

    /// <summary>Null where there is no X server, or no library to reach one.</summary>
    public static X11? Connect()
    {
        try
        {
            return XOpenDisplay(0) is not 0 and var display ? new(display) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    public void Dispose() => _ = XCloseDisplay(display);

    public nint Atom(string name) => XInternAtom(display, name, 0);

    /// <summary>A window nobody ever sees, to be spoken to.</summary>
    public nint Window() => XCreateSimpleWindow(display, XDefaultRootWindow(display), -1, -1, 1, 1, 0, 0, 0);

    /// <summary>Beside what other clients hear of the same window.</summary>
    public void Hear(nint window, nint events) => _ = XSelectInput(display, window, events);

    public void Write(nint window, nint property, nint type, nint value) => _ = XChangeProperty(display, window, property, type, 32, 0, [value], 1);

    /// <summary>A property's type and content, words of the machine or bytes; taken away as it is read if it is one of ours.</summary>
    public (nint Type, byte[] Content) Read(nint window, nint property, bool taken = false)
    {
        if (XGetWindowProperty(display, window, property, 0, Most, taken ? 1 : 0, OfAnyType, out var type, out var bits, out var count, out _, out var found) != 0 || found == 0)
            return (0, []);
        var content = new byte[count * (bits == 32 ? nint.Size : bits / 8)];
        Marshal.Copy(found, content, 0, content.Length);
        _ = XFree(found);
        return (type, content);
    }

    /// <summary>Asks the owner of a selection to write it into a property of a window of ours.</summary>
    public void Ask(nint selection, nint type, nint property, nint window, nint time) => _ = XConvertSelection(display, selection, type, property, window, time);

    /// <summary>A message to the client that made the window.</summary>
    public void Send(nint window, nint kind, nint[] five)
    {
        const nint message = 33, wide = 32;
        _ = XSendEvent(display, window, 0, 0, [message, 0, 0, display, window, kind, wide, .. five, .. new nint[12]]);
    }

    /// <summary>Waits for the next event; what was written and sent goes out before.</summary>
    public void Next(nint[] into) => _ = XNextEvent(display, into);

    const string Library = "libX11.so.6";

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint XOpenDisplay(nint name);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XCloseDisplay(nint display);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint XInternAtom(nint display, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int existing);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint XDefaultRootWindow(nint display);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint XCreateSimpleWindow(nint display, nint parent, int x, int y, int width, int height, int border, nint edge, nint ground);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XSelectInput(nint display, nint window, nint events);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XChangeProperty(nint display, nint window, nint property, nint type, int bits, int mode, nint[] values, int count);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XGetWindowProperty(nint display, nint window, nint property, nint from, nint most, int delete, nint wanted, out nint type, out int bits, out nint count, out nint left, out nint found);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XConvertSelection(nint display, nint selection, nint type, nint property, nint window, nint time);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XSendEvent(nint display, nint window, int propagate, nint mask, nint[] message);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XNextEvent(nint display, [Out] nint[] into);
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int XFree(nint memory);
}
