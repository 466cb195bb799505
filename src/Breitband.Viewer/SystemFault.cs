namespace Breitband.Viewer;

/// <summary>What the system says of a file, in the words of this program: its own are English and name no way out.</summary>
public static class SystemFault
{
    /// <summary>Windows and POSIX: the medium is full; another program holds the file.</summary>
    const int Full = unchecked((int)0x80070070), NoSpace = 28, Shared = unchecked((int)0x80070020), Locked = unchecked((int)0x80070021);

    /// <summary>Why a file or folder cannot be read or written.</summary>
    public static Phrase Of(Exception e) => e switch
    {
        UnauthorizedAccessException => new("Die Rechte dafür fehlen.", "The rights for it are missing."),
        DirectoryNotFoundException => new("Den Ordner gibt es nicht.", "There is no such folder."),
        FileNotFoundException => new("Die Datei gibt es nicht (mehr).", "There is no such file (any more)."),
        PathTooLongException => new("Der Pfad ist zu lang.", "The path is too long."),
        IOException { HResult: Full or NoSpace } => new("Der Datenträger ist voll.", "The disk is full."),
        IOException { HResult: Shared or Locked } => new("Ein anderes Programm hält sie fest.", "Another program holds it."),
        _ => new("Das Laufwerk oder die Netzverbindung antwortet nicht richtig.", "The drive or the network connection does not answer properly."),
    };
}
