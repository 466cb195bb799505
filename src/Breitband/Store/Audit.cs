namespace Breitband.Store;

/// <summary>Who changes a store: a person at this machine, or somebody the service let in.</summary>
/// <param name="Role">Of his key; null at the command line.</param>
/// <param name="Origin">The address he came from; null at the command line.</param>
public sealed record Actor(string Name, string? Role = null, string? Origin = null)
{
    /// <summary>Whoever runs the program.</summary>
    public static readonly Actor Here = new(Environment.UserName);
}

/// <summary>One change of a store. Written in the transaction that made the change, and never rewritten.</summary>
/// <param name="Action">import, edition.live, analyse, copy, measure.create, measure.change, measure.delete</param>
/// <param name="Subject">What it was done to: a dataset and its edition, a run, a measure.</param>
public sealed record AuditEntry(DateTime At, string Who, string? Role, string? Origin, string Action, string Subject)
{
    internal static string SubjectOf(Edition edition) => FormattableString.Invariant($"{edition.Dataset} {edition.Number}, {Path.GetFileName(edition.File)}");
}
