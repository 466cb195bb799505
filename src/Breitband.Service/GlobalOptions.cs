using System.CommandLine;

namespace Breitband.Service;

/// <summary>The options every verb takes.</summary>
public sealed class GlobalOptions
{
    public GlobalOptions(Language language)
    {
        string In(string de, string en) => new Phrase(de, en).In(language);
        Store = new("--store") { Description = In("Speicher: eine GeoPackage-Datei oder eine PostGIS-Datenbank (Host=…;Database=… oder postgres://…)", "store: a GeoPackage file or a PostGIS database (Host=…;Database=… or postgres://…)"), HelpName = In("SPEICHER", "STORE"), Recursive = true, DefaultValueFactory = _ => "breitband.gpkg" };
        Lang = new("--lang") { Description = In("Sprache: de oder en", "language: de or en"), HelpName = "de|en", Recursive = true, DefaultValueFactory = _ => "de" };
        Lang.AcceptOnlyFromAmong("de", "en");
        Json = new("--json") { Description = In("Ergebnis als JSON", "result as JSON"), Recursive = true };
        Quiet = new("--quiet") { Description = In("keine Meldungen, kein Fortschritt", "no messages, no progress"), Recursive = true };
        Data = new("--data") { Description = In("Ordner mit profiles.json und mappings/", "folder with profiles.json and mappings/"), HelpName = In("ORDNER", "FOLDER"), Recursive = true };
        County = new("--county") { Description = In("Kreisschlüssel: welcher Kreis einer Datenbank mit mehreren; der eines neuen Speichers (sonst 12069)", "county key: which county of a database that holds several; that of a new store (otherwise 12069)"), HelpName = "AGS", Recursive = true };
    }

    public Option<string> Store { get; }
    public Option<string> Lang { get; }
    public Option<bool> Json { get; }
    public Option<bool> Quiet { get; }
    public Option<string?> Data { get; }
    public Option<string?> County { get; }

    public IEnumerable<Option> All => [Store, Lang, Json, Quiet, Data, County];
}
