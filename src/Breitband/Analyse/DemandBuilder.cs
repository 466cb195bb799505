namespace Breitband.Analyse;

/// <summary>
/// Makes the demand of a county. Households of a population cell = inhabitants ÷ persons per household of its municipality; a cell's addresses
/// share them equally and are the demand, a cell without addresses is the demand itself. An address outside inhabited cells is 1 address and
/// no household. A municipality without population cells shares its published households among its addresses, or is one demand as a whole.
/// </summary>
sealed class DemandBuilder
{
    /// <summary>Persons per household where no municipality of the store states it: the German mean (Destatis, Mikrozensus 2023: 2.0).</summary>
    const double GermanHouseholdSize = 2.0;

    readonly County county;
    readonly IReadOnlyList<Address> addresses;
    readonly (double X, double Y, int Municipality)[] places;
    readonly PolygonIndex settlements;
    readonly List<Phrase> notes = [];
    readonly List<(DemandKind Kind, int Source, double X, double Y, int Municipality, long Households, long Addresses, long Businesses)> rows = [];

    DemandBuilder(County county)
    {
        this.county = county;
        addresses = AddressesOf(county);
        places = [.. Enumerable.Range(0, addresses.Count).Select(i => AddressTable.PlaceOf(addresses, i))];
        settlements = new PolygonIndex([.. county.Settlements.Select(s => s.Geometry)]);
    }

    /// <param name="asked">A place somebody asks about that is no demand of its own: it counts nothing and is judged as an address.</param>
    /// <param name="minBusinesses">Facilities with fewer are no demand under the rule.</param>
    public static Demands Build(County county, int minBusinesses, Address? asked = null) => new DemandBuilder(county).Build(minBusinesses, asked);

    Demands Build(int minBusinesses, Address? asked)
    {
        var households = AddressHouseholds(out var inhabitedWithout);
        rows.EnsureCapacity(places.Length + inhabitedWithout.Count + county.Facilities.Count + county.Municipalities.Count + 1);
        for (var i = 0; i < places.Length; i++)
            Add(DemandKind.Address, i, places[i].X, places[i].Y, places[i].Municipality, households[i], Split.One, 0);
        foreach (var cell in inhabitedWithout)
            Add(DemandKind.PopulationCell, cell, county.Population[cell].X, county.Population[cell].Y, county.Population[cell].Municipality, CellHouseholds(cell), 0, 0);
        for (var i = 0; i < county.Facilities.Count; i++)
            if (county.Facilities[i].Businesses >= minBusinesses)
                Add(DemandKind.Facility, i, county.Facilities[i].X, county.Facilities[i].Y, county.Facilities[i].Municipality, 0, 0, Split.Units(county.Facilities[i].Businesses));
        Wholes();
        if (asked is not null)
            Add(DemandKind.Address, addresses.Count, asked.X, asked.Y, asked.Municipality, 0, 0, 0);
        return new Demands
        {
            Kind = [.. rows.Select(r => r.Kind)],
            Source = [.. rows.Select(r => r.Source)],
            X = [.. rows.Select(r => r.X)],
            Y = [.. rows.Select(r => r.Y)],
            Municipality = [.. rows.Select(r => r.Municipality)],
            Settlement = SettlementsOf(),
            Households = [.. rows.Select(r => r.Households)],
            Addresses = [.. rows.Select(r => r.Addresses)],
            Businesses = [.. rows.Select(r => r.Businesses)],
            AddressList = asked is null ? addresses : [.. addresses, asked],
            Notes = notes,
        };
    }

    void Add(DemandKind kind, int source, double x, double y, int municipality, long households, long addressCount, long businesses) =>
        rows.Add((kind, source, x, y, municipality, households, addressCount, businesses));

    /// <summary>A settlement of the demand's own municipality first, then any; by geometry, ties to the lowest key.</summary>
    int[] SettlementsOf()
    {
        var found = new int[rows.Count];
        Parallel.For(0, found.Length, i =>
        {
            var (kind, _, x, y, municipality, _, _, _) = rows[i];
            found[i] = kind == DemandKind.Municipality ? Demands.Unlocated : settlements.First(x, y, s => county.Settlements[s].Municipality == municipality);
            if (found[i] == Demands.Outside)
                found[i] = settlements.First(x, y);
        });
        return found;
    }

