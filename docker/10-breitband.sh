#!/bin/bash
# Runs once, when the database's volume is new: the user of the service, who makes the store with the first import. He may make the store's
# roles and owns the database, and is no superuser.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v password="$BREITBAND_DB_PASSWORD" -v database="$POSTGRES_DB" <<'SQL'
CREATE EXTENSION IF NOT EXISTS postgis;
-- So that readers and editors, whom row security guards, use the spatial indexes, too (docs/postgis.md).
ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF;
CREATE ROLE breitband_service LOGIN CREATEROLE PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO breitband_service;
SQL
