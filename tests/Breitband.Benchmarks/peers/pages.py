"""QGIS without a window opens a collection of the service and pages through it, by box and by attribute too."""
import sys
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

root, collection, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(f"typename='{collection}' url='{root}' pagingEnabled='true' pageSize='500'", collection, "OAPIF")
assert layer.isValid(), "QGIS does not take the collection"
keys = [f["key"] for f in layer.getFeatures()]
assert len(keys) == count == len(set(keys)), f"{count} features, QGIS walked {len(keys)}, {len(set(keys))} of them different"
extent = layer.extent()
middle = QgsRectangle(extent.xMinimum(), extent.yMinimum(), extent.center().x(), extent.center().y())
quarter = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterRect(middle)))
assert 0 < quarter < count, f"a quarter of the county holds {quarter} of {count}"
layer.setSubsetString(f"\"key\" = '{keys[0]}'")
assert sum(1 for _ in layer.getFeatures()) == 1, "a filter on a key finds one"
print(f"QGIS walked {len(keys)} features, {quarter} by box")
