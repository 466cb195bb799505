"""Opens collections of an OGC API as QGIS does and prints, for each, its features in all, paged, in a box, and with a filter.

Arguments: address of the API, then COLLECTION|XMIN,YMIN,XMAX,YMAX|FILTER for every collection.
"""
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsDataSourceUri, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

app = QgsApplication([], False)
app.initQgis()


def layer(collection, page):
    uri = QgsDataSourceUri()
    for name, value in (("url", sys.argv[1]), ("typename", collection), ("pageSize", str(page))):
        uri.setParam(name, value)
    opened = QgsVectorLayer(uri.uri(False), collection, "OAPIF")
    if not opened.isValid():
        sys.exit(f"{collection}: QGIS does not open it: {opened.error().message()}")
    return opened


def count(opened, request=None):
    return sum(1 for _ in opened.getFeatures(request or QgsFeatureRequest()))


for argument in sys.argv[2:]:
    collection, box, expression = argument.split("|")
    opened = layer(collection, 3)
    rectangle = QgsRectangle(*(float(n) for n in box.split(",")))
    inside = count(layer(collection, 1000), QgsFeatureRequest().setFilterRect(rectangle)) if opened.isSpatial() else 0
    filtered = layer(collection, 1000)
    if not filtered.setSubsetString(expression):
        sys.exit(f"{collection}: QGIS does not take the filter {expression}")
    print(collection, opened.featureCount(), count(opened), inside, count(filtered), sep="|")
app.exitQgis()
