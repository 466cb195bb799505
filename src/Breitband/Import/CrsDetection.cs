using NetTopologySuite.Geometries;

namespace Breitband.Import;

/// <summary>
/// Which CRS a table's coordinates are in: what the user or the file says, checked by where the coordinates then fall; without a statement,
/// the one system under which they fall into the county. Two plausible and different answers are a question to the user.
/// </summary>
static class CrsDetection
{
    static readonly Envelope Germany = new(5.8, 15.1, 47.2, 55.1);
    const double Most = 0.9;

    /// <summary>Share of the samples inside Germany and inside the county, read in one system; the first sample in the stored CRS.</summary>
    sealed record Fit(Crs Crs, double InGermany, double InCounty, (double X, double Y) Place);

    /// <param name="few">Some positions of the table, enough to check a statement.</param>
    /// <param name="many">Positions from all over the table, read only when the system must be found.</param>
    public static CrsReport Find(string file, Found<int?> declared, int? chosen, IReadOnlyList<Coordinate> few, Func<IReadOnlyList<Coordinate>> many,
        Envelope? county, Action<Warning> warn)
    {
        if (chosen is { } given)
            return new(Crs.Get(given).Epsg, new("wie angegeben (--crs)", "as given (--crs)"));
        if (few.Count == 0)
            return new(declared.Value, declared.Why);
        if (declared.Value is { } epsg && Crs.IsKnown(epsg))
            return Declared(file, epsg, declared.Why, few, many, county, warn);
        if (declared.Value is { } unknown)
            Crs.Get(unknown);
        return Search(file, declared.Why, many(), county);
    }

    static CrsReport Declared(string file, int epsg, Phrase why, IReadOnlyList<Coordinate> few, Func<IReadOnlyList<Coordinate>> many, Envelope? county, Action<Warning> warn)
    {
        var fit = Of(Crs.Get(epsg), few, county);
        if (fit.InGermany >= 0.5 && (county == null || fit.InCounty > 0))
            return new(epsg, why);
        var all = many();
        fit = Of(Crs.Get(epsg), all, county);
        var others = Plausible(all, county).Where(c => county == null || c.InCounty >= Most).Where(c => c.Crs.Epsg != epsg).ToList();
        if (fit.InGermany >= 0.5)
        {
            if (fit.InCounty > 0 || others.Count == 0 || county == null)
                return new(epsg, why);
            throw Question(file, [fit, .. others], $"Angegeben ist EPSG:{epsg}, dort liegt aber nichts im Landkreis. ", $"It says EPSG:{epsg}, but there nothing lies in the county. ");
        }
        if (others.Count > 1)
            throw Question(file, others, $"EPSG:{epsg} ({why.De}) legt die Daten außerhalb Deutschlands. ", $"EPSG:{epsg} ({why.En}) puts the data outside Germany. ");
        if (others.Count == 0)
            throw None(file, $"EPSG:{epsg} ({why.De}) legt die Daten außerhalb Deutschlands", $"EPSG:{epsg} ({why.En}) puts the data outside Germany");
        var right = others[0].Crs;
        warn(new("crs-wrong", 1, new(
            $"Angegeben ist EPSG:{epsg} ({why.De}); das legt die Daten außerhalb Deutschlands. Gelesen als EPSG:{right.Epsg} ({right.Name}{Zone(right).De}).",
            $"It says EPSG:{epsg} ({why.En}), which puts the data outside Germany. Read as EPSG:{right.Epsg} ({right.Name}{Zone(right).En}).")));
        return Report(right, new("an der Lage der Koordinaten erkannt, die Angabe war falsch", "recognised by where the coordinates fall, the statement was wrong"));
    }

    static CrsReport Search(string file, Phrase why, IReadOnlyList<Coordinate> samples, Envelope? county)
    {
        var found = Plausible(samples, county);
        if (found.Count > 1)
            throw Question(file, found, "", "");
        if (found.Count == 0)
            throw None(file, why.De, why.En);
        return Report(found[0].Crs, new($"{why.De}; an der Lage der Koordinaten erkannt", $"{why.En}; recognised by where the coordinates fall"));
    }

