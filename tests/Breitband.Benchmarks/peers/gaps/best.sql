-- best download of every address: the polygons drive, one core
drop table if exists ours_best;
create table ours_best as
  with hit as materialized (
    select p.addr_id, max(c.down) as best
    from   coverage c
    cross  join lateral (select q.addr_id from ours_place q where st_covers(c.geom, q.geom) offset 0) p
    group  by 1)
  select p.addr_id, p.ags, p.set_id, coalesce(h.best, 0) as best from ours_place p left join hit h using (addr_id);
