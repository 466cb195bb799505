using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Breitband.Viewer;

/// <summary>What lies under the pointer: a municipality, nearby a settlement.</summary>
/// <param name="Text">Its open households in a line.</param>
/// <param name="Parts">In the order of <see cref="Legend.Split"/>.</param>
/// <param name="Shape">Metres of the web's projection.</param>
public sealed record Pointed(string Name, string Text, IReadOnlyList<double> Parts, Geometry Shape);

/// <summary>Settlements with outline and figures: what the pointer is over, and what a choice of measures changes nearby.</summary>
public sealed partial class DeskModel
{
    Villages villages = new([]);
    Dictionary<string, Parts> villagesPainted = [], villagesNow = [];

    /// <summary>A settlement of the last result.</summary>
    sealed record Village(string Key, string Name, Geometry Shape, Parts Stored);

    /// <summary>Settlements by key and by place.</summary>
    sealed class Villages
    {
        readonly STRtree<Village> places = new();

        public Villages(IReadOnlyList<Village> all)
        {
            All = all;
            foreach (var one in all)
                places.Insert(one.Shape.EnvelopeInternal, one);
            places.Build(); // here, where nobody waits, and not at the first look
        }

        public IReadOnlyList<Village> All { get; }

        public Village? At(Coordinate place) => All.Count == 0 ? null : places.Query(new Envelope(place)).FirstOrDefault(v => v.Shape.Contains(v.Shape.Factory.CreatePoint(place)));
    }

    /// <summary>Settlements whose figures differ from those the map was painted with.</summary>
    public IEnumerable<(Geometry Shape, Parts Was, Parts Now)> DifferingNearby => !CanTry ? [] : villages.All
        .Where(v => villagesPainted.TryGetValue(v.Key, out var was) && villagesNow.TryGetValue(v.Key, out var now) && was != now).Select(v => (v.Shape, villagesPainted[v.Key], villagesNow[v.Key]));

    /// <param name="nearby">Whether the map shows settlements.</param>
    /// <param name="beside">Whether the place is looked at on the other side of a comparison, which knows municipalities.</param>
    public Pointed? PointedAt(Coordinate place, bool nearby, bool beside = false)
    {
        if (beside)
            return At(place) is { } there && Other.Figures.TryGetValue(there.Key, out var figures) ? Say($"{there.Name} · {Other.Name}", figures, shapes[there.Key]) : null;
        if (nearby && CanTry && villages.At(place) is { } village)
            return Say(village.Name, villagesNow.GetValueOrDefault(village.Key, village.Stored), village.Shape);
        return At(place) is { } area ? Say(area.Name, area.Figures, shapes[area.Key]) : null;
    }

    static Pointed Say(string name, Parts parts, Geometry shape)
    {
        var (language, whole) = (Tongue.Current.Language, parts.Whole);
        var (open, total) = (Formats.Whole(parts.WholeOpen, language), Formats.Whole(whole.Sum(), language));
        return new(name, parts.Total == 0 ? Tongue.Of("keine Haushalte", "no households")
            : Tongue.Of($"{open} von {total} Haushalten offen", $"{open} of {total} households open") + $" ({Formats.Percent(parts.OpenShare, language)})", parts.Ordered, shape);
    }

    /// <summary>Some megabytes, so they are read when everything else stands, and off the window's thread. Where single places are closed to this reader there are none.</summary>
    async Task ReadVillages(Project open)
    {
        try
        {
            var read = await Task.Run(async () => new Villages([.. GeoJson.Features(await open.Service.Read("/collections/result_settlements/items?limit=10000")).Select(f => Read(f.Feature, f.Shape)).OfType<Village>()]));
            if (!ReferenceEquals(open, Project))
                return;
            (villages, villagesPainted) = (read, Rule == stored ? read.All.ToDictionary(v => v.Key, v => v.Stored, StringComparer.Ordinal) : villagesPainted);
            if (DifferingNearby.Any())
                Answered?.Invoke();
        }
        catch (BreitbandException e) when (!ServiceClient.IsAway(e))
        {
            villages = new([]);
        }
    }

    static Village? Read(JsonElement feature, Geometry shape) => feature.At("properties") is { } p && p.At("key")?.GetString() is { } key
        ? new(key, p.At("name")?.GetString() ?? "", shape, new(Count(p, "total"), Count(p, "served"), Count(p, "planned"), Count(p, "unclear"), Count(p, "unserved"))) : null;

    static double Count(JsonElement properties, string part) => properties.At("households_" + part)?.GetDouble() ?? 0;
}
