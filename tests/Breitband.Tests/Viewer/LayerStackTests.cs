using Breitband.Print;
using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The layers in the order the user gives them.</summary>
public sealed class LayerStackTests
{
    readonly LayerStack stack = new(LayerSwitch.All(Legend.Default));

    LayerSwitch Of(string group) => stack.Single(l => l.Groups.Contains(group));

    [Fact]
    public void Untouched_it_is_painted_as_print_and_web_paint_it() => Assert.Equal(TilePainter.Groups, stack.Painted.Order);

    [Fact]
    public void A_layer_goes_up_and_down_by_places_and_stays_at_the_ends()
    {
        stack.Shift(Of("measure"), -1);
        Assert.True(Place("measure") > Place("facility"));
        stack.Shift(Of("measure"), 2);
        Assert.True(Place("measure") < Place("border"));
        var before = stack.Painted.Order;
        stack.Shift(Of("ground"), 1);
        stack.Shift(Of("name"), -1);
        Assert.Equal(before, stack.Painted.Order);

        int Place(string group) => stack.Painted.Order.ToList().IndexOf(group);
    }

    [Fact]
    public void What_is_hidden_is_not_painted_and_what_is_faded_is_painted_so()
    {
        (Of("border").Visible, Of("gap").Opacity) = (false, 0.4);
        Assert.Equal(0, stack.Painted.Opacity["border"]);
        Assert.Equal((0.4, 0.4), (stack.Painted.Opacity["gap"], stack.Painted.Opacity["municipality-share"]));
    }

    [Fact]
    public void It_comes_back_as_it_was_left_and_layers_unknown_then_keep_their_place_at_the_end()
    {
        stack.Shift(Of("gap"), -3);
        (Of("name").Visible, Of("gap").Opacity) = (false, 0.5);
        var again = new LayerStack(LayerSwitch.All(Legend.Default)) { Left = [.. stack.Left.Where(l => l.Group != "ground"), new("gone", true, 1)] };
        Assert.Equal(stack.Left, again.Left);
    }

    [Fact]
    public void What_stands_for_a_layer_is_as_strong_as_it_and_gone_with_it()
    {
        var stack = new LayerStack(LayerSwitch.All(Legend.Default));
        var layer = stack.Single(l => l.Groups.Contains("municipality-share"));
        layer.Opacity = 0.4;
        Assert.Equal(0.4, stack.Strength("municipality-share"));
        layer.Visible = false;
        Assert.Equal(0, stack.Strength("municipality-share"));
    }
}
