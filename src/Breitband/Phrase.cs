namespace Breitband;

/// <summary>The languages a user may read. German is the default everywhere.</summary>
public enum Language { De, En }

/// <summary>A text for a user in both languages. Code, logs and comments are English only; whatever a user reads is a <see cref="Phrase"/>.</summary>
public readonly record struct Phrase(string De, string En)
{
    public string In(Language language) => language == Language.De ? De : En;

    public override string ToString() => En;
}
