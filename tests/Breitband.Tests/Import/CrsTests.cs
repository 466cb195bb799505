using Breitband.Import;

namespace Breitband.Tests.Import;

public sealed class CrsTests
{
    /// <summary>Bad Belzig, 12.59272 E 52.14184 N, as cs2cs (PROJ) writes it.</summary>
    /// <param name="tolerance">Metres; Gauß-Krüger differs by the set of datum parameters.</param>
    [Theory]
    [InlineData(25832, 745822.2087, 5782902.7805, 0.01)]
    [InlineData(25833, 335273.6631, 5779547.1250, 0.01)]
    [InlineData(3035, 4498456.8422, 3228940.2718, 0.01)]
    [InlineData(3857, 1401815.1781, 6825812.6895, 0.01)]
    [InlineData(5650, 33335273.6631, 5779547.1250, 0.01)]
    [InlineData(4326, 12.59272, 52.14184, 1e-9)]
    [InlineData(31468, 4540681.9354, 5778850.3584, 2.0)]
    [InlineData(2398, 4540705.0793, 5779438.8846, 2.0)]
    public void Bad_Belzig_lies_where_PROJ_puts_it(int epsg, double x, double y, double tolerance)
    {
        var (east, north) = Crs.Transform(Crs.Geographic, epsg)(12.59272, 52.14184);
        Assert.InRange(east, x - tolerance, x + tolerance);
        Assert.InRange(north, y - tolerance, y + tolerance);
    }

    [Theory]
    [InlineData("PROJCS[\"ETRS_1989_UTM_Zone_32N\",GEOGCS[\"GCS_ETRS_1989\"]]", 25832)]
    [InlineData("PROJCS[\"x\",GEOGCS[\"y\",DATUM[\"z\",SPHEROID[\"Bessel 1841\",6377397.155,299.15]]],PARAMETER[\"False_Easting\",4500000.0],PARAMETER[\"Central_Meridian\",12.0]]", 31468)]
    [InlineData("PROJCS[\"x\",GEOGCS[\"y\",AUTHORITY[\"EPSG\",\"4258\"]],AUTHORITY[\"EPSG\",\"25833\"]]", 25833)]
    [InlineData("PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",GEOGCS[\"GCS_WGS_1984\"]]", 3857)]
    [InlineData("LOCAL_CS[\"irgendwas\"]", null)]
    public void A_prj_is_recognised_by_code_name_or_parameters(string wkt, int? epsg) => Assert.Equal(epsg, CrsNames.OfWkt(wkt, ".prj").Value);
}
