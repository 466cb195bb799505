namespace Breitband.Import;

/// <summary>The verb <c>import</c>: files in, editions out.</summary>
public static class Importer
{
    public static ImportReport Run(Store.Store store, IReadOnlyList<string> files, ImportOptions options) => throw new NotSupportedException($"{store} {files} {options}");
}
