using Breitband.Viewer.Map;

namespace Breitband.Tests.Viewer;

/// <summary>Between screen and world.</summary>
public sealed class MapPoseTests
{
    static readonly MapPose Pose = new(1_400_000, 6_820_000, 10, 800, 600);

    [Fact]
    public void The_middle_of_the_screen_is_the_centre_and_north_is_up()
    {
        Assert.Equal(new(1_400_000, 6_820_000), Pose.WorldAt(400, 300));
        Assert.Equal(new(1_396_000, 6_823_000), Pose.WorldAt(0, 0));
        Assert.Equal((1_396_000, 1_404_000, 6_817_000, 6_823_000), (Pose.Box.MinX, Pose.Box.MaxX, Pose.Box.MinY, Pose.Box.MaxY));
    }

    [Fact]
    public void A_county_shown_in_no_room_at_all_stays_within_what_the_map_can_show()
    {
        var pose = MapPose.Showing(new(1_350_000, 1_490_000, 6_780_000, 6_920_000), 0, 0, 16);
        Assert.Equal((1_420_000, 6_850_000, MapPose.Farthest), (pose.X, pose.Y, pose.Resolution));
    }

    [Fact]
    public void There_and_back_is_the_same_place()
    {
        var world = Pose.WorldAt(123, 456);
        Assert.Equal((123, 456), Pose.ScreenAt(world.X, world.Y));
    }

    [Fact]
    public void A_zoom_level_halves_the_metres_of_a_pixel()
    {
        Assert.Equal(156543.03392804097, MapPose.ResolutionOf(0), 6);
        Assert.Equal(12, (Pose with { Resolution = MapPose.ResolutionOf(12) }).Zoom, 9);
        Assert.Equal(2, MapPose.ResolutionOf(7) / MapPose.ResolutionOf(8), 9);
    }

    [Fact]
    public void On_the_ground_a_pixel_is_smaller_by_the_cosine_of_the_latitude()
    {
        var (_, latitude) = Crs.Transform(Crs.WebMercator, Crs.Geographic)(Pose.X, Pose.Y);
        Assert.Equal(10 * Math.Cos(latitude * Math.PI / 180), Pose.GroundResolution, 3);
        Assert.Equal(Pose.GroundResolution * 96 / 0.0254, Pose.Scale, 6);
    }

    [Fact]
    public void A_box_is_shown_whole_with_its_margin_and_no_nearer_than_a_street()
    {
        var pose = MapPose.Showing(new(1_400_000, 1_460_000, 6_800_000, 6_890_000), 1000, 932, 16);
        Assert.Equal((1_430_000, 6_845_000, 100), (pose.X, pose.Y, pose.Resolution));
        Assert.Equal(MapPose.ResolutionOf(17), MapPose.Showing(new(1_400_000, 1_400_001, 6_800_000, 6_800_001), 1000, 932, 16).Resolution);
    }
}
