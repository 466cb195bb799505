-- Version 3: what the row of an edition tells of its file is seen by the edition's class only; who may not read a partition may still have its
-- rows counted; and a store knows which program made the views, styles and checks it has.
SET LOCAL ROLE breitband_owner;

ALTER TABLE breitband.schema_versions ADD generated text, ADD generator text;

-- As breitband.clearance(), for functions that run with the owner's rights: there current_user is the owner.
CREATE FUNCTION breitband.session_clearance() RETURNS smallint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN pg_has_role(session_user, 'breitband_confidential', 'MEMBER') OR pg_has_role(session_user, 'breitband_owner', 'MEMBER') THEN 2
              WHEN pg_has_role(session_user, 'breitband_internal', 'MEMBER') THEN 1
              ELSE 0 END::smallint
$$;

-- That there is an edition, of which day and class, the program must know to refuse figures without it, and its checksum and options to tell which run is of
-- which data; its file, counts and report it need not.
CREATE VIEW breitband.visible_editions WITH (security_barrier) AS
SELECT county, number, serial, layer, source, date, live, disclosure, imported_at, has_rows, columns, shown,
       CASE WHEN shown THEN file ELSE '' END AS file, CASE WHEN shown THEN row_count END AS row_count, CASE WHEN shown THEN rejected_count END AS rejected_count,
       CASE WHEN shown THEN edition
            ELSE (edition::jsonb || '{"File": "", "RowCount": 0, "RejectedCount": 0}')::text END AS edition,
       CASE WHEN shown THEN report ELSE '' END AS report
FROM (SELECT e.*, e.disclosure <= (SELECT breitband.clearance()) AS shown FROM breitband.editions e) e;
GRANT SELECT ON breitband.visible_editions TO breitband_reader, breitband_editor;
REVOKE SELECT ON breitband.editions FROM breitband_reader, breitband_editor;

-- The rows of every edition the caller may see, as they are. The statistics would be faster and would lie.
CREATE FUNCTION breitband.edition_rows(of_county text) RETURNS TABLE (number integer, tables bigint, found bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT e.number, count(p.oid),
         sum(CASE WHEN p.oid IS NOT NULL THEN (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM breitband.%I', p.relname), false, true, '')))[1]::text::bigint END)::bigint
  FROM breitband.editions e
    LEFT JOIN pg_class p ON p.relnamespace = 'breitband'::regnamespace AND p.relispartition AND p.relkind = 'r'
      AND regexp_replace(p.relname, '_p\d+$', '') = e.layer || '_' || e.county || '_e' || e.number
  WHERE e.county = of_county AND e.has_rows AND e.disclosure <= breitband.session_clearance()
  GROUP BY e.county, e.number
$$;

INSERT INTO breitband.schema_versions (version) VALUES (3);
