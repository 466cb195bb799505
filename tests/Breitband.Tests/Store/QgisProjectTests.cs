using System.IO.Compression;
using System.Xml.Linq;
using Breitband.Tests.Service;

namespace Breitband.Tests.Store;

public sealed class QgisProjectTests : IDisposable
{
    readonly Calls calls = new Calls().WithShippedData();

    public void Dispose() => calls.Dispose();

    [Fact]
    public void A_project_names_the_store_relatively_and_shows_live_layers_in_German()
    {
        calls.Done("analyse");
        calls.Done("export", "project", "--out", calls.Folder.File("kreis.qgz"));
        using var archive = ZipFile.OpenRead(calls.Folder.File("kreis.qgz"));
        var project = XDocument.Load(archive.GetEntry("kreis.qgs")!.Open());
        var layers = project.Descendants("layer-tree-layer").ToList();
        Assert.Equal(["Versorgungslücken", "Ausbaucluster", "Ergebnis je Siedlung", "Ergebnis je Gemeinde", "Gemeinden – vg250, Stand 01.01.2016"], layers.Select(l => (string)l.Attribute("name")!));
        Assert.All(layers, l => Assert.StartsWith("./kreis.gpkg|layername=", (string)l.Attribute("source")!, StringComparison.Ordinal));
        Assert.All(project.Descendants("maplayer"), l => Assert.NotEmpty(l.Descendants("renderer-v2")));
    }
}
