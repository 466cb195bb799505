using Breitband.Tests.Analyse;
using Breitband.Tests.Service.Http;
using Breitband.Viewer;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Viewer;

/// <summary>Finding places by what is typed, and what lies where.</summary>
public sealed class SearchTests(Served served) : DeskTest(served), IClassFixture<Served>
{
    readonly List<Geometry> shown = [];
    readonly List<Coordinate> found = [];

    async Task Listen()
    {
        await Open();
        Desk.Shown += shown.Add;
        Desk.Found += found.Add;
    }

    static Coordinate Place(double x, double y) => Crs.Transform(Crs.Stored, Crs.WebMercator)(Village.X0 + x, Village.Y0 + y) is var (e, n) ? new(e, n) : new();

    [Theory]
    [InlineData("adorf", new[] { "Adorf", "Adorf, Ortslage (Adorf)" })]
    [InlineData("ortsl", new[] { "Adorf, Ortslage (Adorf)", "Bdorf, Ortslage (Bdorf)" })]
    [InlineData("Dorfstr", new[] { "Dorfstraße 01, Adorf", "Dorfstraße 02, Adorf" })]
    [InlineData("dorfstraße 05", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("340100, 5790100", new[] { "340100, 5790100" })]
    [InlineData("x", new string[0])]
    [InlineData("O'Brien", new string[0])]
    public async Task Municipalities_settlements_addresses_and_coordinates_are_suggested(string typed, string[] first)
    {
        await Listen();
        Assert.Equal(first, (await Desk.Suggest(typed, Cancel)).Take(Math.Max(first.Length, typed == "Dorfstr" ? 2 : 12)));
        Assert.Empty(Faults);
    }

    [Theory]
    [InlineData("Dorfstr. 05", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("dorfstrasse 05", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("Dorfstr 05, Ador", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("Adorf, Dorfstr 05", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("Dorfstr. 05, 14001 Adorf", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("Dorfstr 05 Adorf", new[] { "Dorfstraße 05, Adorf" })]
    [InlineData("Dorfstr 05, Bdorf", new string[0])]
    public async Task Streets_are_suggested_as_people_abbreviate_them_and_only_in_the_place_named(string typed, string[] suggested)
    {
        await Listen();
        Assert.Equal(suggested, await Desk.Suggest(typed, Cancel));
    }

    [Theory]
    [InlineData("Görzke", "goerz")]
    [InlineData("Görzke", "gorzk")]
    [InlineData("Görzke", "GÖRZ")]
    [InlineData("Groß Kreutz (Havel)", "Gross")]
    [InlineData("Groß Kreutz (Havel)", "grosskreutz")]
    [InlineData("Werder (Havel)", "Havel")]
    public void A_name_is_found_however_its_umlauts_are_typed(string name, string typed) => Assert.True(Spelling.Holds(name, typed));

    [Theory]
    [InlineData("Görzke", "grz")]
    [InlineData("Görzke", "?")]
    [InlineData("Groß", "grob")]
    public void Another_name_is_another(string name, string typed) => Assert.False(Spelling.Holds(name, typed));

    [Fact]
    public async Task A_name_that_is_not_finished_means_the_first_that_begins_so()
    {
        await Listen();
        await Desk.Find("Bdor");
        Assert.Equal("Bdorf", Desk.Municipality!.Name);
        await Desk.Find("dorfst 05");
        Assert.StartsWith("Dorfstraße 05", Desk.Selected!.Place, StringComparison.Ordinal);
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task What_was_said_of_a_miss_is_past_with_the_next_place_found()
    {
        await Listen();
        List<string> settled = [];
        Desk.Overcome += settled.Add;
        await Desk.Find("Nirgendwo 99");
        Assert.Empty(settled);
        await Desk.Find("Bdorf");
        Assert.Equal(Faults, settled);
    }

    [Fact]
    public async Task Every_suggestion_can_be_found()
    {
        await Listen();
        foreach (var typed in new[] { "adorf", "dorfstraße 0", "340100 5790100" })
            foreach (var suggestion in await Desk.Suggest(typed, Cancel))
            {
                var was = Desk.Selected;
                await Desk.Find(suggestion);
                Assert.True(!ReferenceEquals(was, Desk.Selected), suggestion);
            }
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task A_municipality_is_shown_whole_and_picked()
    {
        await Listen();
        await Desk.Find("bdorf");
        Assert.Equal("Bdorf", Desk.Municipality!.Name);
        Assert.True(Assert.Single(shown).Contains(new Point(Place(1000, 0))));
        Assert.True(Desk.Selected!.IsArea);
        Assert.Empty(found);
    }

    [Fact]
    public async Task An_address_is_looked_at_where_it_stands()
    {
        await Listen();
        await Desk.Find("Dorfstraße 05, Adorf");
        Assert.True(Assert.Single(found).Distance(Place(110, 130)) < 1);
        Assert.Empty(shown);
    }

    [Fact]
    public async Task Searching_while_nothing_is_open_says_what_to_do()
    {
        await using var desk = new DeskModel(Time);
        List<string> said = [];
        desk.Faulted += (text, _) => said.Add(text);
        await desk.Find("Adorf");
        Assert.Contains("öffnen", Assert.Single(said), StringComparison.Ordinal);
        desk.Other.On = true;
        Assert.Single(said);
    }

    [Fact]
    public async Task What_is_not_found_moves_nothing()
    {
        await Listen();
        await Desk.Find("Nirgendwo 99");
        Assert.Single(Faults);
        Assert.Empty(found);
    }

    [Fact]
    public async Task Addresses_that_are_closed_to_the_reader_are_asked_for_once()
    {
        await Listen();
        Line.Before = context =>
        {
            if (context.Request.Path.StartsWithSegments("/collections/addresses", StringComparison.Ordinal))
                context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        await Desk.Suggest("Dorfstr", Cancel);
        await Desk.Suggest("Dorfstra", Cancel);
        Assert.Single(Line.Asked, a => a.Contains("/collections/addresses", StringComparison.Ordinal));
        Assert.Empty(Faults);
    }

    [Fact]
    public async Task A_place_lies_in_its_municipality_and_one_picked_on_the_map_moves_nothing()
    {
        await Listen();
        Assert.Equal("Adorf", Desk.At(Place(0, 0))!.Name);
        Assert.Equal("Bdorf", Desk.At(Place(1000, 0))!.Name);
        Assert.Null(Desk.At(Place(5000, 0)));
        Desk.Pick(Desk.At(Place(1000, 0)));
        Assert.Empty(shown);
        Desk.Municipality = Desk.At(Place(0, 0));
        Assert.Same(Desk.MunicipalityShape, Assert.Single(shown));
    }

    [Fact]
    public async Task A_measure_picked_in_the_list_is_shown()
    {
        await Listen();
        Desk.Measure = Desk.Measures.Single(m => m.Key == "M1");
        Assert.Same(Desk.MeasureShape, Assert.Single(shown));
    }

    [Fact]
    public async Task A_corner_snaps_to_other_measures_and_to_municipalities_but_not_to_the_measure_itself()
    {
        await Listen();
        Desk.Measure = Desk.Measures.Single(m => m.Key == "M1");
        Assert.DoesNotContain(Desk.Neighbours("M1"), g => ReferenceEquals(g, Desk.MeasureShape));
        Assert.Contains(Desk.Neighbours("M2"), g => ReferenceEquals(g, Desk.MeasureShape));
        Desk.Pick(Desk.Municipalities[0]);
        Assert.Contains(Desk.Neighbours("M1"), g => ReferenceEquals(g, Desk.MunicipalityShape));
    }
}
