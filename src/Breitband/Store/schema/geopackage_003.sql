-- GDAL, and with it QGIS, sees only registered tables where one without places is registered: our styles were never found.
INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles');
