-- municipality and settlement of every address: the polygons drive, so that each one's prepared form is made once
drop table if exists ours_place;
create table ours_place as
  with m as materialized (select p.addr_id, m.ags from municipalities m cross join lateral (select a.addr_id from addresses a where st_covers(m.geom, a.geom) offset 0) p),
       s as materialized (select p.addr_id, s.set_id from settlements s cross join lateral (select a.addr_id from addresses a where st_covers(s.geom, a.geom) offset 0) p)
  select a.addr_id, a.geom, m.ags, s.set_id
  from   addresses a
  left   join m using (addr_id)
  left   join s using (addr_id);
create unique index on ours_place (addr_id);
create index on ours_place using gist (geom);
analyze ours_place;
