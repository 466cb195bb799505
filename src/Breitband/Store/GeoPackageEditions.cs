using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>Which edition of a dataset is live, and therefore registered for GDAL and QGIS.</summary>
static class GeoPackageEditions
{
    /// <summary>Makes an edition the live one of its dataset, inside the caller's transaction.</summary>
    public static void MakeLive(SqliteConnection connection, Edition edition)
    {
        var (layer, source) = (edition.Dataset.Layer, edition.Dataset.Source);
        var before = connection.QuerySingleOrDefault<string?>("SELECT table_name FROM breitband_editions WHERE layer = @layer AND source = @source AND live", new { layer, source });
        if (before is not null)
            GeoPackageTable.Unregister(connection, before);
        connection.Execute("UPDATE breitband_editions SET live = 0 WHERE layer = @layer AND source = @source AND live", new { layer, source });
        connection.Execute("UPDATE breitband_editions SET live = 1 WHERE number = @Number", new { edition.Number });
        Register(connection, edition);
    }

    static void Register(SqliteConnection connection, Edition edition)
    {
        var row = connection.QuerySingle<(string? Table, bool HasGeometry, string Columns, double? MinX, double? MinY, double? MaxX, double? MaxY)>(
            "SELECT table_name, has_geometry, columns, min_x, min_y, max_x, max_y FROM breitband_editions WHERE number = @Number", new { edition.Number });
        if (row.Table is null)
            return;
        var layer = Layer.Get(edition.Dataset.Layer);
        var extent = !row.HasGeometry ? null : row.MinX is null ? new Envelope() : new Envelope(row.MinX.Value, row.MaxX!.Value, row.MinY!.Value, row.MaxY!.Value);
        var date = edition.Date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
        GeoPackageTable.Register(connection, row.Table, layer, [.. row.Columns.Split(',').Select(n => layer.Find(n)!)], extent,
            $"{layer.German} – {edition.Dataset.Source}, Stand {date}",
            $"{(edition.Synthetic ? "Demonstrationsdaten. " : "")}{edition.Licence.Attribution} ({edition.Licence.Id}). Vertraulichkeit: {edition.Disclosure.Code()}.");
    }
}
