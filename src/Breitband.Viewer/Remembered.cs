using System.Collections.ObjectModel;
using Breitband.Viewer.Map;

namespace Breitband.Viewer;

/// <summary>A view of the map, metres of the web's projection.</summary>
public sealed record Bookmark(string Name, double X, double Y, double Resolution);

/// <summary>What a planner comes back to: projects opened lately, the newest first, and views of the map by name.</summary>
public sealed class Remembered(IEnumerable<string> recent, IEnumerable<Bookmark> bookmarks)
{
    /// <summary>What a start card shows without scrolling.</summary>
    const int Most = 8;

    /// <summary>To be written down.</summary>
    public event Action? Changed;

    public ObservableCollection<string> Recent { get; } = [.. recent.Take(Most)];

    public ObservableCollection<Bookmark> Bookmarks { get; } = [.. bookmarks];

    /// <param name="where">An address, or a file, which is remembered wherever the program is started from next time.</param>
    public void Opened(string where)
    {
        where = File.Exists(where) ? Path.GetFullPath(where) : where;
        Recent.Remove(where);
        Recent.Insert(0, where);
        while (Recent.Count > Most)
            Recent.RemoveAt(Most);
        Changed?.Invoke();
    }

    public void Forget(string where)
    {
        if (Recent.Remove(where))
            Changed?.Invoke();
    }

    /// <summary>One of the same name is replaced.</summary>
    public void Keep(string name, MapPose pose)
    {
        var mark = new Bookmark(name, pose.X, pose.Y, pose.Resolution);
        if (Bookmarks.FirstOrDefault(b => b.Name == name) is { } same)
            Bookmarks[Bookmarks.IndexOf(same)] = mark;
        else
            Bookmarks.Add(mark);
        Changed?.Invoke();
    }

    public void Forget(Bookmark mark)
    {
        if (Bookmarks.Remove(mark))
            Changed?.Invoke();
    }
}
