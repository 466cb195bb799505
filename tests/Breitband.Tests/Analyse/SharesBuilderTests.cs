using System.Text;
using Breitband.Analyse;
using Breitband.Store;
using CsCheck;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Breitband.Tests.Analyse;

/// <summary>Published shares come out of their columns as they went in, in the order of their keys.</summary>
public sealed class SharesBuilderTests
{
    static readonly string?[] Shapes =
    [
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))",
        "POLYGON ((0 0, 100 0, 0 100, 0 0))",
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (10 10, 20 10, 20 20, 10 20, 10 10))",
        "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((200 0, 300 0, 300 100, 200 0)))",
        null,
    ];

    static Geometry? Shape(int which) => Shapes[which] is { } wkt ? new WKTReader().Read(wkt) : null;

    [Fact]
    public void Any_rows_come_out_with_their_own_shape_name_edition_and_share() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 1, 3], Gen.Int[0, Shapes.Length - 1]).Array[0, 2500].Sample(rows =>
        {
            var builder = new SharesBuilder(rows.Length % 7); // rarely as many as come
            using var cursor = RowCursor.Over(rows.Select(r => new Row(Shape(r.Item2), [])));
            for (var i = 0; cursor.Next(); i++)
                builder.Table.Set(builder.Add(cursor, Encoding.UTF8.GetBytes(rows[i].Item1), i % 3 == 0 ? null : $"name {i}", i), 0, i / 2500.0);
            var built = builder.Build();
            int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(i => rows[i].Item1, StringComparer.Ordinal)];
            Assert.Equal(order.Select(i => rows[i].Item1), built.Keys);
            Assert.Equal(order, built.Editions);
            Assert.Equal(order.Select(i => Shapes[rows[i].Item2]), built.Geometries.Select(g => g?.AsText()));
            Assert.Equal(order.Select(i => i % 3 == 0 ? null : $"name {i}"), built.Names);
            Assert.Equal(order.Select(i => i / 2500.0), Enumerable.Range(0, rows.Length).Select(i => built.Shares.Row(i)[0]));
            Assert.Throws<ArgumentOutOfRangeException>(() => built.Geometries[rows.Length]);
        }, iter: 20);
}
