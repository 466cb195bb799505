-- Every change of the store, by the program: who, when, from where and what. It is shown as a table in QGIS and only ever grows.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, at DATETIME NOT NULL, who TEXT NOT NULL, role TEXT, origin TEXT, action TEXT NOT NULL,
  subject TEXT NOT NULL);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'Das Protokoll der Änderungen wird nur fortgeschrieben.'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'Das Protokoll der Änderungen wird nur fortgeschrieben.'); END;
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('audit', 'attributes', 'Protokoll der Änderungen', 'Wer wann was geändert hat; wird nur fortgeschrieben');
