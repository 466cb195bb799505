-- Our bookkeeping beside the standard's tables. Only what is registered in gpkg_contents is shown by GDAL and QGIS:
-- the live editions, the results, the register of measures, the rejected rows and the list of editions.
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
