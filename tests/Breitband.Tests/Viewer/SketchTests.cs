using Breitband.Viewer.Map;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Viewer;

/// <summary>An area drawn by hand, in metres of the web's projection; one pixel is one metre here.</summary>
public sealed class SketchTests
{
    /// <summary>Bad Belzig, so that the way to the stored system is a real one.</summary>
    const double X = 1_400_000, Y = 6_820_000;

    static Coordinate At(double x, double y) => new(X + x, Y + y);

    static Sketch Drawn(params (double X, double Y)[] corners)
    {
        var sketch = new Sketch();
        sketch.Start();
        foreach (var (x, y) in corners)
            sketch.Add(At(x, y), 1);
        sketch.Close();
        return sketch;
    }

    [Fact]
    public void A_closed_square_is_an_area_in_the_stored_system()
    {
        var area = Drawn((0, 0), (100, 0), (100, 100), (0, 100)).Area!;
        var stretch = 1 / Math.Cosh(Y / 6378137);
        Assert.Equal(10_000 * stretch * stretch, area.Area, 0.01 * area.Area);
        Assert.Equal(340_000, area.Centroid.X, 60_000.0);
    }

    [Fact]
    public void A_bow_tie_is_no_area_and_its_fault_says_the_way_out()
    {
        var sketch = Drawn((0, 0), (100, 100), (100, 0), (0, 100));
        Assert.Null(sketch.Area);
        Assert.Contains("kreuzen", sketch.Fault, StringComparison.Ordinal);
        Assert.Contains("Strg+Z", sketch.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_edges_cross_the_map_shows_it()
    {
        var sketch = Drawn((0, 0), (100, 100), (100, 0), (0, 100));
        Assert.Equal(0, Assert.Single(sketch.Crossings).Distance(At(50, 50)), 6);
        Assert.Contains(sketch.Shapes(), s => !s.Handle && s.Geometry is Point dot && dot.Coordinate.Distance(At(50, 50)) < 1e-6);
        Assert.Empty(Drawn((0, 0), (100, 0), (100, 100), (0, 100)).Crossings);
    }

    [Fact]
    public void Where_the_edge_that_closes_an_area_would_cross_the_map_shows_it_before()
    {
        var sketch = new Sketch();
        sketch.Start();
        foreach (var (x, y) in new[] { (0, 0), (100, 100), (100, 0), (40, 90) })
            sketch.Add(At(x, y), 1);
        Assert.False(sketch.Closed);
        Assert.Contains("der rote Punkt", sketch.Fault, StringComparison.Ordinal);
        Assert.NotEmpty(sketch.Crossings);
    }

    [Fact]
    public void A_click_on_the_first_corner_closes_the_area()
    {
        var sketch = new Sketch();
        sketch.Start();
        foreach (var (x, y) in ((double, double)[])[(0, 0), (100, 0), (100, 100), (4, 5)])
            sketch.Add(At(x, y), 1);
        Assert.True(sketch.Closed);
        Assert.Equal(3, sketch.Shapes().Count(s => s.Handle));
    }

    [Fact]
    public void A_double_click_beside_the_first_corner_closes_the_area_without_a_loop()
    {
        var sketch = new Sketch();
        sketch.Start();
        foreach (var (x, y) in ((double, double)[])[(0, 0), (100, 0), (100, 100), (-9, -11)])
            sketch.Add(At(x, y), 1);
        sketch.Close(1);
        Assert.Null(sketch.Fault);
        Assert.Equal(3, sketch.Shapes().Count(s => s.Handle));
        Assert.Equal(4, Drawn((0, 0), (100, 0), (100, 100), (-9, -11)).Shapes().Count(s => s.Handle)); // closed by key, the corner is meant
    }

    [Fact]
    public void Two_corners_are_not_enough() => Assert.Contains("drei Ecken", Drawn((0, 0), (100, 0)).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_corner_taken_back_is_gone_and_the_bow_tie_with_it()
    {
        var sketch = new Sketch();
        sketch.Start();
        foreach (var (x, y) in ((double, double)[])[(0, 0), (100, 100), (100, 0), (0, 100)])
            sketch.Add(At(x, y), 1);
        Assert.NotNull(sketch.Fault);
        Assert.True(sketch.Undo());
        Assert.Null(sketch.Fault);
    }

    [Fact]
    public void A_corner_near_a_neighbours_corner_snaps_to_it_and_one_far_away_does_not()
    {
        var neighbour = new GeometryFactory().CreatePolygon([At(200, 0), At(300, 0), At(300, 100), At(200, 0)]);
        var sketch = new Sketch { Neighbours = [neighbour] };
        sketch.Start();
        foreach (var (x, y) in ((double, double)[])[(0, 0), (196, 3), (100, 200)])
            sketch.Add(At(x, y), 1);
        sketch.Close();
        var corners = Crs.Transform(sketch.Area!, Crs.Stored, Crs.WebMercator).Coordinates;
        Assert.Contains(corners, c => c.Distance(At(200, 0)) < 0.05);
        Assert.Contains(corners, c => c.Distance(At(100, 200)) < 0.05);
    }

    [Fact]
    public void A_corner_near_a_neighbours_edge_but_none_of_its_corners_lies_on_the_edge()
    {
        var neighbour = new GeometryFactory().CreatePolygon([At(200, -500), At(300, -500), At(300, 500), At(200, 500), At(200, -500)]);
        var sketch = new Sketch { Neighbours = [neighbour] };
        sketch.Start();
        foreach (var (x, y) in ((double, double)[])[(0, 0), (195, 40), (100, 200)])
            sketch.Add(At(x, y), 1);
        sketch.Close();
        Assert.Contains(Crs.Transform(sketch.Area!, Crs.Stored, Crs.WebMercator).Coordinates, c => c.Distance(At(200, 40)) < 0.05);
    }

    [Fact]
    public void A_corner_is_taken_away_but_never_one_of_the_last_three()
    {
        var sketch = Drawn((0, 0), (100, 0), (100, 100), (0, 100));
        var square = sketch.Area!.Area;
        Assert.False(sketch.Remove(At(50, 50), 1));
        Assert.True(sketch.Remove(At(101, 99), 1));
        Assert.Equal(square / 2, sketch.Area!.Area, 0.001 * square);
        Assert.False(sketch.Remove(At(0, 0), 1));
    }

    [Fact]
    public void In_the_middle_of_an_edge_a_new_corner_is_taken_hold_of()
    {
        var sketch = Drawn((0, 0), (100, 0), (100, 100), (0, 100));
        var square = sketch.Area!.Area;
        Assert.True(sketch.Grab(At(100, 50), 1));
        sketch.Drag(At(150, 50), 1);
        Assert.Equal(1.25 * square, sketch.Area!.Area, 0.001 * square);
        Assert.Equal(5, sketch.Shapes().Count(s => s.Handle));
    }

    [Fact]
    public void An_area_is_changed_only_when_a_corner_is_another_than_in_the_beginning()
    {
        var sketch = new Sketch();
        sketch.Start(new GeometryFactory().CreatePolygon([At(0, 0), At(100, 0), At(100, 100), At(0, 0)]));
        Assert.False(sketch.Changed);
        Assert.True(sketch.Grab(At(100, 100), 1));
        sketch.Drag(At(120, 100), 1);
        Assert.True(sketch.Changed);
        Assert.True(sketch.Undo());
        Assert.False(sketch.Changed);
    }

    [Fact]
    public void A_corner_is_taken_hold_of_and_dragged_and_the_drag_is_taken_back()
    {
        var sketch = Drawn((0, 0), (100, 0), (100, 100), (0, 100));
        var before = sketch.Area!.Area;
        Assert.False(sketch.Grab(At(50, 60), 1));
        Assert.True(sketch.Grab(At(98, 97), 1));
        sketch.Drag(At(200, 200), 1);
        Assert.True(sketch.Area!.Area > 1.5 * before);
        Assert.True(sketch.Undo());
        Assert.Equal(before, sketch.Area!.Area, 6);
    }

    [Fact]
    public void A_line_is_measured_on_the_ground_not_on_the_stretched_map()
    {
        var ruler = new Ruler();
        ruler.Start(true);
        ruler.Add(At(0, 0));
        ruler.Add(At(0, 1000));
        Assert.Equal(1000 / Math.Cosh(Y / 6378137), ruler.Measured!.Value, 2.0);
        ruler.Start(false);
        Assert.Null(ruler.Measured);
    }
}
