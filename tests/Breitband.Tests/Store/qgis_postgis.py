"""Opens views of a shared store as QGIS does and prints, for each, its features, its different ids, the style it brought and its renderer;
then draws a measure.

Arguments: host, port, database, user, password, then VIEW|GEOMETRY COLUMN for every view.
"""
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsDataSourceUri, QgsGeometry, QgsVectorLayer, QgsVectorLayerUtils, QgsWkbTypes

app = QgsApplication([], False)
app.initQgis()


def layer(view, column, kind=None):
    uri = QgsDataSourceUri()
    uri.setConnection(*sys.argv[1:6])
    uri.setDataSource("breitband", view, column or None, "", "id")
    if kind is not None:
        uri.setWkbType(kind)
        uri.setSrid("25833")
    return QgsVectorLayer(uri.uri(False), view, "postgres")


def opened(view, column):
    # A column of any geometry has one entry per kind in QGIS's list; ours hold areas here.
    for kind in (None, QgsWkbTypes.Polygon, QgsWkbTypes.MultiPolygon, QgsWkbTypes.Point):
        found = layer(view, column, kind)
        if found.isValid() and (not column or found.wkbType() not in (QgsWkbTypes.Unknown, QgsWkbTypes.NoGeometry)) and sum(1 for _ in found.getFeatures()) > 0:
            return found
    sys.exit(f"{view}: QGIS does not open it: {found.error().message()} {found.dataProvider() and found.dataProvider().error().message()}")


for argument in sys.argv[6:]:
    view, column = argument.split("|")
    found = opened(view, column)
    message, loaded = found.loadDefaultStyle()
    names = found.listStylesInDatabase()[2]
    ids = [feature["id"] for feature in found.getFeatures()]
    print(view, len(ids), len(set(ids)), names[0] if loaded and names else "", found.renderer().type() if found.renderer() else "", sep="|")

measures = opened("Maßnahmen", "geom")
measures.startEditing()
fields = measures.fields()
given = {fields.indexOf("key"): "M-gezeichnet", fields.indexOf("state"): "idea", fields.indexOf("county"): "12069"}
drawn = QgsVectorLayerUtils.createFeature(measures, QgsGeometry.fromWkt("POLYGON ((1 1, 2 1, 2 2, 1 1))"), given)
if not measures.addFeature(drawn) or not measures.commitChanges():
    sys.exit("not drawn: " + "; ".join(measures.commitErrors()))
print("drawn")
app.exitQgis()
