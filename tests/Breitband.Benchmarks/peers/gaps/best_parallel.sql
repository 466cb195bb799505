-- best download of every address: st_envelope() hides the polygons' index from the planner, so that they drive and all cores take part
alter table coverage set (parallel_workers = 2);
set parallel_setup_cost = 0; set parallel_tuple_cost = 0;
drop table if exists ours_best;
create table ours_best as
  with hit as materialized (
    select p.addr_id, max(c.down) as best
    from   coverage c
    join   ours_place p on p.geom && st_envelope(c.geom) and _st_covers(c.geom, p.geom)
    group  by 1)
  select p.addr_id, p.ags, p.set_id, coalesce(h.best, 0) as best from ours_place p left join hit h using (addr_id);
