namespace Breitband.Print;

public enum PrintFormat { Pdf, Png, Svg }

/// <summary>How a sheet is made. Nothing here is read from a clock, so that equal options give equal files.</summary>
public sealed record PrintOptions
{
    public Paper Paper { get; init; } = Paper.A3;
    public PrintFormat Format { get; init; } = PrintFormat.Pdf;
    public Language Language { get; init; } = Language.De;
    public required DateOnly PrintDate { get; init; }
    public string Publisher { get; init; } = "Landkreis Potsdam-Mittelmark";

    /// <summary>Office, person, telephone or mail a reader turns to; empty prints a line to fill in by hand.</summary>
    public string Contact { get; init; } = "";

    /// <summary>Freigegeben; otherwise the sheet says Entwurf.</summary>
    public bool Released { get; init; }

    /// <summary>Aktenzeichen or number of the sheet; empty for none.</summary>
    public string SheetId { get; init; } = "";

    /// <summary>Denominator of the scale, one of <see cref="MapScale.Round"/>; null for the largest that fits.</summary>
    public int? Scale { get; init; }

    /// <summary>Dots per inch of a PNG.</summary>
    public double Dpi { get; init; } = 150;

    /// <summary>The one page of a picture that is wanted, from 1 on; null for all. A document is always whole.</summary>
    public int? Page { get; init; }

    /// <summary>An earlier result to state the change against.</summary>
    public GapResult? Previous { get; init; }

    /// <summary>Roads, water and the like below the message.</summary>
    public Backdrop Backdrop { get; init; } = Backdrop.None;

    /// <summary>Of a sheet within a document; null for a sheet of its own.</summary>
    internal SheetNumbers? Numbers { get; init; }

    /// <summary>Reads „pdf“, „PNG“, „svg“.</summary>
    public static PrintFormat ParseFormat(string text) => Enum.TryParse<PrintFormat>(text, ignoreCase: true, out var format) && Enum.IsDefined(format)
        ? format
        : throw BreitbandException.WrongUse($"Das Format „{text}“ gibt es nicht. {Suggest.German(text, ["pdf", "png", "svg"])}", $"There is no format \"{text}\". {Suggest.English(text, ["pdf", "png", "svg"])}");
}
