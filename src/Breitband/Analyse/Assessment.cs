namespace Breitband.Analyse;

/// <summary>Which evidence decided.</summary>
public enum EvidenceSource : byte { None, AddressAnswer, Area, Cells, MunicipalShares }

/// <summary>
/// What the evidence says of one demand, as fractions of it. What is neither served nor unserved is unclear; of that, the last three say how
/// much has no evidence at all, and the rest lies between published classes.
/// </summary>
public readonly record struct Assessment(EvidenceSource Source, double Served, double Unserved, double NoAtlasData = 0, double NoAnswer = 0, double NoFigure = 0)
{
    public static Assessment Of(EvidenceSource source, Verdict verdict) =>
        new(source, verdict == Verdict.Served ? 1 : 0, verdict == Verdict.Unserved ? 1 : 0);

    /// <summary>Splits a count. Rounded parts give way so that the four add up to the count exactly.</summary>
    public Split Apply(long units, bool planned)
    {
        var served = (long)Math.Round(units * Served);
        var unserved = Math.Min((long)Math.Round(units * Unserved), units - served);
        var open = units - served;
        return planned ? new(served, 0, open, 0) : new(served, open - unserved, 0, unserved);
    }

    /// <summary>The reasons of an unclear count; their sum is the count.</summary>
    public UnclearCounts Reasons(long units, long unclear)
    {
        var noAtlas = Math.Min((long)Math.Round(units * NoAtlasData), unclear);
        var noAnswer = Math.Min((long)Math.Round(units * NoAnswer), unclear - noAtlas);
        var noFigure = Math.Min((long)Math.Round(units * NoFigure), unclear - noAtlas - noAnswer);
        return new(unclear - noAtlas - noAnswer - noFigure, noAtlas, noAnswer, noFigure);
    }
}
