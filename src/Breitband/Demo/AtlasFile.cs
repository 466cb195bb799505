using System.Globalization;
using Breitband.Store;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Breitband.Demo;

/// <summary>Atlas cells as the Bundesnetzagentur hands them out: GeoPackage, its table and column names, EPSG:25832.</summary>
static class AtlasFile
{
    static readonly string[] Techniques = ["alle", "ftthb", "ftth", "fttb", "fttc", "hfc", "sonst"];

    public static void Write(string path, DateOnly date, IEnumerable<AtlasCell> cells)
    {
        File.Delete(path);
        var table = $"Versorgungsdaten_Gitterzellen_Stand_{date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        Field[] fields =
        [
            new("raster_id", FieldKind.Text, "Rasterkennung", "raster id"), new("ags", FieldKind.Text, "AGS", "AGS"),
            .. from technique in Techniques
               from mbit in Targets.Classes
               let name = $"down_fn_hh_{technique}_{mbit}"
               select new Field(name, FieldKind.Real, name, name),
            new("down_fn_gew_alle_100", FieldKind.Real, "down_fn_gew_alle_100", "down_fn_gew_alle_100"),
        ];
        var layer = new Layer(table, "Versorgungsdaten (synthetisch)", "coverage (synthetic)", Shape.Polygon, fields);
        var rows = cells.OrderBy(c => c.Cell.E).ThenBy(c => c.Cell.N).Select(RowOf);
        GeoPackageExport.Write(path, table, layer, fields, rows, "Demonstrationsdaten: synthetisch, auf veröffentlichte Gemeindewerte geeicht", Crs.AtlasGrid);
        Date(path, date);
    }

    static Row RowOf(AtlasCell c)
    {
        var zero = new double[Targets.Classes.Length];
        // Half of the fibre is to the home, half to the building: houses have one or the other.
        var home = c.FtthB.Select(f => Math.Round(f / 2, 2)).ToArray();
        var building = c.FtthB.Zip(home, (f, h) => Math.Round(f - h, 2)).ToArray();
        double[][] shares = [c.All, c.FtthB, c.FtthB.Sum() == 0 ? zero : home, c.FtthB.Sum() == 0 ? zero : building, c.Fttc, c.Hfc, c.Other];
        object?[] values = [$"100mN{c.Cell.N:00000}E{c.Cell.E:0000}", c.Ags, .. shares.SelectMany(s => s).Select(v => (object)v), c.All[4]];
        return new(Square(c.Cell), values);
    }

    static Polygon Square(Cell cell)
    {
        var (x, y) = (cell.E * 100.0, cell.N * 100.0);
        return new Polygon(new LinearRing([new(x, y), new(x + 100, y), new(x + 100, y + 100), new(x, y + 100), new(x, y)])) { SRID = Crs.AtlasGrid };
    }

    /// <summary>
    /// The catalogue's dates of change come from the clock; the file shall be the same every time. Packing it clears what the old dates leave
    /// in unused bytes.
    /// </summary>
    static void Date(string path, DateOnly date)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE gpkg_contents SET last_change = $at; UPDATE layer_styles SET update_time = $at; VACUUM";
        command.Parameters.AddWithValue("$at", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00.000Z");
        command.ExecuteNonQuery();
    }
}
