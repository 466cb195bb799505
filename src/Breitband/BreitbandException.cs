namespace Breitband;

/// <summary>How a command ends; the number is the exit code.</summary>
public enum Outcome { Done = 0, Failed = 1, WrongUse = 2, InputRefused = 3 }

/// <summary>
/// The one exception of the program: something went wrong that its user can understand. The text names the file, the row or
/// feature where there is one, the cause and the way out. One catch in the command line (and one in the service) turns it into an answer.
/// </summary>
public sealed class BreitbandException : Exception
{
    public BreitbandException(Outcome outcome, string de, string en, Exception? cause = null) : base(en, cause) =>
        (Outcome, Text) = (outcome, new Phrase(de, en));

    public Outcome Outcome { get; }

    public Phrase Text { get; }

    /// <summary>The input cannot be used as it is; nothing was changed.</summary>
    public static BreitbandException Refused(string de, string en, Exception? cause = null) => new(Outcome.InputRefused, de, en, cause);

    /// <summary>The command was called wrongly.</summary>
    public static BreitbandException WrongUse(string de, string en) => new(Outcome.WrongUse, de, en);

    /// <summary>The environment failed: disk, lock, permissions.</summary>
    public static BreitbandException Failed(string de, string en, Exception? cause = null) => new(Outcome.Failed, de, en, cause);
}
