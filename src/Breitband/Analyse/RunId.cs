using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Breitband.Analyse;

/// <summary>
/// The id of a run: a hash over everything its figures depend on, so that equal ids mean equal figures, on either store. Editions enter by
/// dataset, date, file hash and import options, never by their number in one store.
/// </summary>
public static class RunId
{
    /// <summary>Raised when the engine's rules change the figures: an old id then never stands for new figures.</summary>
    const int EngineVersion = 3;

    // What the engine never reads may come and go without a new id.
    static readonly HashSet<string> Apart = [Layer.Measures.Name, Layer.Background.Name, Layer.Network.Name, Layer.MobileCells.Name, Layer.Survey.Name];

    public static string Of(County county, AnalysisOptions options) => Of(county.Key, county.Editions, county.Measures, options);

    internal static string Of(string county, IEnumerable<Edition> editions, IReadOnlyList<Measure> measures, AnalysisOptions options)
    {
        var text = new StringBuilder();
        void Add(params object?[] parts) => text.AppendJoin('\u001f', parts.Select(p => Convert.ToString(p, CultureInfo.InvariantCulture))).Append('\u001e');

        var profile = options.Profile;
        Add(EngineVersion, county, profile.Key, profile.HfcCountsAsServed, profile.GapShare, profile.HorizonYears, profile.MinBusinesses, options.Basis, Iso(options.AsOf));
        foreach (var clause in profile.Households.Append(null).Concat(profile.Facilities))
            Add(clause?.Down, clause?.Up, clause?.Technologies is { } named ? string.Join(',', named) : "");
        foreach (var edition in editions.Where(e => !Apart.Contains(e.Dataset.Layer))
            .OrderBy(e => e.Dataset.ToString(), StringComparer.Ordinal).ThenBy(e => e.Date).ThenBy(e => e.Sha256, StringComparer.Ordinal))
            Add(edition.Dataset, Iso(edition.Date), edition.Sha256, edition.Options, edition.Complete, edition.Evidence, edition.AbsentTechnologies);
        foreach (var m in measures.Where(m => options.Measures.All || options.Measures.Keys.Contains(m.Key)))
            Add(m.Key, m.Title, m.ShareFederal, m.ShareState, m.ShareCounty, m.State.Code, m.MilestonePlan, Iso(m.Consultation), Iso(m.HorizonUntil), Iso(m.Commissioning), m.Target.Technology, m.Target.Down, m.Target.Up,
                m.Cost, m.Geometry is { } g ? Convert.ToHexString(SHA256.HashData(g.AsBinary())) : "", string.Join(',', m.AddressKeys), m.Reach, string.Join(',', m.RemovedKeys));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }

    static string Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
