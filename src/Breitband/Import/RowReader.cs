using System.Globalization;
using NetTopologySuite.Geometries;

namespace Breitband.Import;

/// <summary>Rows on their way from the reading to the writing thread.</summary>
sealed record Batch(List<Row> Rows, List<RejectedRow> Rejected);

/// <summary>The reading side of an import: map, place, check and sort out every row of one table.</summary>
sealed class RowReader(Source source, BoundMapping bound, int epsg, CountyFilter county, Tally tally)
{
    const int BatchSize = 1024;
    readonly Placing placing = new(bound, epsg);
    readonly ShareCheck shares = new(bound.Fields);
    readonly Envelope? near = county.In(epsg);
    readonly KeySet keys = new();
    readonly bool keysRepeat = bound.Layer == Layer.CoverageAreas || bound.Layer == Layer.CoverageAddresses;
    readonly bool byPoint = bound.Layer == Layer.Municipalities || bound.Layer == Layer.Settlements || bound.Layer == Layer.Population
        || bound.Layer == Layer.CoverageCells || bound.Layer == Layer.MobileCells || bound.Layer == Layer.Facilities;
    readonly bool placeOptional = bound.Layer.Shape == Shape.None || bound.Layer == Layer.Municipalities
        || bound.Layer == Layer.CoverageAddresses || bound.Layer == Layer.Measures || bound.Mapping.Geometry?.Optional == true;

    public bool LooksLikeFractions => shares.LooksLikeFractions;

    public IEnumerable<Batch> Batches(Action<long> progress)
    {
        var batch = new Batch([], []);
        foreach (var row in source.Read())
        {
            if (!bound.Passes(row.Values) && row.Fault == null)
            {
                tally.Count("filtered", row.Number.ToString(CultureInfo.InvariantCulture), Filtered);
                tally.Read++;
                continue;
            }
            tally.Read++;
            Take(row, batch);
            if (batch.Rows.Count + batch.Rejected.Count < BatchSize)
                continue;
            yield return batch;
            progress(tally.Read);
            batch = new([], []);
        }
        yield return batch;
    }

    Phrase Filtered(string examples) => new(
        $"Zeilen nach der Regel der Zuordnung „{bound.Mapping.Name}“ ausgelassen, z. B. {examples}", $"rows left out by the rule of the mapping \"{bound.Mapping.Name}\", e.g. {examples}");

    void Take(SourceRow row, Batch batch)
    {
        Geometry? geometry = null;
        object?[]? values = null;
        var fault = row.Fault;
        if (fault == null)
        {
            values = bound.Map(row.Values, out fault);
            var ags = bound.AgsAt >= 0 ? values[bound.AgsAt] as string : null;
            if (ags != null && !county.TakesAll && !county.HasKey(ags))
            {
                tally.Outside++;
                return;
            }
            if (fault == null && Prepare(row, values, ags, out geometry, out fault))
            {
                tally.Outside++;
                return;
            }
        }
        if (fault is { } reason)
        {
            var rejected = new RejectedRow(source.File, row.Number, values?[bound.KeyAt] as string, reason, geometry);
            tally.Reject(rejected);
            batch.Rejected.Add(rejected);
            return;
        }
        tally.Stored++;
        if (geometry is Point { IsEmpty: false } point)
            tally.Extent.ExpandToInclude(point.X, point.Y);
        else if (geometry != null)
            tally.Extent.ExpandToInclude(geometry.EnvelopeInternal);
        batch.Rows.Add(new(geometry, values!));
    }

