using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace Breitband.Tests.Analyse;

/// <summary>docs/village.svg is drawn from the village's own data; a change of one without the other fails.</summary>
public class VillagePictureTests
{
    static readonly Dictionary<string, string> Fills = new()
    {
        ["Glasfaser"] = "#33708f",
        ["VDSL"] = "#d95f02",
        ["Kabel 400"] = "#b7a8d6",
        ["gemischt"] = "#7fb8b0",
        ["sonstige"] = "#e6c36a",
        ["langsam"] = "#a33b00",
        ["NULL"] = "#dddddd",
    };

    [Fact]
    public void The_picture_in_docs_shows_the_data_the_tests_compute_with()
    {
        var file = Path.Combine(Repository.Root, "docs", "village.svg");
        var drawn = Draw();
        if (!File.Exists(file) || Environment.GetEnvironmentVariable("BREITBAND_REDRAW") == "1")
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    static string Draw()
    {
        var svg = new StringBuilder();
        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-360 -720 1760 880' font-family='sans-serif' font-size='20'>");
        Line($"<title>The village of docs/village.md</title>");
        Line($"<rect x='-360' y='-720' width='1760' height='880' fill='#fff'/>");
        Line($"<line x1='500' y1='-720' x2='500' y2='60' stroke='#555' stroke-width='3' stroke-dasharray='14 8'/>");
        Line($"<text x='-340' y='-680' font-size='30'>Adorf</text><text x='520' y='-680' font-size='30'>Bdorf</text>");
        foreach (var cell in Village.Cells)
        {
            Line($"<path d='{Path_(Village.Turned(cell.X, cell.Y))}' fill='{Fills[cell.Kind]}' fill-opacity='.75' stroke='#333'/>");
            Line($"<text x='{cell.X}' y='{-cell.Y + 7}' text-anchor='middle' font-size='17'>{cell.Key}</text>");
        }
        foreach (var settlement in Village.Settlements)
            Line($"<path d='{Path_(settlement.Geometry)}' fill='none' stroke='#000' stroke-width='4'/>");
        foreach (var cell in Village.Population)
        {
            Line($"<path d='{Path_(cell.Geometry)}' fill='none' stroke='#00549f' stroke-width='2' stroke-dasharray='7 5'/>");
            Line($"<text x='{cell.X - Village.X0 - 46}' y='{-(cell.Y - Village.Y0) + 46}' fill='#00549f'>{cell.Key}</text>");
        }
        foreach (var measure in Village.Measures)
        {
            var corner = measure.Geometry!.EnvelopeInternal;
            Line($"<path d='{Path_(measure.Geometry)}' fill='none' stroke='#8b1a5c' stroke-width='3'/>");
            Line($"<text x='{corner.MinX - Village.X0}' y='{-(corner.MaxY - Village.Y0) - 4}' fill='#8b1a5c' font-size='16'>{measure.Key}</text>");
        }
        foreach (var house in Village.Addresses)
        {
            Line($"<circle cx='{house.X - Village.X0}' cy='{-(house.Y - Village.Y0)}' r='4'/>");
            if (house.Key is "h11" or "h12")
                Line($"<text x='{house.X - Village.X0 + 8}' y='{-(house.Y - Village.Y0) - 6}' font-size='16'>{house.Key}</text>");
        }
        Line($"<rect x='655' y='-155' width='10' height='10'/>");
        Legend(Line);
        return svg.Append("</svg>\n").ToString();
    }

    static void Legend(Action<FormattableString> line)
    {
        var x = -340;
        foreach (var (kind, fill) in Fills)
        {
            line($"<rect x='{x}' y='85' width='26' height='26' fill='{fill}' stroke='#333'/><text x='{x + 34}' y='105'>{kind}</text>");
            x += 60 + 12 * kind.Length;
        }
        line($"<text x='-340' y='140'>turned squares: atlas cells · <tspan fill='#00549f'>dashed: population cells</tspan> · <tspan fill='#8b1a5c'>M: measures</tspan> · black: settlements, houses, business park</text>");
    }

    static string Path_(Geometry geometry) => "M" + string.Join("L", geometry.Coordinates.SkipLast(1)
        .Select(c => FormattableString.Invariant($"{c.X - Village.X0:0.##} {-(c.Y - Village.Y0):0.##}"))) + "Z";
}
