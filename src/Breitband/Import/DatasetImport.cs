using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Breitband.Import;

/// <summary>The import of one table into one dataset: all or nothing.</summary>
sealed class DatasetImport(Store.Store store, Source source, Mapping mapping, ImportOptions options)
{
    const int Few = 500;
    const int Many = 2000;
    readonly Tally tally = new();
    readonly CountyFilter county = new(store);

    public FileReport Run()
    {
        var missing = BoundMapping.Missing(mapping, source);
        if (missing.Count > 0)
            throw BreitbandException.Refused(
                $"{source.File}: Für die Zuordnung „{mapping.Name}“ fehlen Spalten: {string.Join(", ", missing)}. Vorhanden: {string.Join(", ", source.Columns.Take(40))}",
                $"{source.File}: the mapping \"{mapping.Name}\" lacks columns: {string.Join(", ", missing)}. There are: {string.Join(", ", source.Columns.Take(40))}");
        var date = EditionDate.Find(source, mapping, options.Edition);
        // A state's file takes a while, and so does finding out where it lies.
        var checksum = Task.Run(Checksum);
        var bound = new BoundMapping(mapping, source);
        var crs = FindCrs(bound);
        var draft = Draft(crs, date, checksum.GetAwaiter().GetResult());
        using var turn = options.Turn?.Invoke(draft.Dataset);
        if (Same(draft) is { } live)
            return Unchanged(live, crs);
        foreach (var warning in source.Warnings)
            tally.Warn(warning);
        if (bound.Unread.Count > 0)
            tally.Warn(new("columns-not-read", bound.Unread.Count, new(
                $"nicht gelesene Spalten anderer Zielgruppen: {bound.Unread.Count}, z. B. {string.Join(", ", bound.Unread.Take(3))}",
                $"columns of other groups not read: {bound.Unread.Count}, e.g. {string.Join(", ", bound.Unread.Take(3))}")));
        if (mapping.Layer == Layer.Municipalities.Name && !bound.Fields.Any(f => f.Name == "ags"))
            throw new InvalidOperationException($"mapping {mapping.Name} has no ags");
        using var writer = store.Begin(draft, bound.Fields);
        if (Same(draft) is { } meanwhile) // somebody else's import of the same file, which this one has waited for
            return Unchanged(meanwhile, crs);
        var reader = new RowReader(source, bound, crs.Epsg ?? Crs.Stored, county, tally);
        Pump(reader, writer, options.DryRun ? rows => tally.Show(rows, bound.Fields) : _ => { });
        Judge(reader);
        var report = Report(draft, crs, unchanged: false);
        if (!options.DryRun)
            writer.Commit(ReportJson.Write(new([report], true, []), Language.De));
        return report;
    }

    /// <summary>The live edition that came of the same file with the same options.</summary>
    Edition? Same(Edition draft) => store.Editions().FirstOrDefault(e => e.Live && e.Dataset == draft.Dataset && e.Sha256 == draft.Sha256 && e.Options == draft.Options);

    FileReport Unchanged(Edition live, CrsReport crs) => Report(live, crs, unchanged: true) with { Stored = live.RowCount, Rejected = live.RejectedCount };