    /// <summary>Places, locates and checks a mapped row; true when it lies outside the county.</summary>
    bool Prepare(SourceRow row, object?[] values, string? ags, out Geometry? geometry, out Phrase? fault)
    {
        (geometry, fault) = (null, null);
        if (bound.Layer.Shape != Shape.None)
            geometry = placing.Of(row, out fault);
        if (fault == null && geometry == null && !placeOptional)
            fault = new("ohne Geometrie", "no geometry");
        if (fault != null)
            return false;
        if (ags == null && geometry != null && near != null && !near.Intersects(geometry.EnvelopeInternal))
            return true;
        if (values[bound.KeyAt] == null)
            values[bound.KeyAt] = MakeKey(row, geometry);
        if (geometry != null)
        {
            var raw = geometry;
            geometry = placing.Finish(geometry, out var repaired, out fault);
            if (fault != null)
            {
                geometry = raw.IsEmpty || !placing.Placed ? null : raw;
                return false;
            }
            tally.Repaired += repaired ? 1 : 0;
            if (ags == null && !county.TakesAll && !Inside(geometry!))
                return true;
        }
        else if (ags == null && bound.Layer == Layer.CoverageAddresses && NamesAnAddress(values))
            tally.Count("place-by-words", row.Number.ToString(CultureInfo.InvariantCulture), ByWords);
        else if (ags == null && !county.TakesAll && bound.Layer != Layer.Measures)
            fault = new("weder Gemeindeschlüssel noch Geometrie", "neither municipality key nor geometry");
        var key = (string)values[bound.KeyAt]!;
        fault ??= shares.Check(values, key, tally);
        if (fault == null && !keys.Add(key) && !keysRepeat)
            fault = new($"die Kennung „{key}“ kommt schon vor", $"the key \"{key}\" has occurred before");
        return false;
    }

    /// <summary>Consultations' lists often have neither key nor coordinate; the analysis finds their addresses by key or words, and only those of the county.</summary>
    bool NamesAnAddress(object?[] values) => Has("address_key", values) || (Has("street", values) && Has("number", values));

    bool Has(string field, object?[] values) => bound.Fields.ToList().FindIndex(f => f.Name == field) is >= 0 and var at && values[at] != null;

    static Phrase ByWords(string examples) => new(
        $"Zeilen ohne Gemeindeschlüssel und Koordinate: ob sie im Kreis liegen, zeigt erst der Vergleich mit den Adressen, z. B. Zeile {examples}",
        $"rows without municipality key and coordinate: only the comparison with the addresses shows whether they are in the county, e.g. row {examples}");

    bool Inside(Geometry geometry)
    {
        if (!county.KnowsBorder)
            throw BreitbandException.Refused(
                $"{source.File}: Die Zeilen nennen keine Gemeinde, und der Bestand kennt die Grenzen des Landkreises noch nicht. Bitte zuerst die Gemeinden importieren (z. B. VG250).",
                $"{source.File}: the rows name no municipality, and the store does not know the county's border yet. Please import the municipalities first (e.g. VG250).");
        if (geometry is Point point)
            return county.Contains(point.Coordinate);
        return byPoint ? county.Contains(Middle(geometry)) : county.Intersects(geometry);
    }

    /// <summary>The midpoint of a cell; of any other shape a point surely inside it.</summary>
    static Coordinate Middle(Geometry geometry) =>
        geometry.NumPoints == 5 && geometry is Polygon ? Centre.Of(geometry)! : geometry.InteriorPoint.Coordinate;

    /// <summary>Cells are named by their lower left corner in the file's system, stable across editions; all else by its row.</summary>
    string MakeKey(SourceRow row, Geometry? geometry)
    {
        if (geometry is Polygon && (bound.Layer == Layer.Population || bound.Layer == Layer.CoverageCells || bound.Layer == Layer.MobileCells))
        {
            tally.Count("key-made", "", _ => new("Ohne Kennung: aus der linken unteren Ecke der Zelle gebildet", "without key: made from the cell's lower left corner"));
            return FormattableString.Invariant($"N{geometry.EnvelopeInternal.MinY:0}E{geometry.EnvelopeInternal.MinX:0}");
        }
        tally.Count("key-made", "", _ => new("Ohne Kennung: aus der Zeilennummer gebildet", "without key: made from the row number"));
        return $"{source.Table}-{row.Number.ToString(CultureInfo.InvariantCulture)}";
    }
}
