using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Breitband.Viewer.Map;

/// <summary>How the pictures of a base map are addressed.</summary>
public enum BaseMapKind { Xyz, Wmts, Mbtiles }

/// <summary>A base map as <c>grundkarten.json</c> names it.</summary>
/// <param name="Address">
/// For <c>xyz</c> a template with <c>{z}</c>, <c>{x}</c>, <c>{y}</c>; for <c>wmts</c> one with <c>{TileMatrix}</c>, <c>{TileRow}</c>,
/// <c>{TileCol}</c> of the matrix set GoogleMapsCompatible; for <c>mbtiles</c> a file of pictures.
/// </param>
/// <param name="Credit">The attribution the licence asks for; shown on the map.</param>
/// <param name="Last">The nearest zoom level there is; of a file no nearer than its own.</param>
public sealed partial record BaseMap(string Name, BaseMapKind Kind, string Address, string Credit, int Last = 19)
{
    static readonly HttpClient Http = Client();

    /// <param name="folder">The user's, in which his list lies.</param>
    /// <param name="pictures">Files of pictures he opened.</param>
    /// <exception cref="BreitbandException">Refused for a list that cannot be read; the text names the file.</exception>
    public static IReadOnlyList<BaseMap> Offered(string folder, IEnumerable<string> pictures) => [.. All(Path.Combine(folder, "grundkarten.json")), .. pictures.Where(File.Exists).Select(Of)];

    /// <summary>The base maps beside the program and those of the user, the latter by <paramref name="own"/>.</summary>
    /// <exception cref="BreitbandException">Refused for a list that cannot be read; the text names the file.</exception>
    public static IReadOnlyList<BaseMap> All(string own) =>
        [.. new[] { Path.Combine(AppContext.BaseDirectory, "Assets", "grundkarten.json"), own }.Where(File.Exists).SelectMany(Read)];

    static BaseMap[] Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), BaseMapFile.Default.BaseMapArray) ?? [];
        }
        catch (JsonException e)
        {
            throw BreitbandException.Refused($"{file}: Die Liste der Grundkarten ist in Zeile {e.LineNumber + 1} kein gültiges JSON. Die Zeile berichtigen oder die Datei entfernen.", $"{file}: the list of base maps is no valid JSON in line {e.LineNumber + 1}. Correct the line or remove the file.", e);
        }
    }

    /// <summary>A file of pictures the user opened.</summary>
    public static BaseMap Of(string mbtiles) => new(Path.GetFileNameWithoutExtension(mbtiles), BaseMapKind.Mbtiles, mbtiles, Named(mbtiles));

    /// <summary>The attribution a file of pictures carries, without its links; what is wrong with a file says <see cref="Open"/>.</summary>
    static string Named(string mbtiles)
    {
        try
        {
            using var connection = new SqliteConnection(Source(mbtiles));
            connection.Open();
            return Scalar(connection, "SELECT value FROM metadata WHERE name = 'attribution'") is string said ? System.Net.WebUtility.HtmlDecode(Tag().Replace(said, "")).Trim() : "";
        }
        catch (SqliteException)
        {
            return "";
        }
    }

    static string Source(string file) => new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString();

    [System.Text.RegularExpressions.GeneratedRegex("<[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Tag();

    /// <returns>Its pictures, and the nearest zoom level of them: nearer ones are enlarged from it.</returns>
    /// <exception cref="BreitbandException">Refused for a file that holds no pictures.</exception>
    public (TilePicture Picture, int Last) Open() => Kind == BaseMapKind.Mbtiles ? OpenFile() : (Fetch, Last);

    async Task<byte[]?> Fetch(TileAddress tile)
    {
        using var answer = await Http.GetAsync(Fill(tile)).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false) : null;
    }

    Uri Fill(TileAddress tile)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var (z, x, y) = Kind == BaseMapKind.Wmts ? ("{TileMatrix}", "{TileCol}", "{TileRow}") : ("{z}", "{x}", "{y}");
        return new Uri(Address.Replace(z, Text(tile.Zoom), StringComparison.OrdinalIgnoreCase)
            .Replace(x, Text(tile.X), StringComparison.OrdinalIgnoreCase).Replace(y, Text(tile.Y), StringComparison.OrdinalIgnoreCase));
    }

    (TilePicture Picture, int Last) OpenFile()
    {
        var source = Source(Address);
        int last;
        try
        {
            using var connection = new SqliteConnection(source);
            connection.Open();
            last = Nearest(connection);
            if (Scalar(connection, "SELECT value FROM metadata WHERE name = 'format'") is "pbf")
                throw BreitbandException.Refused($"{Address}: Das sind Vektorkacheln; als Grundkarte gehen nur Bilder (png, jpg, webp).", $"{Address}: these are vector tiles; a base map needs pictures (png, jpg, webp).");
        }
        catch (SqliteException e)
        {
            throw BreitbandException.Refused($"{Address} ist keine MBTiles-Datei, beschädigt oder nicht lesbar. Eine andere Datei wählen oder diese neu holen.", $"{Address} is no MBTiles file, damaged or cannot be read. Choose another file or get this one anew.", e);
        }
        return (tile => Task.Run(() => Picture(source, tile)), Math.Min(Last, last));
    }

    /// <summary>As the metadata say, else as the pictures show.</summary>
    /// <exception cref="BreitbandException">Refused for a file without pictures.</exception>
    int Nearest(SqliteConnection connection) =>
        int.TryParse(Scalar(connection, "SELECT value FROM metadata WHERE name = 'maxzoom'") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said
        : Scalar(connection, "SELECT max(zoom_level) FROM tiles") is long found ? (int)found
        : throw BreitbandException.Refused($"{Address}: In dieser Datei sind keine Bilder.", $"{Address}: there are no pictures in this file.");

    static byte[]? Picture(string source, TileAddress tile)
    {
        using var connection = new SqliteConnection(source);
        connection.Open();
        return (byte[]?)Scalar(connection, "SELECT tile_data FROM tiles WHERE zoom_level = $z AND tile_column = $x AND tile_row = $y",
            ("$z", tile.Zoom), ("$x", tile.X), ("$y", (1 << tile.Zoom) - 1 - tile.Y));
    }

    static object? Scalar(SqliteConnection connection, string sql, params (string Name, int Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteScalar();
    }

    static HttpClient Client()
    {
        var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"Breitband/{typeof(BaseMap).Assembly.GetName().Version?.ToString(3)}");
        return client;
    }
}

/// <summary>Written when the program is built: finding out the list's shape at every start would take a tenth of a second.</summary>
[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, UseStringEnumConverter = true)]
[System.Text.Json.Serialization.JsonSerializable(typeof(BaseMap[]))]
sealed partial class BaseMapFile : System.Text.Json.Serialization.JsonSerializerContext;
