using System.Text.Json;

namespace Breitband.Import;

/// <summary>Cuts a GeoJSON text into its features, one at a time, in a buffer that grows with the largest feature only.</summary>
sealed class JsonFeatures(Stream stream, bool collection) : IDisposable
{
    const int MaxFeature = 1 << 28;
    static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip };
    byte[] buffer = new byte[1 << 16];
    int start, end;
    bool last, inArray = !collection;
    JsonReaderState state = new(Options);

    /// <summary>The crs member of the collection, where it stands before the features.</summary>
    public string? CrsName { get; private set; }

    /// <summary>Moves to the next feature; false at the end.</summary>
    /// <exception cref="JsonException">The text is not JSON, or one feature is larger than 256 MB.</exception>
    public bool Next(out ReadOnlyMemory<byte> feature)
    {
        while (true)
        {
            var more = inArray ? TakeFeature(out feature) : FindArray(out feature);
            if (more is { } answer)
                return answer;
            if (last)
                throw new JsonException("unexpected end of the text");
            Fill();
        }
    }

    Utf8JsonReader Reader() => new(buffer.AsSpan(start, end - start), last, state);

    void Accept(in Utf8JsonReader reader)
    {
        start += (int)reader.BytesConsumed;
        state = reader.CurrentState;
    }

    /// <summary>True: a feature; false: the end; null: more bytes are needed.</summary>
    bool? TakeFeature(out ReadOnlyMemory<byte> feature)
    {
        feature = default;
        var reader = Reader();
        if (!reader.Read())
            return last ? false : null;
        if (reader.TokenType == JsonTokenType.EndArray)
            return false;
        var from = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return null;
        feature = buffer.AsMemory(start + from, (int)reader.BytesConsumed - from);
        Accept(reader);
        return true;
    }

    bool? FindArray(out ReadOnlyMemory<byte> feature)
    {
        feature = default;
        while (true)
        {
            var reader = Reader();
            if (!reader.Read())
                return last ? false : null;
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var name = reader.GetString();
                if (!reader.Read())
                    return null;
                if (name == "features" && reader.TokenType == JsonTokenType.StartArray)
                {
                    inArray = true;
                    Accept(reader);
                    return TakeFeature(out feature);
                }
                var from = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                    return null;
                if (name == "crs")
                    CrsName = Name(buffer.AsMemory(start + from, (int)reader.BytesConsumed - from));
            }
            Accept(reader);
        }
    }

    static string? Name(ReadOnlyMemory<byte> crs)
    {
        using var document = JsonDocument.Parse(crs);
        return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("name", out var name) ? name.ToString() : null;
    }

    void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
        {
            if (buffer.Length >= MaxFeature)
                throw new JsonException("one feature is larger than 256 MB");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var read = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        last = read < buffer.Length - end;
        // Sequences (RFC 8142) put a record separator before every feature; a BOM is not JSON either.
        buffer.AsSpan(end, read).Replace((byte)0x1E, (byte)' ');
        if (end == 0 && buffer.AsSpan(0, read).StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            buffer.AsSpan(0, 3).Fill((byte)' ');
        end += read;
    }

    public void Dispose() => stream.Dispose();
}
