"""QGIS without a screen: the layers of a store as a PNG of 1600 x 1200, and the county overview as a print layout in A3.

usage: render.py STORE.gpkg FOLDER RUNS      (the Python that has the qgis module)
Prints "map SECONDS" and "layout SECONDS", warm medians; the first run of each is not counted.
"""
import os
import statistics
import sys
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (QgsApplication, QgsCentroidFillSymbolLayer, QgsCoordinateReferenceSystem, QgsFillSymbol, QgsGraduatedSymbolRenderer,
                       QgsLayoutExporter, QgsLayoutItemLabel, QgsLayoutItemLegend, QgsLayoutItemMap, QgsLayoutItemPage, QgsLayoutItemScaleBar,
                       QgsMapRendererParallelJob, QgsMapSettings, QgsMarkerSymbol, QgsPalLayerSettings, QgsPrintLayout, QgsProject, QgsProperty,
                       QgsRendererRange, QgsSingleSymbolRenderer, QgsSymbolLayer, QgsTextBufferSettings, QgsTextFormat, QgsVectorLayer,
                       QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QColor, QFont

store, folder, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
project.setCrs(QgsCoordinateReferenceSystem("EPSG:25833"))
CLASSES = [(0, 5, "#fdf8e4"), (5, 25, "#fbdf9a"), (25, 50, "#f5c06c"), (50, 75, "#e99a49"), (75, 95, "#d4742f"), (95, 100, "#b2511c")]


def layer(name, title):
    made = QgsVectorLayer(f"{store}|layername={name}", title, "ogr")
    assert made.isValid(), name
    project.addMapLayer(made)
    return made


def graduated(column, outline):
    return QgsGraduatedSymbolRenderer(column, [QgsRendererRange(low, high if high == 100 else high - 1e-9, QgsFillSymbol.createSimple(
        {"color": colour, "outline_style": "solid" if outline else "no", "outline_color": "#3a3a3a", "outline_width": "0.2"}), f"{low} bis {high} %") for low, high, colour in CLASSES])


def outlined(target, colour, width):
    target.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"style": "no", "outline_color": colour, "outline_width": width})))


def named(target):
    form = QgsTextFormat()
    form.setFont(QFont("DejaVu Sans"))
    form.setSize(8)
    rim = QgsTextBufferSettings()
    rim.setEnabled(True)
    rim.setSize(.7)
    form.setBuffer(rim)
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.setFormat(form)
    target.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    target.setLabelsEnabled(True)


gaps, settlements, borders = layer("gaps", "Lücken"), layer("result_settlements", "Siedlungen"), layer("result_municipalities", "Gemeinden")
gaps.setRenderer(graduated("share", False))
outlined(settlements, "#6f6f68", "0.2")
outlined(borders, "#3a3a3a", "0.5")
named(borders)
extent = borders.extent()
extent.grow(1000)


def median(label, work):
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    print(label, statistics.median(times[1:]), flush=True)


def picture():
    settings = QgsMapSettings()
    settings.setLayers([borders, settlements, gaps])
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1600, 1200))
    settings.setOutputDpi(96)
    settings.setDestinationCrs(project.crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.DrawLabeling, True)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(f"{folder}/qgis.png", "PNG")


median("map", picture)

circles, fill = layer("result_settlements", "Offene Haushalte"), layer("result_municipalities", "Anteil offener Haushalte")
dot = QgsMarkerSymbol.createSimple({"name": "circle", "color": "#123a5a", "outline_color": "#ffffff", "outline_width": "0.2"})
dot.symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.PropertySize, QgsProperty.fromExpression("0.12 * sqrt(households_unclear + households_unserved)"))
centre = QgsFillSymbol.createSimple({"style": "no", "outline_style": "no"})
point = QgsCentroidFillSymbolLayer.create({"point_on_surface": "1"})
point.setSubSymbol(dot)
centre.changeSymbolLayer(0, point)
circles.setRenderer(QgsSingleSymbolRenderer(centre))
fill.setRenderer(graduated("gap_share", True))
named(fill)


def overview():
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize("A3", QgsLayoutItemPage.Landscape)
    frame = QgsLayoutItemMap(layout)
    frame.attemptSetSceneRect(QRectF(10, 40, 275, 240))
    frame.setLayers([circles, fill])
    frame.setKeepLayerSet(True)
    frame.setExtent(extent)
    frame.setFrameEnabled(True)
    layout.addLayoutItem(frame)
    title = QgsLayoutItemLabel(layout)
    title.setText("Breitbandversorgung: Landkreis Potsdam-Mittelmark")
    title.setFont(QFont("DejaVu Sans", 20))
    title.attemptSetSceneRect(QRectF(10, 8, 300, 14))
    layout.addLayoutItem(title)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(frame)
    legend.attemptSetSceneRect(QRectF(290, 40, 110, 120))
    layout.addLayoutItem(legend)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(frame)
    bar.applyDefaultSize()
    bar.attemptSetSceneRect(QRectF(290, 240, 60, 20))
    layout.addLayoutItem(bar)
    options = QgsLayoutExporter.PdfExportSettings()
    options.dpi = 300
    options.forceVectorOutput = True
    assert QgsLayoutExporter(layout).exportToPdf(f"{folder}/qgis.pdf", options) == QgsLayoutExporter.Success


median("layout", overview)
os._exit(0)
