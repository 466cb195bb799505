namespace Breitband;

/// <summary>One change of one measure by a person.</summary>
/// <param name="Expected">The version the person saw, 0 for a measure that does not exist yet; another one is refused, so that nobody overwrites what they have not seen.</param>
/// <param name="Record">The whole record after the change, values in the order of <see cref="Layer.Measures"/>; null deletes the measure and keeps its history.</param>
/// <param name="Who">Stands in the history.</param>
public sealed record MeasureEdit(string Key, int Expected, Row? Record, string Who);