    static CrsReport Report(Crs crs, Phrase why)
    {
        var twin = crs.Epsg == Crs.Geographic ? new Phrase(" (von EPSG:4258 hier nicht zu unterscheiden)", " (not to be told from EPSG:4258 here)") : Zone(crs);
        var accuracy = crs.Accuracy == "exakt" ? "" : $", {crs.Accuracy}";
        return new(crs.Epsg, new(why.De + twin.De + accuracy, why.En + twin.En + accuracy.Replace("etwa", "about", StringComparison.Ordinal)));
    }

    static Phrase Zone(Crs crs) => crs.Epsg switch
    {
        5650 => new(", Ostwerte mit Zonenkennziffer 33", ", eastings with zone prefix 33"),
        4647 => new(", Ostwerte mit Zonenkennziffer 32", ", eastings with zone prefix 32"),
        _ => new("", ""),
    };

    /// <summary>Systems under which the samples fall into Germany and into the county; those that agree within a metre count once.</summary>
    static List<Fit> Plausible(IReadOnlyList<Coordinate> samples, Envelope? county)
    {
        var fits = Crs.All.Select(c => Of(c, samples, county)).Where(f => f.InGermany >= Most && (county == null || f.InCounty > 0)).ToList();
        // A national file has a few rows here under a wrong system too; the right one must not be put in question by them.
        var best = fits.Count == 0 ? 0 : fits.Max(f => f.InCounty);
        var kept = new List<Fit>();
        foreach (var fit in fits.Where(f => best <= 0.5 || f.InCounty >= best / 2).OrderBy(f => f.Crs.Epsg == Crs.Geographic ? 0 : f.Crs.Epsg))
            if (!kept.Any(k => Math.Abs(k.Place.X - fit.Place.X) < 1 && Math.Abs(k.Place.Y - fit.Place.Y) < 1))
                kept.Add(fit);
        return kept;
    }

    static Fit Of(Crs crs, IReadOnlyList<Coordinate> samples, Envelope? county)
    {
        var toLonLat = Crs.Transform(crs.Epsg, Crs.Geographic);
        var (germany, inside) = (0, 0);
        foreach (var sample in samples)
        {
            if (!CouldBe(crs, sample))
                continue;
            var (lon, lat) = toLonLat(sample.X, sample.Y);
            germany += Germany.Contains(lon, lat) ? 1 : 0;
            inside += county?.Contains(lon, lat) == true ? 1 : 0;
        }
        var n = Math.Max(1, samples.Count);
        return new(crs, (double)germany / n, (double)inside / n, germany == 0 ? default : Crs.Transform(crs.Epsg, Crs.Stored)(samples[0].X, samples[0].Y));
    }

    /// <summary>Keeps numbers out of a projection's arithmetic that it was never made for and that it might turn into anything.</summary>
    static bool CouldBe(Crs crs, Coordinate c) => crs.IsGeographic
        ? Math.Abs(c.X) <= 180 && Math.Abs(c.Y) <= 90
        : Math.Abs(c.X) > 1000 && Math.Abs(c.Y) > 1000 && (crs.Epsg switch
        {
            4647 => c.X is > 32_000_000 and < 33_000_000,
            5650 => c.X is > 33_000_000 and < 34_000_000,
            31467 => c.X is > 3_000_000 and < 4_000_000,
            31468 or 2398 => c.X is > 4_000_000 and < 5_000_000,
            31469 or 2399 => c.X is > 5_000_000 and < 6_000_000,
            25832 or 25833 => c.X is > -1_000_000 and < 2_000_000,
            _ => true,
        });

    static BreitbandException Question(string file, IReadOnlyList<Fit> fits, string de, string en)
    {
        var names = string.Join(", ", fits.Select(f => $"EPSG:{f.Crs.Epsg} ({f.Crs.Name})"));
        var options = string.Join("|", fits.Select(f => $"--crs EPSG:{f.Crs.Epsg}"));
        return BreitbandException.Refused(
            $"{file}: {de}Mehrere Koordinatensysteme sind möglich und ergeben verschiedene Orte: {names}. Bitte angeben: {options}",
            $"{file}: {en}Several CRS are possible and give different places: {names}. Please say which: {options}");
    }

    static BreitbandException None(string file, string de, string en) => BreitbandException.Refused(
        $"{file}: Das Koordinatensystem ist nicht zu erkennen ({de}), und unter keinem bekannten liegen die Daten im Landkreis. Bitte angeben: --crs EPSG:n",
        $"{file}: the CRS cannot be recognised ({en}), and under no known one do the data lie in the county. Please say which: --crs EPSG:n");
}
