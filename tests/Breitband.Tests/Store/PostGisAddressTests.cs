using Breitband.Store;
using Npgsql;

namespace Breitband.Tests.Store;

public sealed class PostGisAddressTests
{
    [Theory]
    [InlineData("postgres://planung@db.kreis.de/breitband", "db.kreis.de", 5432, "planung", "breitband")]
    [InlineData("postgresql://planung:ge%40heim@db.kreis.de:5433/kreis%20pm", "db.kreis.de", 5433, "planung", "kreis pm")]
    [InlineData("postgres://planung@[::1]:5433/breitband", "::1", 5433, "planung", "breitband")]
    [InlineData("postgres://db.kreis.de?dbname=breitband&user=planung", "db.kreis.de", 5432, "planung", "breitband")]
    [InlineData("Host=db.kreis.de;Database=breitband;Username=planung", "db.kreis.de", 5432, "planung", "breitband")]
    public void Both_ways_of_writing_a_connection_name_host_port_user_and_database(string written, string host, int port, string user, string database)
    {
        Assert.True(PostGisAddress.Is(written));
        var address = PostGisAddress.Parse(written);
        Assert.Equal((host, port, user, database), (address.Host, address.Port, address.Username, address.Database));
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("allow", SslMode.Allow)]
    [InlineData("prefer", SslMode.Prefer)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void The_modes_of_encryption_are_written_as_PostgreSQL_writes_them(string written, SslMode mode) =>
        Assert.Equal(mode, PostGisAddress.Parse($"postgres://planung@db.kreis.de/breitband?sslmode={written}").SslMode);

    [Fact]
    public void Other_settings_of_an_address_take_the_names_of_PostgreSQL()
    {
        var address = PostGisAddress.Parse("postgres://planung@db.kreis.de/breitband?sslrootcert=/etc/ca.pem&connect_timeout=3&application_name=plan&options=-c%20statement_timeout%3D5");
        Assert.Equal(("/etc/ca.pem", 3, "plan", "-c statement_timeout=5"), (address.RootCertificate, address.Timeout, address.ApplicationName, address.Options));
    }

    [Theory]
    [InlineData("postgres://planung:streng-geheim@db.kreis.de/breitband?sslmode=immer")]
    [InlineData("postgres://planung:streng-geheim@db.kreis.de/breitband?unbekannt=1")]
    [InlineData("postgres://planung:streng-geheim@db.kreis.de")]
    [InlineData("Host=db.kreis.de;Password=streng-geheim;Falsch=1")]
    public void What_is_no_connection_is_wrong_use_and_repeats_no_password(string written)
    {
        var said = Assert.Throws<BreitbandException>(() => PostGisAddress.Parse(written));
        Assert.Equal(Outcome.WrongUse, said.Outcome);
        Assert.DoesNotContain("streng-geheim", said.Text.De + said.Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kreis.gpkg")]
    [InlineData("C:\\Daten\\host=alt.gpkg")]
    public void A_file_is_no_database(string path) => Assert.False(PostGisAddress.Is(path));

    [Fact]
    public void Messages_name_the_database_without_user_and_password() =>
        Assert.Equal("postgres://db.kreis.de:5432/breitband", PostGisAddress.Name(PostGisAddress.Parse("postgres://planung:streng-geheim@db.kreis.de/breitband")));
}
