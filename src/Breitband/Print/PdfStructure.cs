namespace Breitband.Print;

/// <summary>A part of the sheet in the tree that screen readers walk: its children are parts and marked pieces of pages.</summary>
sealed class PdfElement(Tag? tag, PdfElement? parent)
{
    public Tag? Tag => tag;

    public PdfElement? Parent => parent;

    public List<(PdfElement? Part, int Page, int Mark)> Children { get; } = [];

    /// <summary>Number of its object.</summary>
    public int Id { get; set; }
}

/// <summary>The logical structure of all pages (ISO 32000-1, 14.7).</summary>
sealed class PdfStructure
{
    readonly Dictionary<Tag, PdfElement> elements = [];
    readonly List<PdfElement> ordered = [];
    readonly List<List<PdfElement>> marks = [];

    public PdfElement Root { get; } = new(null, null);

    /// <summary>Every part but the root, parents before children.</summary>
    public IReadOnlyList<PdfElement> Elements => ordered;

    /// <summary>Whose each marked piece of a page is.</summary>
    public IReadOnlyList<PdfElement> Marks(int page) => page < marks.Count ? marks[page] : [];

    public PdfElement Element(Tag tag, PdfElement parent)
    {
        if (elements.TryGetValue(tag, out var known))
            return known;
        var element = elements[tag] = new(tag, parent);
        parent.Children.Add((element, 0, 0));
        ordered.Add(element);
        return element;
    }

    /// <summary>A new marked piece of a page; returns its number there.</summary>
    public int Mark(PdfElement element, int page)
    {
        while (marks.Count <= page)
            marks.Add([]);
        marks[page].Add(element);
        element.Children.Add((null, page, marks[page].Count - 1));
        return marks[page].Count - 1;
    }
}
