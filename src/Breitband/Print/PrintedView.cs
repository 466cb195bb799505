using System.Globalization;
using Breitband.Store;
using NetTopologySuite.Geometries;

namespace Breitband.Print;

/// <summary>A part of the map as somebody looks at it: where, and which layers.</summary>
/// <param name="Area">What must be on the sheet, metres of <see cref="Crs.Stored"/>.</param>
/// <param name="Groups">What is drawn, of <see cref="Known"/>.</param>
/// <param name="Title">Null for the names of the municipalities.</param>
public sealed record PrintedView(Envelope Area, IReadOnlySet<string> Groups, string? Title = null)
{
    /// <summary>As the web map's legend calls them, from the ground up.</summary>
    public static readonly IReadOnlyList<string> Known = ["ground", "settlement", "municipality-share", "gap", "supply", "border", "measure", "address", "facility", "settlement-circle", "name"];

    /// <summary>Layers of single places, which not everybody may see.</summary>
    public static readonly IReadOnlyList<string> Places = ["settlement", "gap", "settlement-circle"];

    /// <summary>Longest side of a sheet's area, metres: Germany from end to end is no sheet of a county.</summary>
    const double Longest = 300_000;

    /// <summary>A scale denominator from which on municipalities are read, not gap areas.</summary>
    const int Far = 75_000;

    /// <summary>Measures with their areas.</summary>
    public IReadOnlyList<(MeasureResult Measure, Geometry Area)> Measures { get; init; } = [];

    /// <summary>Supply areas, addresses, facilities: geometry with the symbol of its group.</summary>
    public IReadOnlyList<(string Group, Geometry Geometry)> Features { get; init; } = [];

    /// <summary>Titles of measures that a trial leaves out; empty where none is tried.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Why single places are left out; null when none is.</summary>
    public Phrase? Withheld { get; init; }

    /// <summary>The same without single places.</summary>
    public PrintedView WithoutPlaces(Phrase why) => this with { Groups = Groups.Except(Places).Except(ChangeSheet.Places).ToHashSet(), Withheld = why };

    /// <summary>A box in degrees or, where the numbers are too large for those, in metres of UTM 33.</summary>
    /// <param name="text">west,south,east,north.</param>
    /// <param name="county">What there is to show.</param>
    /// <exception cref="BreitbandException">WrongUse for what is no box, lies elsewhere or is too large.</exception>
    public static Envelope Extent(string text, Envelope county)
    {
        var n = text.Split(',').Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN).ToArray();
        if (n.Length != 4 || n.Any(double.IsNaN))
            throw BreitbandException.WrongUse("vier Zahlen sind nötig: West,Süd,Ost,Nord", "four numbers are needed: west,south,east,north");
        if (n[0] >= n[2] || n[1] >= n[3])
            throw BreitbandException.WrongUse("der Ausschnitt ist verkehrt herum: erst Westen und Süden, dann Osten und Norden", "the extent is turned round: west and south first, then east and north");
        var degrees = n[0] >= -180 && n[2] <= 180 && n[1] >= -90 && n[3] <= 90;
        // Beyond this, degrees are not to be said in metres of zone 33.
        if (degrees && (n[1] < 40 || n[3] > 65 || n[0] < -5 || n[2] > 30))
            throw n[0] >= 30 || n[2] <= -5 || n[1] >= 65 || n[3] <= 40 ? Elsewhere() : BreitbandException.WrongUse("der Ausschnitt reicht über die Gegend hinaus, die sich drucken lässt (5° West bis 30° Ost, 40° bis 65° Nord)", "the extent reaches beyond what can be printed (5° west to 30° east, 40° to 65° north)");
        var area = degrees ? Metres(n) : new Envelope(n[0], n[2], n[1], n[3]);
        if (!area.Intersects(county))
            throw Elsewhere();
        if (Math.Max(area.Width, area.Height) > Longest)
            throw BreitbandException.WrongUse($"der Ausschnitt ist mit {Figures.German((long)(Math.Max(area.Width, area.Height) / 1000))} km zu groß; möglich sind {Longest / 1000:0} km", $"the extent of {(long)(Math.Max(area.Width, area.Height) / 1000)} km is too large; {Longest / 1000:0} km are possible");
        // Nobody prints what lies around the county: its map would only become smaller.
        var around = county.Copy();
        around.ExpandBy(0.02 * Math.Max(county.Width, county.Height));
        return area.Intersection(around);

