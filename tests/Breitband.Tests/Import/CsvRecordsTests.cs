using System.Globalization;
using Breitband.Import;
using CsCheck;

namespace Breitband.Tests.Import;

/// <summary>However a text comes in pieces and wherever its records lie in the buffer, the fields are those that were written.</summary>
public sealed class CsvRecordsTests
{
    /// <summary>Gives a text in pieces of odd sizes, as a network or a decoder does.</summary>
    sealed class Crumbs(string text, int most) : TextReader
    {
        int at;

        public override int Read(char[] buffer, int index, int count)
        {
            var size = Math.Min(Math.Min(count, 1 + (at * 7 % most)), text.Length - at);
            text.CopyTo(at, buffer, index, size);
            at += size;
            return size;
        }
    }

    static string Written(string field) => field.AsSpan().ContainsAny("\";\r\n") || field.Length == 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    static List<List<string>> Read(TextReader text)
    {
        var (records, result) = (new CsvRecords(text, ';'), new List<List<string>>());
        while (records.Next())
            result.Add([.. Enumerable.Range(0, records.Count).Select(i => records[i].ToString())]);
        return result;
    }

    static readonly Gen<string> Field = Gen.Frequency((20, Gen.String[Gen.Char["abcäß 0123456789,.-"], 0, 12]), (1, Gen.String[Gen.Char["a\";\r\n"], 0, 6]));

    [Fact]
    public void Fields_come_back_as_they_were_written() =>
        Gen.Select(Field.List[1, 5].List[1, 40], Gen.OneOf(Gen.Const("\n"), Gen.Const("\r\n"), Gen.Const("\r")), Gen.Bool, Gen.Int[1, 300]).Sample((rows, end, ended, most) =>
        {
            var text = string.Join(end, rows.Select(r => string.Join(';', r.Select(Written)))) + (ended ? end : "");
            Assert.Equal(rows, Read(new Crumbs(text, most)));
        });

    [Fact]
    public void Records_across_the_borders_of_the_buffer_are_whole()
    {
        var rows = Enumerable.Range(0, 60_000).Select(i => new List<string> { i.ToString(CultureInfo.InvariantCulture), "Groß Kreutz", i % 1000 == 0 ? "mit; \"allem\"\nund Umbruch" : "" }).ToList();
        var text = string.Join("\r\n", rows.Select(r => string.Join(';', r.Select(f => f.Length == 0 ? f : Written(f)))));
        Assert.True(text.Length > 5 * (1 << 17));
        Assert.Equal(rows, Read(new StringReader(text)));
        Assert.Equal(rows, Read(new Crumbs(text, 5000)));
    }

    [Fact]
    public void A_record_longer_than_the_buffer_is_read_and_one_beyond_the_limit_is_not_held()
    {
        var records = new CsvRecords(new StringReader($"a;{new string('x', 300_000)};c\n{new string('y', 1 << 21)};d\ne;f"), ';');
        Assert.True(records.Next());
        Assert.Equal((3, 300_000, false), (records.Count, records[1].Length, records.TooLong));
        Assert.True(records.Next());
        Assert.True(records.TooLong);
        Assert.True(records.Next());
        Assert.Equal(("e", "f"), (records[0].ToString(), records[1].ToString()));
        Assert.False(records.Next());
    }

    [Fact]
    public void A_key_is_new_once_however_keys_are_made()
    {
        var keys = new KeySet();
        var made = Enumerable.Range(0, 50_000).SelectMany(i => new[] { $"DEBB{i:00000000}", $"CRS3035RES100mN{3_100_000 + (i * 100)}E4300000", $"{i}ä", $"{(char)(i + 1)}" }).Append("").Distinct().ToList();
        Assert.All(made, k => Assert.True(keys.Add(k)));
        Assert.All(made, k => Assert.False(keys.Add(k)));
    }
}
