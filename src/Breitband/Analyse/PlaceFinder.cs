using System.Globalization;
using NetTopologySuite.Geometries;

namespace Breitband.Analyse;

/// <summary>What a question about a place means: a demand of the county, a cell of the atlas, a point that is none, or a whole settlement or municipality.</summary>
sealed record FoundPlace(Phrase Label, DemandKind Kind = default, int Source = -1, Address? Point = null, (AreaLevel Level, string Key)? Area = null, int AtlasCell = -1);

/// <summary>Understands addresses, coordinates and keys as people write them.</summary>
static class PlaceFinder
{
    /// <summary>A coordinate this near to an address, metres, means the address.</summary>
    const double Near = 25;

    /// <summary>Names a miss gives.</summary>
    const int Few = 3;

    public static FoundPlace Find(County county, string query) => TryFind(county, query) ?? throw NotFound(county, query);

    /// <summary>Null for what is not found; what is found several times is asked about.</summary>
    /// <param name="addresses">False where a word with a number may be the key of a cell that was not read.</param>
    public static FoundPlace? TryFind(County county, string query, bool addresses = true) =>
        ByKey(county, query.Trim()) ?? ByCoordinate(county, query) ?? ByName(county, query.Trim()) ?? (addresses ? ByAddress(county, query) : null);

    /// <summary>Where an address, a facility or a point lies.</summary>
    public static (double X, double Y, int Municipality) Position(County county, FoundPlace place) => (place.Point, place.Kind) switch
    {
        ({ } point, _) => (point.X, point.Y, point.Municipality),
        (_, DemandKind.Facility) => (county.Facilities[place.Source].X, county.Facilities[place.Source].Y, county.Facilities[place.Source].Municipality),
        _ => (county.Addresses[place.Source].X, county.Addresses[place.Source].Y, county.Addresses[place.Source].Municipality),
    };

    static FoundPlace? ByKey(County county, string key)
    {
        static int IndexOf<T>(IReadOnlyList<T> list, Func<T, bool> match)
        {
            for (var i = 0; i < list.Count; i++)
                if (match(list[i]))
                    return i;
            return -1;
        }

        if (key == county.Key)
            return new(new(key, key), Area: (AreaLevel.County, key));
        if (county.Municipalities.FirstOrDefault(m => m.Ags == key) is { } municipality)
            return new(new(municipality.Name, municipality.Name), Area: (AreaLevel.Municipality, key));
        if (county.Settlements.FirstOrDefault(s => s.Key == key) is { } settlement)
            return new(new(settlement.Name, settlement.Name), Area: (AreaLevel.Settlement, key));
        if (IndexOf(county.Addresses, a => a.Key == key) is >= 0 and var address)
            return new(Label(county, address), DemandKind.Address, address);
        if (IndexOf(county.Facilities, f => f.Key == key) is >= 0 and var facility)
            return new(new(county.Facilities[facility].Name, county.Facilities[facility].Name), DemandKind.Facility, facility);
        if (IndexOf(county.Population, p => p.Key == key) is >= 0 and var cell)
            return new(new($"Rasterzelle {key}", $"grid cell {key}"), DemandKind.PopulationCell, cell);
        if (IndexOf(county.Cells.Keys, k => k == key) is >= 0 and var atlas && county.Cells.Geometries[atlas] is not null)
            return new(new($"Atlaszelle {key}", $"atlas cell {key}"), AtlasCell: atlas);
        return null;
    }

    /// <summary>„340123 5790456“, „340123,5;5790456,5“, „12.59,52.14“ and, because maps on the web write it so, „52.14, 12.59“.</summary>
    static FoundPlace? ByCoordinate(County county, string query) => Point(query) is var (x, y)
        ? AtPoint(county, x, y, new(string.Create(CultureInfo.InvariantCulture, $"Koordinate {x:0} {y:0} (EPSG:25833)"), string.Create(CultureInfo.InvariantCulture, $"coordinate {x:0} {y:0} (EPSG:25833)"))) : null;

    /// <summary>Where the addresses are that a coordinate may mean; null for what is no coordinate.</summary>
    public static Envelope? Around(string query) => Point(query) is var (x, y) ? new(x - Near, x + Near, y - Near, y + Near) : null;

    /// <summary>In <see cref="Crs.Stored"/>.</summary>
    static (double X, double Y)? Point(string query)
    {
        var parts = query.Split([';', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1)
            parts = query.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !Parse(parts[0], out var x) || !Parse(parts[1], out var y))
            return null;
        return (x, y) switch
        {
            ( >= -180 and <= 180, >= -180 and <= 180) when x > y && x is > 45 and < 60 => Crs.Transform(Crs.Geographic, Crs.Stored)(y, x),
            ( >= -180 and <= 180, >= -90 and <= 90) => Crs.Transform(Crs.Geographic, Crs.Stored)(x, y),
            _ => (x, y),
        };
    }

    static bool Parse(string text, out double value) => double.TryParse(text.Trim(',').Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    static FoundPlace AtPoint(County county, double x, double y, Phrase label)
    {
        var municipality = county.MunicipalityIndex.First(x, y);
        if (municipality < 0)
            throw BreitbandException.WrongUse($"{label.De} liegt außerhalb des Kreises {county.Key}.", $"{label.En} is outside county {county.Key}.");
        var nearest = county.Addresses.Select((a, i) => (Distance: double.Hypot(a.X - x, a.Y - y), a, i)).Where(p => p.Distance <= Near).OrderBy(p => p.Distance).FirstOrDefault();
        return nearest.a is not null ? new(Label(county, nearest.i), DemandKind.Address, nearest.i)
            : new(label, Point: new Address("?", municipality, x, y, new(null, null, null, null, null)));
    }

    static FoundPlace? ByAddress(County county, string query) =>
        AddressSearch.Find(county, query) is { } found ? new(Label(county, found), DemandKind.Address, found) : null;

    /// <summary>As it stands first, then with umlauts written out or without blanks.</summary>
    static FoundPlace? ByName(County county, string name)
    {
        var letters = AddressText.Letters(name);
        return Named(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? (letters.Length > 0 ? Named(n => AddressText.Letters(n) == letters) : null);

        FoundPlace? Named(Func<string, bool> match)
        {
            if (county.Municipalities.FirstOrDefault(m => match(m.Name)) is { } municipality)
                return new(new(municipality.Name, municipality.Name), Area: (AreaLevel.Municipality, municipality.Ags));
            return county.Settlements.FirstOrDefault(s => match(s.Name)) is { } settlement
                ? new(new(settlement.Name, settlement.Name), Area: (AreaLevel.Settlement, settlement.Key)) : null;
        }
    }

    static BreitbandException NotFound(County county, string query)
    {
        var names = county.Municipalities.Select(m => m.Name).Concat(county.Settlements.Select(s => s.Name)).ToList();
        return BreitbandException.WrongUse(
            $"„{query}“ ist weder eine Adresse noch eine Koordinate noch eine Kennung. {Suggest.German(query, names, Few)}",
            $"\"{query}\" is neither an address nor a coordinate nor a key. {Suggest.English(query, names, Few)}");
    }

    internal static Phrase Label(County county, int address) => county.Addresses[address].Text.Label.Length > 0 ? Same(AddressSearch.Label(county, address))
        : new($"Adresse {AddressSearch.Label(county, address)}", $"address {AddressSearch.Label(county, address)}");

    static Phrase Same(string text) => new(text, text);
}
