namespace Breitband.Store;

public static class GeoPackageStore
{
    public static Store Open(string where, OpenMode mode, string? county) => throw new NotSupportedException($"{where} {mode} {county}");
}