        static BreitbandException Elsewhere() => BreitbandException.WrongUse("der Ausschnitt liegt außerhalb des Kreises", "the extent lies outside the county");
    }

    static Envelope Metres(double[] box)
    {
        var (area, stored) = (new Envelope(), Crs.Transform(Crs.Geographic, Crs.Stored));
        for (var i = 0; i <= 4; i++)
            for (var j = 0; j <= 4; j++)
            {
                var (x, y) = stored(box[0] + (box[2] - box[0]) * i / 4, box[1] + (box[3] - box[1]) * j / 4);
                area.ExpandToInclude(x, y);
            }
        return area;
    }

    /// <summary>The county's extent by its municipalities.</summary>
    public static Envelope County(GapResult result) => result.Rows.Where(r => r.Level == AreaLevel.Municipality && r.Geometry is { IsEmpty: false })
        .Aggregate(new Envelope(), (all, r) => { all.ExpandToInclude(r.Geometry!.EnvelopeInternal); return all; });

    /// <exception cref="BreitbandException">WrongUse for a layer that is none.</exception>
    /// <param name="known">What there is; <see cref="Known"/> where nothing is said.</param>
    public static IReadOnlySet<string> Layers(string text, IReadOnlyList<string>? known = null)
    {
        known ??= Known;
        var groups = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
        return groups.FirstOrDefault(g => !known.Contains(g)) is { } unknown
            ? throw BreitbandException.WrongUse($"die Ebene „{unknown}“ gibt es nicht. {Suggest.German(unknown, known)}", $"there is no layer \"{unknown}\". {Suggest.English(unknown, known)}")
            : groups;
    }

    /// <summary>What a map of this extent shows where nobody says: shares of municipalities from afar, gap areas from near.</summary>
    public static IReadOnlySet<string> Usual(Envelope area) =>
        Known.Except(IsFar(area) ? ["gap", "supply", "address", "facility"] : ["municipality-share", "settlement-circle", "supply", "address"]).ToHashSet();

    /// <summary>Whether single cells are too small to be read; a lying A4 sheet has about 16 cm for its map.</summary>
    public static bool IsFar(Envelope area) => Math.Max(area.Width, area.Height) / 0.16 > Far;

    /// <summary>With what the store has of its layers there for readers of a class.</summary>
    public PrintedView Read(Store.Store store, GapResult result, Disclosure allowed)
    {
        var box = Area.Copy();
        box.ExpandBy(Area.Width, Area.Height);
        var results = result.Measures.ToDictionary(m => m.Key, StringComparer.Ordinal);
        return this with
        {
            Measures = !Groups.Contains("measure") ? [] : [.. store.Measures().Where(m => m.Geometry is { } g && g.EnvelopeInternal.Intersects(box) && ResultDisclosure.Of(m) <= allowed && results.ContainsKey((string)m.Values[0]!))
                .Select(m => (results[(string)m.Values[0]!], m.Geometry!))],
            Features = [.. from layer in (IEnumerable<(string Group, Layer Layer)>)[("supply", Layer.CoverageAreas), ("address", Layer.Addresses), ("facility", Layer.Facilities)]
                           where Groups.Contains(layer.Group)
                           from edition in store.LiveEditions(layer.Layer)
                           where edition.Disclosure <= allowed
                           from row in store.Read(edition, box)
                           where row.Geometry is { IsEmpty: false }
                           select (layer.Group, row.Geometry!)],
        };
    }
}
