namespace Breitband.Service.Text;

/// <summary>Editions for machines.</summary>
static class EditionsJson
{
    /// <param name="fileNamesOnly">Without the folders of this machine.</param>
    public static string Of(IEnumerable<Edition> editions, bool fileNamesOnly = false) => Json.Write(editions.Select(e => new
    {
        e.Number,
        Dataset = e.Dataset.ToString(),
        e.Date,
        e.Live,
        e.ImportedAt,
        File = fileNamesOnly ? Path.GetFileName(e.File) : e.File,
        Rows = e.RowCount,
        Rejected = e.RejectedCount,
        e.Mapping,
        Crs = e.SourceCrs,
        Disclosure = e.Disclosure.Code(),
        Evidence = e.Evidence.ToString().ToLowerInvariant(),
        e.Complete,
        e.Synthetic,
        Licence = e.Licence.Id,
        e.Licence.Attribution,
        e.Sha256,
    }));
}
