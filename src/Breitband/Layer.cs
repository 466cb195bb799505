namespace Breitband;

/// <summary>What a field holds. Dates are stored as ISO 8601 text, flags as 0/1.</summary>
public enum FieldKind { Text, Integer, Real, Date, Flag }

/// <summary>A field of a layer: the English name in code, table and JSON, and the name a person reads.</summary>
public sealed record Field(string Name, FieldKind Kind, string German, string English)
{
    public Phrase Label => new(German, English);
}

/// <summary>The geometry a layer's rows carry.</summary>
public enum Shape { None, Point, Line, Polygon, Any }

/// <summary>
/// The layers of the store and their fields: the one schema that import mappings are checked against and that both stores make their tables
/// from. Every row carries <c>key</c>, the supplier's own id (raster id, object id), stable across editions.
/// </summary>
public sealed record Layer(string Name, string German, string English, Shape Shape, IReadOnlyList<Field> Fields)
{
    public Phrase Label => new(German, English);

    static Field Text(string name, string de, string en) => new(name, FieldKind.Text, de, en);
    static Field Integer(string name, string de, string en) => new(name, FieldKind.Integer, de, en);
    static Field Real(string name, string de, string en) => new(name, FieldKind.Real, de, en);
    static Field Date(string name, string de, string en) => new(name, FieldKind.Date, de, en);
    static Field Flag(string name, string de, string en) => new(name, FieldKind.Flag, de, en);

    static readonly Field Key = Text("key", "Kennung", "key");
    static readonly Field AgsField = Text("ags", "Gemeindeschlüssel (AGS)", "municipality key (AGS)");
    static readonly Field Name_ = Text("name", "Name", "name");
    static readonly Field Down = Real("down", "Download (Mbit/s)", "download (Mbit/s)");
    static readonly Field Up = Real("up", "Upload (Mbit/s)", "upload (Mbit/s)");
    static readonly Field Tech = Text("technology", "Technik", "technology");
    static readonly Field Provider = Text("provider", "Anbieter", "provider");

    static readonly Field[] Place =
    [
        Text("street", "Straße", "street"), Text("number", "Hausnummer", "house number"), Text("suffix", "Zusatz", "suffix"),
        Text("postcode", "PLZ", "postcode"), Text("place", "Ort", "place"), Text("district", "Ortsteil", "district"),
    ];

    /// <summary>Names of the share columns, <c>{technology}_{class}</c>: percent of households that can get at least the class.</summary>
    public static string ShareField(Technology technology, int mbit) => $"{technology.Code()}_{mbit}";

    static readonly Field[] Shares = [.. from technology in Technologies.Published
                                         from mbit in SpeedClass.All
                                         select Real(ShareField(technology, mbit), $"{technology.Label().De} ≥ {mbit} Mbit/s (% HH)",
                                             $"{technology.Label().En} ≥ {mbit} Mbit/s (% hh)")];

    public static readonly Layer Municipalities = new("municipalities", "Gemeinden", "municipalities", Shape.Polygon,
    [
        Key, AgsField, Name_, Text("kind", "Art", "kind"), Text("ars", "Regionalschlüssel (ARS)", "regional key (ARS)"),
        Text("amt", "Amt (Schlüssel)", "Amt (key)"), Text("amt_name", "Amt", "Amt"), Integer("inhabitants", "Einwohner", "inhabitants"),
        Integer("households", "Haushalte", "households"), Real("persons_per_household", "Personen je Haushalt", "persons per household"),
        Real("area_km2", "Fläche (km²)", "area (km²)"),
    ]);

    public static readonly Layer Settlements = new("settlements", "Siedlungen", "settlements", Shape.Polygon, [Key, AgsField, Name_]);

    public static readonly Layer Addresses = new("addresses", "Adressen", "addresses", Shape.Point, [Key, AgsField, .. Place]);

    public static readonly Layer Population = new("population", "Bevölkerung (Raster)", "population (grid)", Shape.Polygon,
        [Key, AgsField, Real("inhabitants", "Einwohner", "inhabitants")]);

    public static readonly Layer CoverageCells = new("coverage_cells", "Versorgung (Raster)", "coverage (grid)", Shape.Polygon, [Key, AgsField, .. Shares]);

