using System.Net;
using System.Net.Sockets;
using System.Text;
using Breitband.Tests.Service.Http;
using Breitband.Viewer;
using Microsoft.Data.Sqlite;

namespace Breitband.Tests.Viewer;

/// <summary>What cannot be opened is said with its way out, never thrown as something else.</summary>
public sealed class OpenFaultTests(Served served) : IClassFixture<Served>
{
    /// <summary>The place itself is left out of what is said, or a word of it would pass for the explanation.</summary>
    static async Task Says(string text, string where, string? key = null)
    {
        var said = await Assert.ThrowsAsync<BreitbandException>(() => Project.Open(where, key, null, TestContext.Current.CancellationToken));
        Assert.Contains(text, said.Text.De.Replace(where, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    string File(string name, string content)
    {
        var path = served.Folder.File(name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    [Fact]
    public Task A_file_that_does_not_exist() => Says("gibt es nicht", served.Folder.File("fehlt.gpkg"));

    [Fact]
    public Task A_file_without_anything_in_it() => Says("Eine andere öffnen (Strg+O)", File("leer.gpkg", ""));

    [Fact]
    public async Task A_database_that_is_no_store()
    {
        var path = served.Folder.File("fremd.gpkg");
        using (var raw = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            raw.Open();
            using var command = raw.CreateCommand();
            command.CommandText = "CREATE TABLE etwas (zahl INTEGER)";
            command.ExecuteNonQuery();
        }
        await Says("in das Fenster ziehen", path);
    }

    [Fact]
    public async Task Searching_before_anything_is_open()
    {
        await using var desk = new DeskModel();
        var faults = new List<string>();
        desk.Faulted += (text, _) => faults.Add(text);
        await desk.Find("Beelitz");
        Assert.StartsWith("Es ist noch nichts geöffnet.", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_file_that_is_no_GeoPackage() => Says("kein GeoPackage", File("kein.gpkg", "das ist ein Text"));

    [Fact]
    public async Task A_store_of_a_newer_version()
    {
        var path = served.Folder.File("neuer.gpkg");
        System.IO.File.Copy(served.Location, path, true);
        using (var raw = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            raw.Open();
            using var command = raw.CreateCommand();
            command.CommandText = "UPDATE breitband_settings SET value = '99' WHERE name = 'schema'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        await Says("zu einem neueren Breitband", path);
    }

    [Fact]
    public Task An_address_where_nobody_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return Says("antwortet nicht", FormattableString.Invariant($"http://127.0.0.1:{port}/"));
    }

    [Theory]
    [InlineData("ftp://breitband.landkreis.test", "beginnt mit https://")]
    [InlineData("breitband.landkreis.test", "keine Datei auf diesem Rechner")]
    [InlineData("daten/fehlt.gpkg", "Die Datei gibt es nicht")]
    public Task What_is_neither_a_file_nor_a_whole_address(string where, string said) => Says(said, where);

    [Fact]
    public Task A_folder() => Says("ist ein Ordner", served.Folder.Path);

    [Fact]
    public async Task A_service_without_encryption_asked_with_it_is_not_tried_for_ever()
    {
        await using var desk = new DeskModel();
        var said = await Assert.ThrowsAsync<BreitbandException>(() => desk.Open(served.Root.Replace("http://", "https://", StringComparison.Ordinal), null));
        Assert.Contains("http:// statt https://", said.Text.De, StringComparison.Ordinal);
        Assert.Equal("", desk.Waiting);
    }

    [Fact]
    public async Task A_page_of_a_service_opens_the_service_and_is_remembered_as_it()
    {
        await using var open = await Project.Open(served.Root.TrimEnd('/') + "/anmelden?token=editor", null, null, TestContext.Current.CancellationToken);
        Assert.Equal(served.Root.TrimEnd('/'), open.Where);
        Assert.Equal("editor", open.Key); // used, not remembered with the address
    }

    [Fact]
    public async Task An_address_without_its_scheme_is_understood()
    {
        await using var open = await Project.Open(served.Root["http://".Length..], null, null, TestContext.Current.CancellationToken);
        Assert.Equal(served.Root, open.Where);
    }

    [Fact]
    public async Task A_key_that_is_not_valid_any_more() => await Says("Schlüssel", served.Root, "abgelaufen");

    [Theory]
    [InlineData("200 OK", "<html>Willkommen</html>")]
    [InlineData("404 Not Found", "<html>nichts</html>")]
    public async Task An_address_where_something_else_answers(string status, string body)
    {
        using var stranger = new Stranger(status, body);
        await Says("kein Breitband-Dienst", stranger.Address);
    }

    /// <summary>Answers every request with the same page.</summary>
    sealed class Stranger : IDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Stranger(string status, string body)
        {
            listener.Start();
            Address = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
            _ = Answer(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        }

        public string Address { get; }

        async Task Answer(byte[] page)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    _ = await client.GetStream().ReadAsync(new byte[4096]);
                    await client.GetStream().WriteAsync(page);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return; // the test is over
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
