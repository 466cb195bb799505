using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Import;

/// <summary>The area, line or points of one measure, from a file somebody drew: every feature of every table of it together.</summary>
public static class AreaFile
{
    /// <summary>More than this is a register of its own and belongs to <c>import</c>.</summary>
    const int MaxFeatures = 10_000;

    /// <returns>In <see cref="Crs.Stored"/>.</returns>
    /// <exception cref="BreitbandException">Refused: no geometry, one that is broken or invalid, a CRS that cannot be recognised, or features of mixed kinds.</exception>
    public static Geometry Read(Store.Store store, string path, int? crs)
    {
        var county = new CountyFilter(store).LonLat();
        using var opened = Sources.Open(path, null, new HashSet<string>());
        var parts = new List<Geometry>();
        foreach (var source in opened.Sources.Where(s => s.HasGeometry))
        {
            var drawn = source.Read().Where(r => r.Fault is not null || r.Geometry is { IsEmpty: false }).Take(MaxFeatures + 1).ToList();
            if (drawn.Count > MaxFeatures)
                throw BreitbandException.Refused($"{path} hat mehr als {MaxFeatures} Objekte; das ist keine Fläche einer Maßnahme. Einlesen mit: breitband import {path} --as measures",
                    $"{path} has more than {MaxFeatures} features; that is no area of one measure. Read it with: breitband import {path} --as measures");
            if (source.Broken is { } broken)
                throw BreitbandException.Refused($"{path}: {broken.De}. Die Datei noch einmal schreiben lassen.", $"{path}: {broken.En}. Have the file written once more.");
            if (drawn.Find(r => r.Fault is not null) is { Fault: { } unread } row)
                throw Wrong(row.Number, unread);
            List<Coordinate> samples = [.. drawn.Take(200).Select(r => r.Geometry!.Coordinate)];
            var epsg = CrsDetection.Find(path, source.DeclaredCrs, crs, samples, () => samples, county, _ => { }).Epsg;
            if (epsg is { } known)
                parts.AddRange(drawn.Select(r => Crs.Transform(r.Geometry!, known, Crs.Stored) is var part && Validity.Fault(part) is { } fault ? throw Wrong(r.Number, fault) : part));
        }
        if (parts.Count == 0)
            throw BreitbandException.Refused($"{path} enthält keine Geometrie.", $"{path} holds no geometry.");
        if (parts.Select(p => p.Dimension).Distinct().Count() > 1)
            throw BreitbandException.Refused($"{path} mischt Flächen, Linien und Punkte; eine Maßnahme hat nur eines davon.", $"{path} mixes areas, lines and points; a measure has one of them only.");
        var together = parts.Count == 1 ? parts[0] : OverlayNGRobust.Union(parts);
        together.SRID = Crs.Stored;
        return together;

        BreitbandException Wrong(long feature, Phrase why) => BreitbandException.Refused(
            $"{path}, Objekt {feature}: ungültig ({why.De}); bitte neu zeichnen.", $"{path}, feature {feature}: invalid ({why.En}); please draw it again.");
    }
}
