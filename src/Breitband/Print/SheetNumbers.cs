namespace Breitband.Print;

/// <summary>
/// The pages of a document of several sheets are numbered through; how many there are is known when all are laid out, before any is drawn.
/// </summary>
sealed class SheetNumbers(int before)
{
    /// <summary>Pages of the document in front of this sheet.</summary>
    public int Before => before;

    public int Total { get; set; }
}
