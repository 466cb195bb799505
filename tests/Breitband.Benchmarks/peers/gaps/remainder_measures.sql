-- the same, less the areas of all measures
drop table if exists ours_gap;
create table ours_gap as
  select s.set_id, coalesce(st_difference(s.geom, u.geom), s.geom) as geom
  from   settlements s
  left   join lateral (select st_union(st_clipbybox2d(c.geom, box2d(s.geom))) as geom
                       from (select geom from coverage where down >= :down union all select geom from measures) c where c.geom && s.geom) u on true;
