using Breitband.Viewer;

namespace Breitband.Tests.Viewer;

/// <summary>The browser's map goes along with the window and is named with it.</summary>
public sealed class ScriptLicencesTests
{
    [Fact]
    public void Every_package_is_named_with_its_licence()
    {
        var rule = new string('-', 72);
        Assert.Equal(["@mapbox/point-geometry 1.1.0 · ISC", "maplibre-gl 5.0.0 · BSD-3-Clause"],
            ScriptLicences.Names($"@mapbox/point-geometry 1.1.0 (ISC)\n\nCopyright (c) Mapbox\n\n{rule}\n\nmaplibre-gl 5.0.0 (BSD-3-Clause)\n\nCopyright\n\n{rule}\nnot a name\n"));
    }
}
