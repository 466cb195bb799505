using System.Runtime.InteropServices;
using System.Text;
using Avalonia.Controls;
using Avalonia.Threading;

namespace Breitband.Viewer.Desktop.Drops;

/// <summary>
/// Files dropped on the window under X11, of which the window system's library (Avalonia 11.3) hears nothing: the window names a small one of ours as its
/// proxy (XDND, version 5), and programs that drag files speak to that one. It listens on a thread of its own, which waits and costs nothing.
/// </summary>
sealed class X11Drops
{
    /// <summary>The version of XDND spoken, and the first in which a drop says when it was.</summary>
    const nint Version = 5, FirstVersion = 3;

    /// <summary>Kinds of events, and what of them is heard unasked.</summary>
    const int Destroyed = 17, Written = 28, Selected = 31, Told = 33, New = 0;
    const nint ItsEnd = 1 << 17, ItsProperties = 1 << 22;

    /// <summary>An event as the library lays it out: words of the machine, of which each kind has its own use.</summary>
    readonly nint[] heard = new nint[24];

    readonly X11 server;
    readonly nint window, proxy, files, selection, copy, status, finished, types, piecewise;
    readonly Dictionary<nint, Action> answers;
    readonly Action<IReadOnlyList<string>> take;

    /// <summary>Who drags, over which window, whether there are files in it and whether they are on their way: there is one pointer, so one drag at a time.</summary>
    nint source, target;
    bool wanted, coming;

    /// <summary>What has come of a list too long for one answer; null while none comes.</summary>
    List<byte>? pieces;

    X11Drops(X11 server, nint window, Action<IReadOnlyList<string>> take)
    {
        (this.server, this.window, this.take, proxy) = (server, window, take, server.Window());
        (files, selection, copy) = (server.Atom("text/uri-list"), server.Atom("XdndSelection"), server.Atom("XdndActionCopy"));
        (status, finished, types, piecewise) = (server.Atom("XdndStatus"), server.Atom("XdndFinished"), server.Atom("XdndTypeList"), server.Atom("INCR"));
        answers = new()
        {
            [server.Atom("XdndEnter")] = Enter,
            [server.Atom("XdndPosition")] = Hover,
            [server.Atom("XdndLeave")] = Leave,
            [server.Atom("XdndDrop")] = Drop,
        };
    }

    /// <summary>Until the window is gone. Where its system is another than X11, nothing happens.</summary>
    /// <param name="take">On the window's thread: the files and folders; none if what was dropped is no file here.</param>
    public static void On(TopLevel window, Action<IReadOnlyList<string>> take)
    {
        if (window.TryGetPlatformHandle() is not { HandleDescriptor: "XID", Handle: var id })
            return;
        new Thread(() =>
        {
            using var server = X11.Connect();
            if (server is not null)
                new X11Drops(server, id, paths => Dispatcher.UIThread.Post(() => take(paths))).Listen();
        })
        { IsBackground = true, Name = "Drops" }.Start();
    }

    void Listen()
    {
        server.Hear(proxy, ItsProperties);
        server.Hear(window, ItsEnd);
        foreach (var told in new[] { proxy, window }) // the proxy first: one that does not name itself is taken for what a crash left behind
        {
            server.Write(told, server.Atom("XdndProxy"), X11.Windows, proxy);
            server.Write(told, server.Atom("XdndAware"), X11.Atoms, Version);
        }
        do
        {
            server.Next(heard);
            Answer();
        }
        while (Kind != Destroyed || heard[5] != window);
    }

    int Kind => (int)heard[0];

    /// <summary>The five words of a message.</summary>
    ReadOnlySpan<nint> Said => heard.AsSpan(7, 5);

    void Answer()
    {
        if (Kind == Told && answers.GetValueOrDefault(heard[5]) is { } answer)
            answer();
        else if (Kind == Selected && coming)
            Receive(given: heard[7] != 0);
        else if (Kind == Written && pieces is not null && heard[5] == selection && (int)heard[7] == New)
            Gather(pieces);
    }

    void Enter()
    {
        Leave();
        var version = Said[1] >> 24 & 0xff;
        if (version is < FirstVersion or > Version)
            return;
        (source, target) = (Said[0], heard[4]);
        wanted = (Said[1] & 1) == 0 ? Said[2..].Contains(files) : MemoryMarshal.Cast<byte, nint>(server.Read(source, types).Content).Contains(files);
    }

    void Leave() => (source, wanted, coming, pieces) = (0, false, false, null);

    /// <summary>Every move is answered, or the source would wait for it; the pointer over the window then shows whether what it drags is taken.</summary>
    void Hover()
    {
        if (Said[0] == source)
            Reply(status, wanted ? 1 : 0, 0, 0, wanted ? copy : 0);
    }

    void Drop()
    {
        if (Said[0] != source)
            return;
        coming = wanted;
        if (wanted)
            server.Ask(selection, files, selection, proxy, Said[2]);
        else
            End(taken: false);
    }

    void Receive(bool given)
    {
        coming = false;
        var (type, content) = given ? server.Read(proxy, selection, taken: true) : (0, []);
        if (type == piecewise)
            pieces = [];
        else
            Finish(content);
    }

    /// <summary>The next piece is written once this one is taken; an empty one is the end.</summary>
    void Gather(List<byte> begun)
    {
        var (_, piece) = server.Read(proxy, selection, taken: true);
        begun.AddRange(piece);
        if (piece.Length == 0)
            Finish([.. begun]);
    }

    /// <summary>Whether a file is there is found out here: a disk far away holds up nobody but who dragged it from there.</summary>
    void Finish(byte[] content)
    {
        var named = DroppedFiles.Named(Encoding.UTF8.GetString(content).TrimEnd('\0'));
        End(taken: named.Count > 0);
        take(named);
    }

    void End(bool taken)
    {
        Reply(finished, taken ? 1 : 0, taken ? copy : 0, 0, 0);
        Leave();
    }

    void Reply(nint message, nint first, nint second, nint third, nint fourth) => server.Send(source, message, [target, first, second, third, fourth]);
}
