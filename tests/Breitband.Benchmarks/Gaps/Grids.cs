using System.Globalization;
using System.Text;
using Breitband.Analyse;
using NetTopologySuite.Geometries;

namespace Breitband.Benchmarks.Gaps;

/// <summary>
/// 41,000 population cells (LAEA) on atlas cells (UTM 32), which are turned against them: ours as the engine does it, with demand, settlements and
/// bounds by class, beside overlap and sums alone in SQL.
/// </summary>
static class Grids
{
    static readonly GeometryFactory Factory = new(new PrecisionModel(), Crs.Stored);
    static readonly double[] Steps = [1, 0.9, 0.5, 0.25, 0];

    public static bool Run(Scale scale, Peer peer, int runs)
    {
        var county = County(scale);
        var options = new AnalysisOptions(Profiles.Load(Installation.Profiles).Default, Basis.Atlas, MeasureChoice.None, new(2026, 1, 1));
        Load(county, new ServedRule(options.Profile.Households, options.Profile.HfcCountsAsServed), peer);
        var analysis = new Analysis(county, options).Compute();
        Console.WriteLine(FormattableString.Invariant($"{county.Population.Count:N0} population cells on {county.Cells.Keys.Count:N0} atlas cells"));
        var ours = Timing.Median("split of every population cell by two grids, ours", runs, () => analysis = new Analysis(county, options).Compute(), warmUp: 10);
        var theirs = Timing.Median("overlap and shares, PostGIS", 3, () => peer.Run("grids"));
        var splits = Enumerable.Range(0, analysis.Demands.Count).ToDictionary(d => county.Population[analysis.Demands.Source[d]].Key, d => analysis.HouseholdSplits[d]);
        var rows = peer.Rows("select id, served, unserved from ours_split").ToList();
        var worst = rows.Max(r => Math.Max(Math.Abs(Peer.Number(r[1]) - Split.Count(splits[r[0]].Served)), Math.Abs(Peer.Number(r[2]) - Split.Count(splits[r[0]].Unserved))));
        var lost = Math.Abs(county.Population.Sum(p => p.Inhabitants) - Split.Count(splits.Values.Sum(s => s.Total)));
        Console.WriteLine(FormattableString.Invariant($"PostGIS takes {theirs / ours:0.0} times ours; {rows.Count:N0} cells compared, largest difference {worst:0.000000000} households; {lost} households lost"));
        return theirs >= 4 * ours && worst < 1e-5 && lost < 1e-9;
    }

    static County County(Scale scale)
    {
        int[] byAgs = [.. Enumerable.Range(0, scale.Ags.Length).OrderBy(i => scale.Ags[i], StringComparer.Ordinal)];
        Municipality[] municipalities = [.. byAgs.Select(i => new Municipality(scale.Ags[i], scale.Ags[i], null, null, scale.Municipalities[i], 1.0, null))];
        var index = new PolygonIndex([.. municipalities.Select(m => m.Geometry)]);
        var toStored = Crs.Transform(Crs.CensusGrid, Crs.Stored);
        var households = ShapeFiles.Numbers(Path.Combine(scale.Shapefiles, "cells.dbf"), "hh");
        var squares = ShapeFiles.Polygons(Path.Combine(scale.Shapefiles, "cells.shp")).Select(c => Square(c!.EnvelopeInternal, toStored)).ToList();
        var population = squares.Select((square, i) => (Square: square, Municipality: index.First(square.Centroid.X, square.Centroid.Y), Households: households[i]))
            .Where(c => c.Municipality >= 0).Select((c, i) => new PopulationCell($"{i:00000}", c.Municipality, c.Square.Centroid.X, c.Square.Centroid.Y, c.Households, c.Square)).ToList();
        var (atlas, shares) = Atlas(scale);
        return new County
        {
            Key = "12069",
            Municipalities = municipalities,
            MunicipalityIndex = index,
            Settlements = [.. scale.Settlements.Select((s, i) => new Settlement($"{i:0000}", $"{i}", index.First(s!.Centroid.X, s.Centroid.Y), s))],
            Population = population,
            Addresses = [],
            Facilities = [],
            Cells = new([.. atlas.Select((_, i) => $"{i}")], [.. atlas.Select(_ => (string?)null)], shares, atlas, [.. atlas.Select(_ => 1)]),
            MunicipalShares = new([], [], new ShareTable(0), [], []),
            Areas = [],
            AddressAnswers = [],
            Measures = [],
            Editions = [],
            Notes = [],
        };
    }

    /// <summary>An atlas cell wherever there is an address; shares of five steps by the cell's number.</summary>
    static (List<Geometry?> Squares, ShareTable Shares) Atlas(Scale scale)
    {
        var (toAtlas, toStored) = (Crs.Transform(Crs.Stored, Crs.AtlasGrid), Crs.Transform(Crs.AtlasGrid, Crs.Stored));
        var places = scale.Addresses.X.Zip(scale.Addresses.Y).Select(p => toAtlas(p.First, p.Second)).Select(p => ((long)Math.Floor(p.X / 100), (long)Math.Floor(p.Y / 100))).Distinct().Order().ToList();
        var shares = new ShareTable(places.Count);
        for (var row = 0; row < places.Count; row++)
            foreach (var technology in Technologies.Published)
                for (var i = 0; i < SpeedClass.All.Count; i++)
                    shares[row, technology, i] = technology is Technology.Hfc or Technology.Other ? 0 : Steps[(int)((places[row].Item1 + 3 * places[row].Item2 + (technology == Technology.All ? 0 : i > 8 ? 2 : 1)) % Steps.Length)];
        return ([.. places.Select(p => (Geometry?)Square(new Envelope(100 * p.Item1, 100 * p.Item1 + 100, 100 * p.Item2, 100 * p.Item2 + 100), toStored))], shares);
    }

    static Polygon Square(Envelope box, Func<double, double, (double X, double Y)> transform)
    {
        Coordinate At(double x, double y)
        {
            var (px, py) = transform(x, y);
            return new(px, py);
        }

        var first = At(box.MinX, box.MinY);
        return Factory.CreatePolygon([first, At(box.MaxX, box.MinY), At(box.MaxX, box.MaxY), At(box.MinX, box.MaxY), first.Copy()]);
    }

    /// <summary>The same squares and the same bounds into PostGIS.</summary>
    static void Load(County county, ServedRule rule, Peer peer)
    {
        var (atlas, population) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            File.WriteAllLines(atlas, county.Cells.Geometries.Select((g, i) => rule.Bounds(county.Cells.Shares, i) is var b
                ? string.Create(CultureInfo.InvariantCulture, $"{i}\t{b.Served:R}\t{b.Unserved:R}\t{Wkt(g!)}") : ""));
            File.WriteAllLines(population, county.Population.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}\t{p.Inhabitants:R}\t{Wkt(p.Geometry)}")));
            peer.Execute("drop table if exists ours_atlas, ours_population", "create table ours_atlas (id text, served float8, unserved float8, geom geometry(Polygon, 25833))",
                "create table ours_population (id text primary key, households float8, geom geometry(Polygon, 25833))", $"\\copy ours_atlas from '{atlas}'", $"\\copy ours_population from '{population}'",
                "create index on ours_atlas using gist (geom)", "vacuum analyze ours_atlas", "vacuum analyze ours_population");
        }
        finally
        {
            File.Delete(atlas);
            File.Delete(population);
        }
    }

    static string Wkt(Geometry square) => "SRID=25833;POLYGON((" + new StringBuilder().AppendJoin(',', square.Coordinates.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.X:R} {c.Y:R}"))) + "))";
}
