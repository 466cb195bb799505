using Breitband.Viewer;
using Breitband.Viewer.Map;

namespace Breitband.Tests.Viewer;

/// <summary>Projects opened lately, and views of the map by name.</summary>
public sealed class RememberedTests
{
    int written;

    Remembered Begin(params string[] recent)
    {
        var remembered = new Remembered(recent, []);
        remembered.Changed += () => written++;
        return remembered;
    }

    [Fact]
    public void The_newest_stands_first_and_nothing_stands_twice()
    {
        var remembered = Begin("https://a.test", "https://b.test");
        remembered.Opened("https://b.test");
        remembered.Opened("https://c.test");
        Assert.Equal(["https://c.test", "https://b.test", "https://a.test"], remembered.Recent);
        Assert.Equal(2, written);
    }

    [Fact]
    public void The_oldest_goes_when_there_are_too_many()
    {
        var remembered = Begin([.. Enumerable.Range(0, 12).Select(i => $"https://{i}.test")]);
        remembered.Opened("https://neu.test");
        Assert.Equal(8, remembered.Recent.Count);
        Assert.DoesNotContain("https://7.test", remembered.Recent);
    }

    [Fact]
    public void A_file_is_remembered_wherever_the_program_is_started_from_next_time()
    {
        using var folder = new TemporaryFolder();
        var file = Path.GetRelativePath(Environment.CurrentDirectory, folder.Write("kreis.gpkg", ""));
        var remembered = Begin();
        remembered.Opened(file);
        Assert.True(Path.IsPathRooted(Assert.Single(remembered.Recent)));
    }

    [Fact]
    public void A_single_project_is_forgotten()
    {
        var remembered = Begin("https://a.test", "https://b.test");
        remembered.Forget("https://a.test");
        remembered.Forget("https://nie.test");
        Assert.Equal(["https://b.test"], remembered.Recent);
        Assert.Equal(1, written);
    }

    [Fact]
    public void A_view_of_the_same_name_replaces_the_older_and_each_can_be_forgotten()
    {
        var remembered = Begin();
        remembered.Keep("Görzke", new MapPose(1, 2, 3, 800, 600));
        remembered.Keep("Beelitz", new MapPose(4, 5, 6, 800, 600));
        remembered.Keep("Görzke", new MapPose(7, 8, 9, 800, 600));
        Assert.Equal([new("Görzke", 7, 8, 9), new("Beelitz", 4, 5, 6)], remembered.Bookmarks);
        remembered.Forget(remembered.Bookmarks[0]);
        Assert.Equal("Beelitz", Assert.Single(remembered.Bookmarks).Name);
        Assert.Equal(4, written);
    }
}
