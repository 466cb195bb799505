using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breitband.Service.Features;

/// <summary>
/// One field of a snapshot. Every distinct value is kept once, beside its JSON; a row holds only a number. Speeds, shares and municipality
/// keys repeat thousands of times, so a grid of 33 columns takes two bytes a value, and a filter is decided per value instead of per row.
/// </summary>
sealed class Column(Field field, object?[] values, ushort[]? small, int[]? wide)
{
    readonly byte[]?[] json = new byte[values.Length][];

    public Field Field => @field;

    /// <summary>The distinct values, null among them where a row has none.</summary>
    public IReadOnlyList<object?> Values => values;

    public int Code(int row) => small is not null ? small[row] : wide![row];

    public object? Value(int row) => values[Code(row)];

    /// <summary>The value as JSON in UTF-8. Two threads may both make it; they make the same.</summary>
    public ReadOnlySpan<byte> Json(int row)
    {
        var code = Code(row);
        return json[code] ??= Rendered(values[code]);
    }

    /// <summary>Bytes held, for the bound on memory; the JSON counted as if all of it had been asked for.</summary>
    public long Size => (small?.Length ?? 0) * 2L + (wide?.Length ?? 0) * 4L + values.Sum(v => v is string s ? 96L + 3 * s.Length : 80);

    static byte[] Rendered(object? value) => value switch
    {
        null => "null"u8.ToArray(),
        double number when !double.IsFinite(number) => "null"u8.ToArray(),
        string text => Encoding.UTF8.GetBytes('"' + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() + '"'),
        DateOnly date => Encoding.UTF8.GetBytes(FormattableString.Invariant($"\"{date:yyyy-MM-dd}\"")),
        _ => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType()),
    };
}

/// <summary>Collects one column row by row.</summary>
sealed class ColumnBuilder(Field field)
{
    static readonly object Null = new();

    readonly Dictionary<object, int> codes = [];
    readonly List<object?> values = [];
    readonly List<int> rows = [];

    public void Add(object? value)
    {
        if (!codes.TryGetValue(value ?? Null, out var code))
        {
            code = values.Count;
            codes.Add(value ?? Null, code);
            values.Add(value);
        }
        rows.Add(code);
    }

    /// <param name="order">Row numbers in the order wanted; null for as they came.</param>
    public Column Build(int[]? order)
    {
        int At(int i) => rows[order is null ? i : order[i]];

        if (values.Count > ushort.MaxValue)
        {
            var wide = new int[rows.Count];
            for (var i = 0; i < wide.Length; i++)
                wide[i] = At(i);
            return new(field, [.. values], null, wide);
        }
        var small = new ushort[rows.Count];
        for (var i = 0; i < small.Length; i++)
            small[i] = (ushort)At(i);
        return new(field, [.. values], small, null);
    }
}
