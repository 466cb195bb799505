using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

public class PaneWidthsTests
{
    static readonly PaneWidths Wish = new(270, 380);

    [Theory, InlineData(900), InlineData(1024), InlineData(1280), InlineData(1366), InlineData(1600)]
    public void The_map_keeps_its_part_of_every_window(double window)
    {
        var panes = Wish.Within(window);
        Assert.InRange(window - panes.Left - panes.Right - 2 * PaneWidths.Splitter, window * 0.45 - 0.01, window);
        Assert.Equal(380 / 270.0, panes.Right / panes.Left, 6);
    }

    [Fact]
    public void With_room_the_panes_are_as_wide_as_wished() => Assert.Equal(Wish, Wish.Within(1280));

    [Fact]
    public void What_a_small_window_made_of_a_wish_is_no_new_wish()
    {
        var seen = Wish.Within(900);
        Assert.InRange(seen.Left, 1, 269);
        Assert.Equal(Wish, seen.Wished(900, Wish));
    }

    [Fact]
    public void What_is_drawn_with_the_mouse_is_one()
    {
        var seen = Wish.Within(900) with { Right = 320 };
        Assert.Equal(new(270, 320), seen.Wished(900, Wish));
    }

    [Fact]
    public void A_pane_pushed_away_comes_back_as_it_was() => Assert.Equal(Wish, new PaneWidths(0, 380).Wished(1600, Wish));
}
