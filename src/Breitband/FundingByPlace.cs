namespace Breitband;

/// <summary>What the register says of public money for a place, euro.</summary>
/// <param name="Applied">Bund and Land, asked for and not yet granted in final amount.</param>
/// <param name="Granted">Bund and Land, by a final decision.</param>
/// <param name="Own">The county's own share of both.</param>
/// <param name="Cost">Costs of the same measures.</param>
public sealed record PlaceFunding(double Applied, double Granted, double Own, double Cost)
{
    public static PlaceFunding operator +(PlaceFunding a, PlaceFunding b) => new(a.Applied + b.Applied, a.Granted + b.Granted, a.Own + b.Own, a.Cost + b.Cost);

    public static PlaceFunding Add(PlaceFunding left, PlaceFunding right) => left + right;

    internal PlaceFunding Part(double share) => new(share * Applied, share * Granted, share * Own, share * Cost);
}

/// <summary>
/// Funding by municipality, Amt and county. A measure in several municipalities is divided as the households it reaches are; one that reaches
/// nobody stands in the county's sum only. Ideas, refused and withdrawn measures and promises without public money are left out.
/// </summary>
public sealed class FundingByPlace
{
    static readonly string[] Asking = ["application_filed", "decision_preliminary", "selection"];

    readonly Dictionary<string, PlaceFunding> municipalities = new(StringComparer.Ordinal);
    readonly Func<string, string?> amtOf;
    PlaceFunding? county;

    FundingByPlace(Func<string, string?> amtOf) => this.amtOf = amtOf;

    /// <param name="amtOf">The Amt of a municipality by its AGS.</param>
    public static FundingByPlace Of(GapResult result, Func<string, string?> amtOf)
    {
        var funding = new FundingByPlace(amtOf);
        foreach (var measure in result.Measures)
            if (Money(measure) is { } money)
            {
                funding.county = (funding.county ?? new(0, 0, 0, 0)) + money;
                foreach (var place in measure.Detail!.Places)
                    funding.municipalities[place.Ags] = funding.municipalities.GetValueOrDefault(place.Ags, new(0, 0, 0, 0)) + money.Part(place.Share);
            }
        return funding;
    }

    /// <summary>Null below municipalities, and where the register knows of none.</summary>
    public PlaceFunding? Of(AreaResult row) => row.Level switch
    {
        AreaLevel.County => county,
        AreaLevel.Amt => municipalities.Where(m => amtOf(m.Key) == row.Key).Select(m => m.Value).Aggregate((PlaceFunding?)null, (sum, part) => sum is null ? part : sum + part),
        AreaLevel.Municipality => municipalities.GetValueOrDefault(row.Key),
        _ => null,
    };

    static PlaceFunding? Money(MeasureResult m)
    {
        var (asking, granted) = (Asking.Contains(m.State.Code), m.State is { Binding: true, Promise: false });
        if (m.Detail?.Funding is not { } f || !asking && !granted || f is { Federal: null, State: null, County: null })
            return null;
        var state = (f.Federal ?? 0) + (f.State ?? 0);
        return new(asking ? state : 0, granted ? state : 0, f.County ?? 0, m.Cost ?? 0);
    }
}