    public static readonly Layer CoverageAreas = new("coverage_areas", "Versorgung (Gebiete)", "coverage (areas)", Shape.Polygon,
        [Key, AgsField, Provider, Tech, Down, Up]);

    public static readonly Layer CoverageAddresses = new("coverage_addresses", "Versorgung (Adressen)", "coverage (addresses)", Shape.Point,
        [Key, Text("address_key", "Adresskennung", "address key"), AgsField, .. Place, Provider, Tech, Down, Up]);

    public static readonly Layer CoverageMunicipalities = new("coverage_municipalities", "Versorgung (veröffentlichte Gemeindewerte)",
        "coverage (published municipal shares)", Shape.None, [Key, Name_, .. Shares]);

    public static readonly Layer MobileCells = new("mobile_cells", "Mobilfunk (Raster)", "mobile (grid)", Shape.Polygon,
        [Key, AgsField, Integer("networks_2g", "2G-Netze", "2G networks"), Integer("networks_4g", "4G-Netze", "4G networks"), Integer("networks_5g", "5G-Netze", "5G networks")]);

    public static readonly Layer Measures = new("measures", "Maßnahmen", "measures", Shape.Any,
    [
        Key, Text("title", "Titel", "title"), Text("kind", "Art", "kind"), Text("state", "Stand", "state"), AgsField, Provider, Tech, Down, Up,
        Flag("milestone_plan", "Meilensteinplan liegt vor", "milestone plan"), Date("consultation", "Markterkundung (Ende)", "market consultation (end)"),
        Date("horizon_until", "Zeithorizont bis", "horizon until"), Date("start", "Baubeginn", "start of works"),
        Date("commissioning", "Inbetriebnahme", "commissioning"), Text("programme", "Förderprogramm", "programme"),
        Text("grant_number", "Förderkennzeichen", "grant number"), Real("cost", "Kosten (Euro)", "cost (euro)"),
        Real("share_federal", "Anteil Bund (Euro)", "federal share (euro)"), Real("share_state", "Anteil Land (Euro)", "state share (euro)"),
        Real("share_county", "Anteil Kreis (Euro)", "county share (euro)"), Text("address_keys", "Adressliste", "address list"),
        Text("added_keys", "Hinzunahme (Adressen)", "added addresses"), Text("removed_keys", "Entnahme (Adressen)", "removed addresses"),
        Real("reach_m", "Reichweite (m)", "reach (m)"),
        Text("disclosure", "Vertraulichkeit", "disclosure"),
    ]);

    public static readonly Layer Facilities = new("facilities", "Einrichtungen", "facilities", Shape.Any,
        [Key, AgsField, Name_, Text("category", "Art", "category"), Integer("businesses", "Betriebe/Einrichtungen", "businesses/facilities")]);

    public static readonly Layer Network = new("network", "Netz (GIS-NB)", "network (GIS-NB)", Shape.Any, [Key, Text("category", "Art", "category"), Text("state", "Zustand", "state")]);

    public static readonly Layer Background = new("background", "Hintergrund", "background", Shape.Any, [Key, Text("category", "Art", "category"), Name_]);

    public static readonly Layer Survey = new("survey", "Umfrage", "survey", Shape.Point, [Key, AgsField, Down, Up, Text("answer", "Antwort", "answer")]);

    // ---- results: written by an analysis, read by QGIS, export and print ----

    static Field[] SplitFields(string prefix, string de, string en) =>
    [
        Real(prefix + "_total", de + " gesamt", en + " total"), Real(prefix + "_served", de + " versorgt", en + " served"),
        Real(prefix + "_unclear", de + " unklar", en + " unclear"), Real(prefix + "_planned", de + " geplant", en + " planned"),
        Real(prefix + "_unserved", de + " unter der Aufgreifschwelle", en + " below the threshold"),
    ];

    static readonly Field[] Result =
    [
        Key, AgsField, Name_, .. SplitFields("households", "Haushalte", "households"), .. SplitFields("addresses", "Adressen", "addresses"),
        .. SplitFields("businesses", "Betriebe", "businesses"), Real("gap_share", "unter der Aufgreifschwelle oder unklar (% HH)", "below the threshold or unclear (% hh)"),
        Text("run", "Lauf", "run"), Text("profile", "Aufgreifschwelle", "profile"), Text("basis", "Grundlage", "basis"),
    ];

