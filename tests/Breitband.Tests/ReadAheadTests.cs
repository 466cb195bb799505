namespace Breitband.Tests;

/// <summary>Reading on another thread is not to be noticed but by the time it takes.</summary>
public sealed class ReadAheadTests
{
    static IEnumerable<Row> Rows(int count, Action? end = null)
    {
        try
        {
            for (var i = 0; i < count; i++)
                yield return new(null, [(long)i]);
        }
        finally
        {
            end?.Invoke();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(100_000)]
    public void Every_row_arrives_once_and_in_order(int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), ReadAhead.Of(Rows(count)).Select(r => (long)r.Values[0]!));

    [Fact]
    public void Who_stops_early_ends_the_reading_before_going_on()
    {
        var ended = false;

        Assert.Equal(5000, ReadAhead.Of(Rows(int.MaxValue, () => ended = true)).Take(5000).Count());

        Assert.True(ended);
    }

    [Fact]
    public void A_fault_of_the_store_reaches_the_reader_after_the_rows_before_it()
    {
        static IEnumerable<Row> Torn()
        {
            foreach (var row in Rows(3000))
                yield return row;
            throw BreitbandException.Refused("abgerissen", "torn");
        }

        var read = 0;
        var fault = Assert.Throws<BreitbandException>(() =>
        {
            foreach (var _ in ReadAhead.Of(Torn()))
                read++;
        });

        Assert.Equal("torn", fault.Text.In(Language.En));
        Assert.InRange(read, 2900, 3000);
    }
}
