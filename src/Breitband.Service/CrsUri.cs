using System.Globalization;
using Breitband.Service.Features;
using NetTopologySuite.Densify;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Breitband.Service;

/// <summary>
/// A coordinate reference system as the standards name it, by URI. At this border, and only here, axes are turned: the standard wants the order
/// the authority defined, and for EPSG:3035 that is north before east.
/// </summary>
/// <param name="Epsg">Our own number of it; CRS84 is 4326 with longitude first, as everything inside.</param>
sealed record CrsUri(string Uri, int Epsg, bool NorthFirst)
{
    public static readonly CrsUri Crs84 = new("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Crs.Geographic, false);

    public static readonly CrsUri Stored = OfEpsg(Crs.Stored);

    /// <summary>What answers can be had in and questions be put in.</summary>
    public static readonly IReadOnlyList<CrsUri> All = [Crs84, Stored, OfEpsg(Crs.AtlasGrid), OfEpsg(Crs.EqualArea, true), OfEpsg(Crs.WebMercator)];

    static CrsUri OfEpsg(int epsg, bool northFirst = false) => new(string.Create(CultureInfo.InvariantCulture, $"http://www.opengis.net/def/crs/EPSG/0/{epsg}"), epsg, northFirst);

    public bool IsCrs84 => Epsg == Crs.Geographic;

    /// <summary>By URI, also in the short forms [EPSG:25833] and EPSG:25833 that people type; null when we do not serve it.</summary>
    public static CrsUri? Find(string text)
    {
        var name = text.Trim('[', ']', '<', '>');
        return All.FirstOrDefault(c => c.Uri == name || name.Equals(c.Name, StringComparison.OrdinalIgnoreCase)
            || name.Replace("https://", "http://", StringComparison.Ordinal) == c.Uri);
    }

    public string Name => IsCrs84 ? "OGC:CRS84" : string.Create(CultureInfo.InvariantCulture, $"EPSG:{Epsg}");

    /// <summary>Where UTM zone 33 still means something, in degrees. A box around the world is cut to it before it is projected.</summary>
    static readonly Geometry Europe = new GeometryFactory().ToGeometry(new(-5, 35, 35, 65));

    /// <summary>A geometry written in this system, its axes as the authority has them.</summary>
    /// <exception cref="BreitbandException">WrongUse: its coordinates lie outside the system.</exception>
    public Geometry ToStored(Geometry written)
    {
        var copy = written.Copy();
        if (NorthFirst)
            copy.Apply(new Turned());
        if (Epsg is Crs.Geographic or Crs.WebMercator)
        {
            copy = Crs.Transform(copy, Epsg, Crs.Geographic);
            copy = Europe.Covers(copy) ? copy : OverlayNGRobust.Overlay(Europe, copy, SpatialFunction.Intersection);
        }
        var stored = Crs.Transform(copy, Epsg is Crs.WebMercator ? Crs.Geographic : Epsg, Crs.Stored);
        return Array.TrueForAll(stored.Coordinates, c => double.IsFinite(c.X) && double.IsFinite(c.Y)) ? stored : throw BreitbandException.WrongUse(
            $"Diese Koordinaten liegen außerhalb von {Name}.", $"These coordinates lie outside {Name}.");
    }

    /// <summary>
    /// A geometry written in this system whose long edges have vertices enough to bend on their way into another: the parallel along a box of one
    /// degree lies 120 m beside the line between its ends.
    /// </summary>
    public Geometry Bent(Geometry written)
    {
        const int most = 2000; // vertices along the longest edge: within Europe a few centimetres off
        if (Epsg == Crs.Stored || written.Dimension == Dimension.Point || written.IsEmpty)
            return written;
        var longest = Math.Max(written.EnvelopeInternal.Width, written.EnvelopeInternal.Height);
        var step = Math.Max(IsCrs84 ? 0.005 : 500, longest / most);
        return longest <= step ? written : new Densifier(written) { DistanceTolerance = step, Validate = false }.GetResultGeometry();
    }

    /// <summary>Envelope in longitude and latitude of a geometry of the stored system, a little larger than exact: edges bend between systems.</summary>
    public static Box BoxOf(Geometry stored)
    {
        var envelope = stored.EnvelopeInternal;
        return envelope.IsNull ? Box.Empty : BoxOf(envelope, Crs.Stored);
    }

    /// <summary>Envelope in longitude and latitude of an envelope in a system of ours, by points along its edges.</summary>
    public static Box BoxOf(Envelope envelope, int epsg)
    {
        const int steps = 16;
        var transform = Crs.Transform(epsg, Crs.Geographic);
        var around = new Envelope();
        for (var i = 0; i <= steps; i++)
        {
            var (x, y) = (envelope.MinX + envelope.Width * i / steps, envelope.MinY + envelope.Height * i / steps);
            foreach (var (px, py) in new[] { (x, envelope.MinY), (x, envelope.MaxY), (envelope.MinX, y), (envelope.MaxX, y) })
            {
                var (lon, lat) = transform(px, py);
                if (double.IsFinite(lon) && double.IsFinite(lat))
                    around.ExpandToInclude(lon, lat);
            }
        }
        if (around.IsNull)
            return Box.Empty;
        var margin = 1e-6 + 0.01 * Math.Max(around.Width, around.Height) / steps;
        return Box.OfDegrees(around.MinX - margin, around.MinY - margin, around.MaxX + margin, around.MaxY + margin);
    }

    sealed class Turned : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int index)
        {
            var (x, y) = (sequence.GetX(index), sequence.GetY(index));
            sequence.SetX(index, y);
            sequence.SetY(index, x);
        }
    }
}
