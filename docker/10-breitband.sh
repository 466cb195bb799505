#!/bin/bash
# Runs once, when the database's volume is new: the user of the service, who makes the store with the first import. He may make the store's
# roles and owns the database, and is no superuser.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v password="$BREITBAND_DB_PASSWORD" -v database="$POSTGRES_DB" <<'SQL'
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE ROLE breitband_service LOGIN CREATEROLE PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO breitband_service;
SQL
