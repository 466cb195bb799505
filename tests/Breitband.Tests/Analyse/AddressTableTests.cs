using System.Text;
using Breitband.Analyse;
using CsCheck;

namespace Breitband.Tests.Analyse;

/// <summary>A million addresses in columns are the same addresses.</summary>
public sealed class AddressTableTests
{
    static AddressTable Of(IEnumerable<Address> addresses)
    {
        var table = new AddressTable();
        foreach (var a in addresses)
            table.Add(Encoding.UTF8.GetBytes(a.Key), a.Municipality, a.X, a.Y, new(a.Text.Street, a.Text.Number, a.Text.Suffix, a.Text.Postcode, a.Text.Place));
        return table.Sorted();
    }

    [Fact]
    public void What_goes_in_comes_out_in_the_order_of_the_keys()
    {
        Address[] given =
        [
            new("b", 1, 2, 3, new("Mühlenweg", "3", "a", "14806", "Bad Belzig")),
            new("a", 0, 1, 4, new("Am Fließ", "3", null, "14806", null)),
            new("ä", 2, 5, 6, new(null, null, null, null, null)),
            new("b", 3, 7, 8, new("Mühlenweg", "4", null, "14806", "Bad Belzig")),
        ];

        Assert.Equal([given[1], given[0], given[3], given[2]], Of(given));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(given)[4]);
    }

    [Fact]
    public void Any_addresses_come_out_as_objects_would_be_sorted() =>
        Gen.Select(Gen.String[Gen.Char['a', 'f'], 0, 3], Gen.Int[-1, 3], Gen.Double[0, 9], Gen.Int[0, 2].Select(i => new[] { null, "Weg", "Straße" }[i])).Array[0, 3000].Sample(rows =>
        {
            Address[] given = [.. rows.Select((r, i) => new Address(r.Item1, r.Item2, r.Item3, i, new(r.Item4, $"{i % 7}", null, null, r.Item1)))];

            Assert.Equal(given.OrderBy(a => a.Key, StringComparer.Ordinal), Of(given));
        }, iter: 60);
}
