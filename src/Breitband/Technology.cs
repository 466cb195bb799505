namespace Breitband;

/// <summary>
/// How a line reaches the house. <see cref="All"/> is not a technology but the published figure „alle Techniken“ (fixed line);
/// <see cref="FtthB"/> is the combined figure where FTTH and FTTB are not told apart.
/// </summary>
public enum Technology { All, FtthB, Ftth, Fttb, Fttc, Hfc, Other, Fwa, Mobile }

/// <summary>Codes and German labels of the technologies: the one table of them.</summary>
public static class Technologies
{
    /// <summary>The technologies the Breitbandatlas publishes shares of, in column order.</summary>
    public static readonly IReadOnlyList<Technology> Published =
        [Technology.All, Technology.FtthB, Technology.Ftth, Technology.Fttb, Technology.Fttc, Technology.Hfc, Technology.Other];

    public static string Code(this Technology technology) => technology switch
    {
        Technology.All => "all",
        Technology.FtthB => "ftthb",
        Technology.Ftth => "ftth",
        Technology.Fttb => "fttb",
        Technology.Fttc => "fttc",
        Technology.Hfc => "hfc",
        Technology.Other => "other",
        Technology.Fwa => "fwa",
        _ => "mobile",
    };

    public static Phrase Label(this Technology technology) => technology switch
    {
        Technology.All => new("alle Techniken", "all technologies"),
        Technology.FtthB => new("Glasfaser (FTTB/H)", "fibre (FTTB/H)"),
        Technology.Ftth => new("Glasfaser bis in die Wohnung (FTTH)", "fibre to the home (FTTH)"),
        Technology.Fttb => new("Glasfaser bis ins Gebäude (FTTB)", "fibre to the building (FTTB)"),
        Technology.Fttc => new("VDSL/DSL (FTTC)", "VDSL/DSL (FTTC)"),
        Technology.Hfc => new("Kabel (HFC)", "cable (HFC)"),
        Technology.Other => new("sonstige Techniken", "other technologies"),
        Technology.Fwa => new("Richtfunk (FWA)", "fixed wireless (FWA)"),
        _ => new("Mobilfunk", "mobile"),
    };

    /// <summary>Reads our codes and the words suppliers use; null for a word that names no technology.</summary>
    public static Technology? Parse(string? text) => text?.Trim().ToLowerInvariant().Replace('-', '/').Replace(" ", "", StringComparison.Ordinal) switch
    {
        "all" or "alle" => Technology.All,
        "ftthb" or "ftth/b" or "fttb/h" or "fttx" or "glasfaser" or "gf" or "lwl" or "fiber" or "fibre" => Technology.FtthB,
        "ftth" => Technology.Ftth,
        "fttb" => Technology.Fttb,
        "fttc" or "vdsl" or "dsl" or "adsl" or "vdsl2" or "vectoring" or "supervectoring" or "kupfer" or "copper" => Technology.Fttc,
        "hfc" or "catv" or "kabel" or "koax" or "docsis" or "docsis3.1" or "docsis3.0" or "cable" => Technology.Hfc,
        "other" or "sonst" or "sonstige" or "sonstiges" => Technology.Other,
        "fwa" or "richtfunk" or "wlan" or "wimax" or "funk" => Technology.Fwa,
        "mobile" or "mobil" or "lte" or "5g" or "4g" or "umts" or "mobilfunk" => Technology.Mobile,
        _ => null,
    };
}

/// <summary>Download classes the Breitbandatlas publishes, Mbit/s, „at least“.</summary>
public static class SpeedClass
{
    public static readonly IReadOnlyList<int> All = [1, 2, 6, 8, 10, 16, 30, 50, 100, 200, 400, 1000];

    public static int IndexOf(int mbit)
    {
        for (var i = 0; i < All.Count; i++)
            if (All[i] == mbit)
                return i;
        return -1;
    }

    /// <summary>Index of the largest class not above a speed, or -1.</summary>
    public static int AtOrBelow(double mbit)
    {
        var index = -1;
        while (index + 1 < All.Count && All[index + 1] <= mbit)
            index++;
        return index;
    }

    /// <summary>Index of the smallest class not below a speed, or -1 when the speed is above the largest.</summary>
    public static int AtOrAbove(double mbit)
    {
        for (var i = 0; i < All.Count; i++)
            if (All[i] >= mbit)
                return i;
        return -1;
    }
}
