-- what supply of at least :down leaves of every settlement: whole polygons clipped to the settlement's box, united, subtracted
drop table if exists ours_gap;
create table ours_gap as
  select s.set_id, coalesce(st_difference(s.geom, u.geom), s.geom) as geom
  from   settlements s
  left   join lateral (select st_union(st_clipbybox2d(c.geom, box2d(s.geom))) as geom
                       from coverage c where c.down >= :down and c.geom && s.geom) u on true;
