-- A GeoPackage 1.3 with our bookkeeping beside it. Only what is registered in gpkg_contents is shown by GDAL and QGIS:
-- the live editions, the results, the register of measures, the rejected rows and the list of editions.
PRAGMA application_id = 1196444487; -- 'GPKG'
PRAGMA user_version = 10300;

CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);

CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));

CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));

CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));

CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));

CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));

INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');

-- What QGIS reads styles from.
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
  ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);

CREATE TABLE breitband_settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);

-- One row per import; edition and report are JSON, the columns before them are what SQL asks for.
CREATE TABLE breitband_editions (
  number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, layer TEXT NOT NULL, source TEXT NOT NULL, date DATE NOT NULL, live BOOLEAN NOT NULL,
  imported_at DATETIME NOT NULL, file TEXT NOT NULL, row_count INTEGER NOT NULL, rejected_count INTEGER NOT NULL,
  table_name TEXT, has_geometry BOOLEAN NOT NULL, columns TEXT NOT NULL, edition TEXT NOT NULL, report TEXT NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE);
CREATE UNIQUE INDEX breitband_one_live ON breitband_editions (layer, source) WHERE live;

CREATE TABLE breitband_runs (id TEXT NOT NULL, at DATETIME NOT NULL, parameters TEXT NOT NULL, summary TEXT NOT NULL);
CREATE INDEX breitband_runs_id ON breitband_runs (id);

CREATE TABLE breitband_measure_history (
  number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, key TEXT NOT NULL, at DATETIME NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  record TEXT NOT NULL, geom BLOB);
CREATE INDEX breitband_measure_history_key ON breitband_measure_history (key);

CREATE TABLE rejected (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY, edition INTEGER NOT NULL, file TEXT NOT NULL, number INTEGER NOT NULL,
  key TEXT, reason TEXT NOT NULL, reason_en TEXT NOT NULL);
CREATE INDEX rejected_edition ON rejected (edition);
