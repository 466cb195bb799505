-- households of every population cell that are served or unserved, by true overlap with the atlas cells
drop table if exists ours_split;
create table ours_split as
  select p.id, p.households * sum(o.area * o.served) / sum(o.area) as served, p.households * sum(o.area * o.unserved) / sum(o.area) as unserved
  from   ours_population p
  join   lateral (select st_area(st_intersection(a.geom, p.geom)) as area, a.served, a.unserved from ours_atlas a where st_intersects(a.geom, p.geom)) o on o.area > 0
  group  by p.id, p.households;
