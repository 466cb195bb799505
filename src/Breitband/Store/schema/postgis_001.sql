-- Version 1 of the shared store. It runs once, in one transaction, as the user who makes the store; what it makes belongs to
-- breitband_owner. Every table is keyed by county first, and so is every index and every join, so that a state or the Bund can distribute
-- them by county (docs/postgis.md).

-- Roles belong to the server, not to the database: a second store finds them there.
--   breitband_reader        sees what is public, through the views or the program
--   breitband_internal      also what is internal
--   breitband_confidential  also what is confidential
--   breitband_editor        imports and analyses with the program and edits measures by hand; sees everything. It does not inherit the owner's
--                           rights: the program takes them for one transaction, QGIS never does, so only measures can be edited there.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['owner', 'reader', 'internal', 'confidential', 'editor'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'breitband_' || name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE breitband_%s NOLOGIN %s', name, CASE name WHEN 'editor' THEN 'NOINHERIT' ELSE 'INHERIT' END);
        EXECUTE CASE name WHEN 'internal' THEN 'GRANT breitband_reader TO breitband_internal'
                          WHEN 'confidential' THEN 'GRANT breitband_internal TO breitband_confidential'
                          WHEN 'editor' THEN 'GRANT breitband_owner TO breitband_editor'
                          ELSE 'SELECT' END;
      EXCEPTION WHEN unique_violation OR duplicate_object THEN
        NULL; -- another database of this server became a store at the same moment and has made the role
      END;
    END IF;
  END LOOP;
  -- From PostgreSQL 16 on whoever makes a role may administer it, and is a member of it, without being able to take it.
  IF current_setting('server_version_num')::int >= 160000 THEN
    IF NOT pg_has_role(current_user, 'breitband_owner', 'SET') THEN
      EXECUTE 'GRANT breitband_owner TO CURRENT_USER WITH SET TRUE';
    END IF;
  ELSIF NOT pg_has_role(current_user, 'breitband_owner', 'MEMBER') THEN
    GRANT breitband_owner TO CURRENT_USER;
  END IF;
END $$;

CREATE SCHEMA breitband AUTHORIZATION breitband_owner;
GRANT USAGE ON SCHEMA breitband TO breitband_reader, breitband_editor;

-- What QGIS reads styles from: it looks for this name in the search path. Asked first, as IF NOT EXISTS wants the right to make it all the same.
DO $$
BEGIN
  IF to_regclass('public.layer_styles') IS NULL THEN
    CREATE TABLE public.layer_styles (
      id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar, f_geometry_column varchar, stylename text,
      styleqml xml, stylesld xml, useasdefault boolean, description text, owner varchar(63) DEFAULT CURRENT_USER, ui xml,
      update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar);
  END IF;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.layer_styles TO breitband_owner;
GRANT SELECT ON public.layer_styles TO breitband_reader, breitband_editor;
GRANT USAGE ON SEQUENCE public.layer_styles_id_seq TO breitband_owner;

SET LOCAL ROLE breitband_owner;

-- The only table without a county: on a distributed database a reference table.
CREATE TABLE breitband.schema_versions (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());

CREATE TABLE breitband.counties (county text PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now());

-- One row per import; edition and report are JSON, the columns before them are what SQL asks for. The serial makes row ids unique in views
-- that show several editions.
CREATE TABLE breitband.editions (
  county text NOT NULL REFERENCES breitband.counties, number integer NOT NULL, serial bigint GENERATED ALWAYS AS IDENTITY,
  layer text NOT NULL, source text NOT NULL, date date NOT NULL, live boolean NOT NULL, disclosure smallint NOT NULL,
  imported_at timestamptz NOT NULL, file text NOT NULL, row_count bigint NOT NULL, rejected_count bigint NOT NULL,
  has_rows boolean NOT NULL, columns text NOT NULL, edition text NOT NULL, report text NOT NULL,
  PRIMARY KEY (county, number));
CREATE UNIQUE INDEX editions_one_live ON breitband.editions (county, layer, source) WHERE live;

CREATE TABLE breitband.rejected (
  county text NOT NULL, edition integer NOT NULL, id integer NOT NULL, disclosure smallint NOT NULL, geom geometry(Geometry, 25833),
  file text NOT NULL, number bigint NOT NULL, key text, reason text NOT NULL, reason_en text NOT NULL,
  PRIMARY KEY (county, edition, id), FOREIGN KEY (county, edition) REFERENCES breitband.editions (county, number));
CREATE INDEX rejected_geom ON breitband.rejected USING gist (geom);

CREATE TABLE breitband.runs (
  county text NOT NULL REFERENCES breitband.counties, number bigint GENERATED ALWAYS AS IDENTITY, id text NOT NULL, at timestamptz NOT NULL,
  parameters text NOT NULL, summary text NOT NULL, disclosure smallint NOT NULL,
  PRIMARY KEY (county, number));
CREATE INDEX runs_id ON breitband.runs (county, id);

-- The register of measures, and every change of it. The program adds the other fields, and the tables of the layers, from its own list.
CREATE TABLE breitband.measures (
  county text NOT NULL REFERENCES breitband.counties, id bigint GENERATED BY DEFAULT AS IDENTITY, geom geometry(Geometry, 25833),
  key text NOT NULL, disclosure text,
  PRIMARY KEY (county, key));
CREATE INDEX measures_geom ON breitband.measures USING gist (geom);

CREATE TABLE breitband.measure_history (
  county text NOT NULL REFERENCES breitband.counties, number bigint GENERATED ALWAYS AS IDENTITY, key text NOT NULL, at timestamptz NOT NULL,
  who text NOT NULL, what text NOT NULL, record text NOT NULL, geom geometry(Geometry, 25833), disclosure smallint NOT NULL,
  PRIMARY KEY (county, number));
CREATE INDEX measure_history_key ON breitband.measure_history (county, key);

-- The highest class the caller may see: 0 public, 1 internal, 2 confidential. Editors are those who may take the owner's role.
CREATE FUNCTION breitband.clearance() RETURNS smallint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN pg_has_role(current_user, 'breitband_confidential', 'MEMBER') OR pg_has_role(current_user, 'breitband_owner', 'MEMBER') THEN 2
              WHEN pg_has_role(current_user, 'breitband_internal', 'MEMBER') THEN 1
              ELSE 0 END::smallint
$$;

-- The class of a measure; one that does not say is internal.
CREATE FUNCTION breitband.disclosure_rank(disclosure text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE lower(btrim(disclosure)) WHEN 'öffentlich' THEN 0 WHEN 'oeffentlich' THEN 0 WHEN 'public' THEN 0
                                       WHEN 'vertraulich' THEN 2 WHEN 'confidential' THEN 2 ELSE 1 END::smallint
$$;

-- How many measures the caller does not see: the program refuses figures that would silently leave them out.
CREATE FUNCTION breitband.hidden_measures(of_county text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT count(*) FROM breitband.measures m
  WHERE m.county = of_county AND breitband.disclosure_rank(m.disclosure) > (
    SELECT CASE WHEN pg_has_role(session_user, 'breitband_confidential', 'MEMBER') OR pg_has_role(session_user, 'breitband_owner', 'MEMBER') THEN 2
                WHEN pg_has_role(session_user, 'breitband_internal', 'MEMBER') THEN 1
                ELSE 0 END)
$$;

-- Who edits by hand in a database of one county need not name it.
CREATE FUNCTION breitband.only_county() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT max(county) FROM breitband.counties HAVING count(*) = 1
$$;

-- Every change of a measure, by the program or by hand, goes into the history in the same transaction. The program, in the owner's role, says in
-- breitband.who who it is; "-" when the history comes along from another store. Nobody else is believed.
CREATE FUNCTION breitband.who() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('role') = 'breitband_owner' THEN nullif(current_setting('breitband.who', true), '') END
$$;

CREATE FUNCTION breitband.keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  measure breitband.measures := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF breitband.who() = '-' THEN
    RETURN NULL;
  END IF;
  INSERT INTO breitband.measure_history (county, key, at, who, what, record, geom, disclosure)
  VALUES (measure.county, measure.key, clock_timestamp(), coalesce(breitband.who(), session_user),
          CASE TG_OP WHEN 'INSERT' THEN 'create' WHEN 'UPDATE' THEN 'change' ELSE 'delete' END,
          (to_jsonb(measure) - 'county' - 'id' - 'geom')::text, measure.geom, breitband.disclosure_rank(measure.disclosure));
  RETURN NULL;
END $$;
CREATE TRIGGER keep_history AFTER INSERT OR DELETE ON breitband.measures FOR EACH ROW EXECUTE FUNCTION breitband.keep_history();
CREATE TRIGGER keep_history_of_changes AFTER UPDATE ON breitband.measures FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.* OR current_setting('breitband.every', true) = 'yes') EXECUTE FUNCTION breitband.keep_history();

-- Rows above the caller's class do not exist for him, whatever he asks. The owner's transactions (imports, analyses) see all.
ALTER TABLE breitband.rejected ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON breitband.rejected FOR SELECT USING (disclosure <= (SELECT breitband.clearance()));
ALTER TABLE breitband.measure_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON breitband.measure_history FOR SELECT USING (disclosure <= (SELECT breitband.clearance()));
ALTER TABLE breitband.measures ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON breitband.measures FOR SELECT USING (breitband.disclosure_rank(disclosure) <= (SELECT breitband.clearance()));

-- The answer of a run tells of single places; whoever may not see them learns only that there was one.
CREATE VIEW breitband.visible_runs WITH (security_barrier) AS
SELECT county, number, id, at, parameters, CASE WHEN disclosure <= (SELECT breitband.clearance()) THEN summary ELSE '' END AS summary, disclosure
FROM breitband.runs;

GRANT SELECT ON ALL TABLES IN SCHEMA breitband TO breitband_reader, breitband_editor;
REVOKE SELECT ON breitband.runs FROM breitband_reader, breitband_editor;

INSERT INTO breitband.schema_versions (version) VALUES (1);