    /// <summary>One thread reads, maps and reprojects, this one writes; a bounded queue between them keeps memory small.</summary>
    void Pump(RowReader reader, Store.EditionWriter writer, Action<List<Row>> show)
    {
        using var queue = new BlockingCollection<Batch>(4);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            try
            {
                foreach (var batch in reader.Batches(read => options.Progress?.Invoke(source.File, read, source.RowCount)))
                    queue.Add(batch, stop.Token);
            }
            finally
            {
                queue.CompleteAdding();
            }
        });
        try
        {
            foreach (var batch in queue.GetConsumingEnumerable())
            {
                show(batch.Rows);
                batch.Rows.ForEach(writer.Write);
                batch.Rejected.ForEach(writer.Reject);
            }
        }
        catch
        {
            // The writer's error is the one to tell; the reader only has to end.
            stop.Cancel();
            Task.WaitAny([reading]);
            throw;
        }
        reading.GetAwaiter().GetResult();
    }

    /// <summary>Refuses an import that read only a part or set aside too much.</summary>
    void Judge(RowReader reader)
    {
        var first = string.Join("; ", tally.FirstRejected.Take(3).Select(r => $"{r.Number}: {r.Reason.De}"));
        var firstEn = string.Join("; ", tally.FirstRejected.Take(3).Select(r => $"{r.Number}: {r.Reason.En}"));
        if (source.Broken is { } broken && !options.AcceptRejected)
            throw BreitbandException.Refused(
                $"{source.File}: Die Datei ist unvollständig, {broken.De}. Nichts wurde geändert. Bitte die Datei neu holen; nur den lesbaren Teil übernimmt --accept-rejected.",
                $"{source.File}: the file is incomplete, {broken.En}. Nothing was changed. Please get the file anew; --accept-rejected takes the readable part only.");
        if (reader.LooksLikeFractions)
            throw BreitbandException.Refused(
                $"{source.File}: Die Anteile stehen als Bruchteile von 1, erwartet sind Prozent (0 bis 100). Nichts wurde geändert.",
                $"{source.File}: the shares are fractions of 1, percent (0 to 100) are expected. Nothing was changed.");
        var inside = tally.Stored + tally.Rejected;
        if (inside > 0 && tally.Rejected > options.MaxRejectedShare * inside && !options.AcceptRejected)
            throw BreitbandException.Refused(
                $"{source.File}: {tally.Rejected} von {inside} Zeilen sind fehlerhaft, mehr als erlaubt. Nichts wurde geändert. Zuerst: {first}. Trotzdem übernehmen: --accept-rejected",
                $"{source.File}: {tally.Rejected} of {inside} rows are faulty, more than allowed. Nothing was changed. First: {firstEn}. To import anyway: --accept-rejected");
        if (tally.Stored == 0)
            throw BreitbandException.Refused(
                $"{source.File}: Keine Zeile liegt im Landkreis {county.County} (gelesen {tally.Read}, außerhalb {tally.Outside}). Nichts wurde geändert.",
                $"{source.File}: no row lies in the county {county.County} (read {tally.Read}, outside {tally.Outside}). Nothing was changed.");
    }

    CrsReport FindCrs(BoundMapping bound)
    {
        if (bound.Layer.Shape == Shape.None || (!source.HasGeometry && bound.GridAt < 0 && bound.XAt < 0))
            return new(null, new("ohne Geometrie", "no geometry"));
        if (bound.GridAt >= 0 && !source.HasGeometry)
            return new(mapping.Crs ?? Crs.CensusGrid, new("durch die Gitterkennung", "by the grid id"));
        var declared = source.DeclaredCrs;
        if (declared.Value == null && mapping.Crs is { } byMapping)
            declared = new(byMapping, new($"Zuordnung „{mapping.Name}“", $"mapping \"{mapping.Name}\""));
        return CrsDetection.Find(source.File, declared, options.Crs, [.. Positions(bound).Take(Few)], () => Spread(Positions(bound)), county.LonLat(), tally.Warn);
    }

    IEnumerable<Coordinate> Positions(BoundMapping bound)
    {
        var placing = new Placing(bound, Crs.Stored);
        return source.Read().Where(r => r.Fault == null).Select(r => placing.Of(r, out _)?.Coordinate).OfType<Coordinate>()
            .Where(c => double.IsFinite(c.X) && double.IsFinite(c.Y));
    }

    /// <summary>Positions spread evenly over the whole table: when the list is full, every second is dropped and the step doubles.</summary>
    static List<Coordinate> Spread(IEnumerable<Coordinate> positions)
    {
        var kept = new List<Coordinate>();
        var (step, n) = (1L, 0L);
        foreach (var position in positions)
        {
            if (n++ % step != 0)
                continue;
            kept.Add(position);
            if (kept.Count < Many)
                continue;
            kept = [.. kept.Where((_, i) => i % 2 == 0)];
            step *= 2;
        }
        return kept;
    }

    Edition Draft(CrsReport crs, DateOnly date, string checksum) => new()
    {
        Dataset = new(mapping.Layer, options.Source ?? mapping.Source),
        Date = date,
        File = source.File,
        Sha256 = checksum,
        Options = $"mapping={mapping.Name} table={source.Table} crs={crs.Epsg} encoding={source.Encoding.Value} edition={date:yyyy-MM-dd} county={county.County}"
            + $" synthetic={options.Synthetic} rules={Rules()}",
        Mapping = mapping.Name,
        SourceCrs = crs.Epsg ?? 0,
        // {year} is the year of the last data, as BKG asks for it.
        Licence = mapping.Licence with { Attribution = mapping.Licence.Attribution.Replace("{year}", $"{date.Year}", StringComparison.Ordinal) },
        Disclosure = Disclosures.Parse(mapping.Disclosure)!.Value,
        Evidence = mapping.Evidence == "mev" ? EvidenceKind.Mev : EvidenceKind.Atlas,
        Complete = mapping.Complete,
        Synthetic = options.Synthetic,
        AbsentTechnologies = mapping.AbsentTechnologies?.From ?? "",
    };

    /// <summary>A corrected mapping makes the same file come out differently, so its content is part of the options.</summary>
    string Rules() => System.Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(mapping, Mappings.Json))))[..12];

    string Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        foreach (var file in source.Files)
        {
            using var stream = File.OpenRead(file);
            for (int read; (read = stream.Read(buffer)) > 0;)
                hash.AppendData(buffer, 0, read);
        }
        return System.Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    FileReport Report(Edition edition, CrsReport crs, bool unchanged)
    {
        var extent = tally.Extent;
        return new(source.File, edition.Dataset.ToString(), edition.Dataset.Layer, mapping.Name, crs, new(source.Encoding.Value, source.Encoding.Why), edition.Date,
            tally.Read, tally.Stored, tally.Repaired, tally.Rejected, tally.Outside, tally.Warnings, edition.Licence,
            extent.IsNull ? null : [extent.MinX, extent.MinY, extent.MaxX, extent.MaxY], tally.FirstRejected, unchanged)
        { FirstRows = tally.FirstRows };
    }
}