    /// <summary>Households of each address; also the inhabited cells no address lies in.</summary>
    long[] AddressHouseholds(out List<int> inhabitedWithout)
    {
        var cells = new PolygonIndex([.. county.Population.Select(c => c.Geometry)]);
        var inhabited = county.Population.Select(c => c.Inhabitants > 0).ToArray();
        var members = new List<int>?[inhabited.Length];
        var cellOf = new int[places.Length];
        Parallel.For(0, cellOf.Length, i => cellOf[i] = cells.First(places[i].X, places[i].Y, c => inhabited[c]));
        for (var i = 0; i < cellOf.Length; i++)
            if (cellOf[i] >= 0)
                (members[cellOf[i]] ??= []).Add(i);
        var households = new long[places.Length];
        inhabitedWithout = [];
        for (var cell = 0; cell < members.Length; cell++)
            if (members[cell] is { } list)
                Share(CellHouseholds(cell), list, households);
            else if (inhabited[cell])
                inhabitedWithout.Add(cell);
        ShareOfMunicipalities(households);
        return households;
    }

    /// <summary>Municipalities without a single population cell: their published households, equally among their addresses.</summary>
    void ShareOfMunicipalities(long[] households)
    {
        var inhabited = county.Population.Select(c => c.Municipality).ToHashSet();
        foreach (var group in Enumerable.Range(0, places.Length).GroupBy(i => places[i].Municipality).Where(g => !inhabited.Contains(g.Key)))
            if (county.Municipalities[group.Key].Households is { } known)
                Share(Split.Units(known), [.. group], households);
            else
                notes.Add(new($"{county.Municipalities[group.Key].Name}: weder Bevölkerungsraster noch Haushaltszahl; gezählt werden nur Adressen.",
                    $"{county.Municipalities[group.Key].Name}: neither a population grid nor a number of households; only addresses are counted."));
    }

    /// <summary>Municipalities of which only the number of households is known are one demand each.</summary>
    void Wholes()
    {
        var known = rows.Where(r => r.Kind != DemandKind.Facility).Select(r => r.Municipality).ToHashSet();
        for (var m = 0; m < county.Municipalities.Count; m++)
            if (!known.Contains(m) && county.Municipalities[m].Households is { } households)
                Add(DemandKind.Municipality, m, double.NaN, double.NaN, m, Split.Units(households), 0, 0);
    }

    /// <summary>Equal parts; what does not divide goes in single units to the first by key, so that the sum is the whole exactly.</summary>
    static void Share(long whole, List<int> members, long[] households)
    {
        var (each, rest) = Math.DivRem(whole, members.Count);
        for (var i = 0; i < members.Count; i++)
            households[members[i]] = each + (i < rest ? 1 : 0);
    }

    long CellHouseholds(int cell) => Split.Units(county.Population[cell].Inhabitants / HouseholdSize(county.Population[cell].Municipality));

    readonly Dictionary<int, double> sizes = [];

    double HouseholdSize(int municipality)
    {
        if (sizes.TryGetValue(municipality, out var size))
            return size;
        size = county.Municipalities[municipality].PersonsPerHousehold ?? county.Municipalities.Average(m => m.PersonsPerHousehold) ?? GermanHouseholdSize;
        if (county.Municipalities[municipality].PersonsPerHousehold is null)
            notes.Add(new($"{county.Municipalities[municipality].Name}: Haushaltsgröße nicht bekannt, gerechnet mit {Formats.Number(size, Language.De, "0.00")} Personen je Haushalt.",
                $"{county.Municipalities[municipality].Name}: household size unknown, computed with {Formats.Number(size, Language.En, "0.00")} persons per household."));
        return sizes[municipality] = size;
    }

    /// <summary>Where there is no address layer, the places a consultation's list names are the addresses; one per key or spelling.</summary>
    internal static IReadOnlyList<Address> AddressesOf(County county) => county.Addresses.Count > 0 ? county.Addresses :
    [
        .. from answer in county.AddressAnswers
           where answer.Geometry is not null
           group answer by answer.AddressKey ?? answer.Text?.Match ?? answer.Key into same
           let first = same.First()
           let point = first.Geometry!.Coordinate
           let municipality = county.MunicipalityIndex.First(point.X, point.Y)
           where municipality >= 0
           orderby same.Key
           select new Address(same.Key, municipality, point.X, point.Y, first.Text ?? new(null, null, null, null, null)),
    ];
}
