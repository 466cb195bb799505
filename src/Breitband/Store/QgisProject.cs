using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Dapper;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>
/// A QGIS project (.qgz) beside an embedded store: the live layers and results with their German names and the legend's styles, results on top,
/// everything else there but switched off. The store is named by its relative path, so both can be moved together.
/// </summary>
public static class QgisProject
{
    /// <summary>From top to bottom; those marked are visible when the project opens.</summary>
    static readonly (Layer Layer, bool Visible)[] Order =
    [
        (Layer.Measures, true), (Layer.Facilities, false), (Layer.GapAreas, true), (Layer.GapClusters, false), (Layer.ResultSettlements, false), (Layer.Addresses, false), (Layer.Settlements, true),
        (Layer.CoverageAddresses, false), (Layer.CoverageAreas, false), (Layer.CoverageCells, false), (Layer.Population, false), (Layer.ResultMunicipalities, true), (Layer.Municipalities, true),
    ];

    /// <param name="Part">For a layer of any shape, which of its shapes; QGIS shows one per layer.</param>
    sealed record Shown(string Table, Layer Layer, string Title, string Geometry, bool Visible, Shape Part)
    {
        public string Id => $"{Table}_{Part}_breitband";
    }

    public static void Write(string store, string project)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var layers = Layers(connection);
        var box = connection.QuerySingle<(double? MinX, double? MinY, double? MaxX, double? MaxY)>("SELECT min(min_x), min(min_y), max(max_x), max(max_y) FROM gpkg_contents WHERE table_name LIKE 'municipalities%'");
        var source = "./" + Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(project))!, Path.GetFullPath(store)).Replace('\\', '/');
        var document = new XElement("qgis", new XAttribute("version", "3.22.0"), new XAttribute("projectname", "Breitband"),
            new XElement("title", "Breitband"), new XElement("projectCrs", Srs()),
            new XElement("layer-tree-group", layers.Select(l => new XElement("layer-tree-layer", new XAttribute("id", l.Id), new XAttribute("name", l.Title), new XAttribute("providerKey", "ogr"),
                new XAttribute("source", $"{source}|layername={l.Table}"), new XAttribute("checked", l.Visible ? "Qt::Checked" : "Qt::Unchecked"), new XAttribute("expanded", l.Visible ? "1" : "0")))),
            new XElement("mapcanvas", new XAttribute("name", "theMapCanvas"), new XElement("units", "meters"), Extent(box), new XElement("destinationsrs", Srs())),
            new XElement("projectlayers", layers.Select(l => MapLayer(l, source))),
            new XElement("properties", new XElement("SpatialRefSys", new XElement("ProjectionsEnabled", new XAttribute("type", "int"), 1)), new XElement("Paths", new XElement("Absolute", new XAttribute("type", "bool"), "false"))));
        File.Delete(project);
        using var archive = ZipFile.Open(project, ZipArchiveMode.Create);
        using var entry = archive.CreateEntry(Path.GetFileNameWithoutExtension(project) + ".qgs").Open();
        using var writer = new StreamWriter(entry);
        writer.Write("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + document);
    }

    static List<Shown> Layers(SqliteConnection connection)
    {
        var tables = connection.Query<(string Table, string Title, string Geometry)>(
            "SELECT c.table_name, c.identifier, g.geometry_type_name FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) ORDER BY c.table_name").ToList();
        var of = connection.Query<(string Table, string Layer)>("SELECT table_name, layer FROM breitband_editions WHERE table_name IS NOT NULL").ToDictionary(t => t.Table, t => t.Layer, StringComparer.Ordinal);
        return [.. from order in Order
                   from table in tables
                   where of.GetValueOrDefault(table.Table, table.Table) == order.Layer.Name
                   from part in order.Layer.Shape == Shape.Any ? Parts(connection, table.Table) : [order.Layer.Shape]
                   select new Shown(table.Table, order.Layer, table.Title, table.Geometry, order.Visible, part)];
    }

    static IEnumerable<Shape> Parts(SqliteConnection connection, string table) => connection.Query<byte[]>($"SELECT geom FROM \"{table}\" WHERE geom IS NOT NULL")
        .Select(g => GeoPackageGeometry.Decode(g).Dimension switch { Dimension.Point => Shape.Point, Dimension.Curve => Shape.Line, _ => Shape.Polygon }).Distinct().Order().ToList();

    static XElement MapLayer(Shown layer, string source)
    {
        var (shape, geometry, wkb) = layer.Part switch
        {
            Shape.Point => (Shape.Point, "Point", "Point"),
            Shape.Line => (Shape.Line, "Line", "MultiLineString"),
            _ => (Shape.Polygon, "Polygon", layer.Geometry == "POLYGON" ? "Polygon" : "MultiPolygon"),
        };
        var style = XElement.Parse(QgisStyle.Qml(layer.Layer, shape)!.Split('\n', 2)[1]);
        return new("maplayer", new XAttribute("type", "vector"), new XAttribute("geometry", geometry), new XAttribute("wkbType", wkb), style.Attributes().Where(a => a.Name.LocalName is not ("version" or "styleCategories")),
            new XElement("id", layer.Id), new XElement("datasource", $"{source}|layername={layer.Table}{(layer.Layer.Shape == Shape.Any ? "|geometrytype=" + wkb : "")}"),
            new XElement("layername", layer.Title), new XElement("srs", Srs()), new XElement("provider", new XAttribute("encoding", "UTF-8"), "ogr"), style.Elements());
    }

    /// <summary>QGIS looks the authority up only when there is a number of its own catalogue beside it; which one does not matter.</summary>
    static XElement Srs() => new("spatialrefsys", new XElement("srsid", 1), new XElement("srid", Crs.Stored), new XElement("authid", $"EPSG:{Crs.Stored}"));

    static XElement? Extent((double? MinX, double? MinY, double? MaxX, double? MaxY) box) => box.MinX is null ? null : new("extent",
        Number("xmin", box.MinX), Number("ymin", box.MinY), Number("xmax", box.MaxX), Number("ymax", box.MaxY));

    static XElement Number(string name, double? value) => new(name, value?.ToString(CultureInfo.InvariantCulture));
}
