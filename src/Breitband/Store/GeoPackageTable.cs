using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Breitband.Store;

/// <summary>Tables of a GeoPackage: making them, registering them so that QGIS shows them in German, and their spatial index.</summary>
static class GeoPackageTable
{
    /// <summary>Grid cells are single polygons; every other polygon layer holds multipolygons, so that a table has one type.</summary>
    public static bool IsMulti(Layer layer) => layer.Shape == Shape.Polygon && layer != Layer.CoverageCells && layer != Layer.Population && layer != Layer.MobileCells;

    static string TypeOf(Layer layer) => layer.Shape switch
    {
        Shape.Point => "POINT",
        Shape.Polygon => IsMulti(layer) ? "MULTIPOLYGON" : "POLYGON",
        _ => "GEOMETRY",
    };

    public static void Create(SqliteConnection connection, string table, Layer layer, IReadOnlyList<Field> columns)
    {
        var geometry = layer.Shape == Shape.None ? "" : $", geom {TypeOf(layer)}";
        connection.Execute($"CREATE TABLE \"{table}\" (id INTEGER PRIMARY KEY NOT NULL{geometry}{string.Concat(columns.Select(c => $", \"{c.Name}\" {SqlType(c.Kind)}"))})");
    }

    /// <summary>Adds the columns that a table made by an earlier version of the program does not have yet; their values are unknown.</summary>
    public static void AddMissing(SqliteConnection connection, string table, IReadOnlyList<Field> columns)
    {
        var there = Columns(connection, table);
        if (columns.All(c => there.Contains(c.Name)))
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var column in columns.Where(c => !there.Contains(c.Name)))
        {
            connection.Execute($"ALTER TABLE \"{table}\" ADD COLUMN \"{column.Name}\" {SqlType(column.Kind)}");
            Alias(connection, table, column);
        }
        transaction.Commit();
    }

    public static HashSet<string> Columns(SqliteConnection connection, string table) =>
        connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).ToHashSet(StringComparer.Ordinal);

    static void Alias(SqliteConnection connection, string table, Field column) =>
        connection.Execute("INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (@table, @Name, @German, @German, @English)",
            new { table, column.Name, column.German, column.English });

    static string SqlType(FieldKind kind) => kind switch
    {
        FieldKind.Integer => "INTEGER",
        FieldKind.Real => "REAL",
        FieldKind.Date => "DATE",
        FieldKind.Flag => "BOOLEAN",
        _ => "TEXT",
    };

    /// <summary>Shows a table in GDAL and QGIS, with German aliases and style.</summary>
    /// <param name="extent">Null for a table without a geometry, which is registered as attributes.</param>
    public static void Register(SqliteConnection connection, string table, Layer layer, IReadOnlyList<Field> columns, Envelope? extent, string identifier, string description, int srs = Crs.Stored)
    {
        var spatial = extent is not null;
        var box = extent is { IsNull: false } ? extent : null;
        connection.Execute("""
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id)
            VALUES (@table, @type, @identifier, @description, @minX, @minY, @maxX, @maxY, @srs)
            """, new
        {
            table,
            type = spatial ? "features" : "attributes",
            identifier,
            description,
            minX = box?.MinX,
            minY = box?.MinY,
            maxX = box?.MaxX,
            maxY = box?.MaxY,
            srs = spatial ? srs : (int?)null,
        });
        if (spatial)
        {
            connection.Execute("INSERT INTO gpkg_geometry_columns VALUES (@table, 'geom', @type, @srs, 0, 0)", new { table, type = TypeOf(layer), srs });
            if (QgisStyle.Qml(layer, layer.Shape) is { } qml)
                connection.Execute("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, useAsDefault, description, owner) VALUES ('', '', @table, 'geom', 'Breitband', @qml, 1, @description, '')",
                    new { table, qml, description });
        }
        foreach (var column in columns)
            Alias(connection, table, column);
    }

    public static void Unregister(SqliteConnection connection, string table) => connection.Execute("""
        DELETE FROM gpkg_data_columns WHERE table_name = @table;
        DELETE FROM layer_styles WHERE f_table_name = @table;
        DELETE FROM gpkg_geometry_columns WHERE table_name = @table;
        DELETE FROM gpkg_contents WHERE table_name = @table;
        """, new { table });

    /// <summary>The spatial index: filled packed, then handed to QGIS with the triggers of the gpkg_rtree_index extension.</summary>
    public static void Index(SqliteConnection connection, string table, PackedRtree boxes)
    {
        connection.Execute($"CREATE VIRTUAL TABLE \"rtree_{table}_geom\" USING rtree(id, minx, maxx, miny, maxy)");
        boxes.Write(connection.Handle!, $"rtree_{table}_geom");
        connection.Execute(Triggers.Replace("{t}", table, StringComparison.Ordinal));
        connection.Execute("INSERT INTO gpkg_extensions VALUES (@table, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", new { table });
    }

    public static void Drop(SqliteConnection connection, string table)
    {
        Unregister(connection, table);
        connection.Execute("DELETE FROM gpkg_extensions WHERE table_name = @table", new { table });
        connection.Execute($"DROP TABLE IF EXISTS \"rtree_{table}_geom\"; DROP TABLE IF EXISTS \"{table}\"");
    }

    /// <summary>The standard's own tables and the systems we write, in an empty file.</summary>
    public static void CreateBase(SqliteConnection connection)
    {
        connection.Execute(GeoPackageFile.Script("base"));
        foreach (var crs in Crs.All)
            connection.Execute("INSERT INTO gpkg_spatial_ref_sys VALUES (@Name, @Epsg, 'EPSG', @Epsg, @Wkt, NULL)", new { crs.Name, crs.Epsg, Wkt = Crs.Definition(crs.Epsg) });
        connection.Execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL), ('Undefined Geographic', 0, 'NONE', 0, 'undefined', NULL)");
    }

    /// <summary>The tables every store shows from the beginning.</summary>
    public static void RegisterFixed(SqliteConnection connection)
    {
        Create(connection, "measures", Layer.Measures, Layer.Measures.Fields);
        connection.Execute("CREATE UNIQUE INDEX measures_key ON measures (key)");
        Register(connection, "measures", Layer.Measures, Layer.Measures.Fields, new Envelope(), "Maßnahmen", "Register der geplanten und geförderten Maßnahmen");
        Field[] rejected =
        [
            new("edition", FieldKind.Integer, "Datenstand Nr.", "edition no."), new("file", FieldKind.Text, "Datei", "file"), new("number", FieldKind.Integer, "Zeile", "row"),
            new("key", FieldKind.Text, "Kennung", "key"), new("reason", FieldKind.Text, "Grund", "reason"), new("reason_en", FieldKind.Text, "Grund (englisch)", "reason (English)"),
        ];
        Register(connection, "rejected", Layer.Background, rejected, new Envelope(), "Zurückgewiesene Zeilen", "Beim Import zurückgewiesene Zeilen und Objekte mit Grund");
        // A registered attribute table also tells GDAL to list nothing that is not registered.
        connection.Execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES ('breitband_editions', 'attributes', 'Datenstände', 'Alle Importe, aktuelle und frühere')");
    }

    /// <summary>A table name from a dataset: letters, digits and underscores only.</summary>
    public static string NameOf(Dataset dataset, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{dataset.Layer}_{new string([.. dataset.Source.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')])}_e{number}");

    /// <summary>As the standard prescribes them (GeoPackage 1.3, annex F.3); they run only when somebody edits the table, and need that program's ST_ functions.</summary>
    const string Triggers = """
        CREATE TRIGGER "rtree_{t}_geom_insert" AFTER INSERT ON "{t}" WHEN (new."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
        BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."id", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END;
        CREATE TRIGGER "rtree_{t}_geom_update1" AFTER UPDATE OF "geom" ON "{t}" WHEN OLD."id" = NEW."id" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
        BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."id", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END;
        CREATE TRIGGER "rtree_{t}_geom_update2" AFTER UPDATE OF "geom" ON "{t}" WHEN OLD."id" = NEW."id" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
        BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."id"; END;
        CREATE TRIGGER "rtree_{t}_geom_update3" AFTER UPDATE ON "{t}" WHEN OLD."id" != NEW."id" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
        BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."id"; INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."id", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END;
        CREATE TRIGGER "rtree_{t}_geom_update4" AFTER UPDATE ON "{t}" WHEN OLD."id" != NEW."id" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
        BEGIN DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD."id", NEW."id"); END;
        CREATE TRIGGER "rtree_{t}_geom_delete" AFTER DELETE ON "{t}" WHEN old."geom" NOT NULL
        BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."id"; END;
        """;
}
