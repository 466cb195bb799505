-- Every change of the store: who, when, from where and what. Whoever sees everything reads it; nobody rewrites it. What an editor does by hand to
-- a measure is in it too.
SET LOCAL ROLE breitband_owner;

CREATE TABLE breitband.audit (
  county text NOT NULL REFERENCES breitband.counties, number bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, who text NOT NULL,
  role text, origin text, action text NOT NULL, subject text NOT NULL,
  PRIMARY KEY (county, number));
ALTER TABLE breitband.audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON breitband.audit FOR SELECT USING ((SELECT breitband.clearance()) >= 2);
GRANT SELECT ON breitband.audit TO breitband_reader, breitband_editor;

-- Not even in the owner's transactions.
CREATE FUNCTION breitband.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Das Protokoll der Änderungen wird nur fortgeschrieben.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON breitband.audit FOR EACH STATEMENT EXECUTE FUNCTION breitband.refuse_change();

-- The program says who it is acting for and where he came from; of an edit by hand the server knows it. A history that comes along from another
-- store brings its entries with it.
CREATE FUNCTION breitband.audit_measure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  by_program boolean := breitband.who() IS NOT NULL;
BEGIN
  IF breitband.who() = '-' THEN
    RETURN NULL;
  END IF;
  INSERT INTO breitband.audit (county, at, who, role, origin, action, subject)
  VALUES (NEW.county, NEW.at, coalesce(CASE WHEN by_program THEN nullif(current_setting('breitband.actor', true), '') END, NEW.who),
          CASE WHEN by_program THEN nullif(current_setting('breitband.actor_role', true), '') END,
          CASE WHEN by_program THEN nullif(current_setting('breitband.origin', true), '') ELSE host(inet_client_addr()) END,
          'measure.' || NEW.what, NEW.key);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_measure AFTER INSERT ON breitband.measure_history FOR EACH ROW EXECUTE FUNCTION breitband.audit_measure();

INSERT INTO breitband.schema_versions (version) VALUES (2);