    public static readonly Layer ResultMunicipalities = new("result_municipalities", "Ergebnis je Gemeinde", "result per municipality", Shape.Polygon, Result);

    public static readonly Layer ResultSettlements = new("result_settlements", "Ergebnis je Siedlung", "result per settlement", Shape.Polygon, Result);

    public static readonly Layer GapAreas = new("gaps", "Versorgungslücken", "gaps", Shape.Polygon,
    [
        Key, AgsField, Text("settlement", "Siedlung", "settlement"), Flag("inside", "innerhalb von Ortslagen", "inside settlements"),
        Text("evidence", "Beleg", "evidence"), Real("share", "unter der Aufgreifschwelle oder unklar (%)", "below the threshold or unclear (%)"),
        Real("households", "Haushalte darin", "households within"), Real("area_m2", "Fläche (m²)", "area (m²)"), Text("run", "Lauf", "run"),
    ]);

    public static readonly Layer GapClusters = new("gap_clusters", "Ausbaucluster", "build-out clusters", Shape.Polygon,
    [
        Key, AgsField, Name_, Integer("rank", "Rang nach Haushalten", "rank by households"), Text("places", "Siedlungen", "settlements"), Flag("outside", "auch außerhalb von Ortslagen", "outside settlements too"),
        Real("households", "Haushalte darin", "households within"), Real("addresses", "Adressen darin", "addresses within"), Real("businesses", "Betriebe darin", "businesses within"),
        Real("area_m2", "Fläche (m²)", "area (m²)"), Real("spread_m", "kürzestes Netz zwischen den Häusern (m)", "shortest network between the houses (m)"),
        Real("nearest_m", "bis zur nächsten Versorgung (m)", "to the nearest supply (m)"), Text("run", "Lauf", "run"),
    ]);

    public static readonly Layer Changes = new("changes", "Veränderungen", "changes", Shape.Polygon,
    [
        Key, AgsField, Text("change", "Veränderung", "change"), Real("served_before", "früher versorgt (%)", "served before (%)"), Real("served_after", "später versorgt (%)", "served after (%)"),
        Real("unserved_before", "früher unter der Aufgreifschwelle (%)", "below the threshold before (%)"), Real("unserved_after", "später unter der Aufgreifschwelle (%)", "below the threshold after (%)"),
        Real("households", "Haushalte darin", "households within"), Real("households_change", "Veränderung versorgter Haushalte", "change of served households"),
        Date("date_before", "früherer Datenstand", "edition before"), Date("date_after", "späterer Datenstand", "edition after"), Text("method_break", "Methodenbruch", "break of method"), Text("run", "Lauf", "run"),
    ]);

    public static readonly IReadOnlyList<Layer> Imported =
    [
        Municipalities, Settlements, Addresses, Population, CoverageCells, CoverageAreas, CoverageAddresses, CoverageMunicipalities,
        MobileCells, Measures, Facilities, Network, Background, Survey,
    ];

    public static readonly IReadOnlyList<Layer> Results = [ResultMunicipalities, ResultSettlements, GapAreas, GapClusters, Changes];

    /// <summary>The layer of a name; for an unknown one a refusal that suggests near names.</summary>
    public static Layer Get(string name) => Imported.Concat(Results).FirstOrDefault(l => l.Name == name)
        ?? throw BreitbandException.WrongUse(
            $"Die Ebene „{name}“ gibt es nicht. {Suggest.German(name, Imported.Concat(Results).Select(l => l.Name))}",
            $"There is no layer \"{name}\". {Suggest.English(name, Imported.Concat(Results).Select(l => l.Name))}");

    /// <summary>The layer with some of its fields, for reading no more than these.</summary>
    public Layer Only(params string[] fields) => this with { Fields = [.. fields.Select(f => Find(f) ?? throw new ArgumentException($"{Name} has no {f}", nameof(fields)))] };

    public Field? Find(string field) => Fields.FirstOrDefault(f => f.Name == field);
}
