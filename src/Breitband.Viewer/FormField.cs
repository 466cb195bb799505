using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breitband.Store;

namespace Breitband.Viewer;

/// <summary>A line of the form, named as everywhere else: what is stored, as readers of the language write it, and what is typed over it.</summary>
public sealed partial class FormField : Observable
{
    readonly Field asked;
    readonly JsonNode? stored;
    Language said = Tongue.Current.Language;
    string text;
    bool wrong;

    internal FormField(string name, JsonNode? stored)
    {
        (asked, this.stored) = (Layer.Measures.Find(name)!, stored);
        text = Was;
    }

    public string Name => asked.Name;

    public string Label => Named(asked, Tongue.Current.Language);

    static string Named(Field asked, Language language) => asked.Label.In(language) is var label ? char.ToUpperInvariant(label[0]) + label[1..] : "";

    /// <summary>A fault that names fields as programs do, with the names of the form: „cost: …“ is „Kosten (Euro): …“, and „(cost=…)“ is for the command line.</summary>
    internal static string InWords(string fault, Language language) => Assignment().Replace(Code().Replace(fault, begins =>
        Layer.Measures.Find(begins.Groups[1].Value) is { } named ? Named(named, language) + ": " : begins.Value), "");

    [GeneratedRegex("^([a-z_]+): ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@" \([a-z_]+=…\)", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    /// <summary>As it was when the form was opened.</summary>
    public string Was => Written(stored);

    public string Text
    {
        get => text;
        set
        {
            if (Set(ref text, value))
                Wrong = false;
        }
    }

    /// <summary>Whether what is typed cannot be stored.</summary>
    public bool Wrong { get => wrong; internal set => Set(ref wrong, value); }

    /// <summary>Numbers and days as the window's reader writes them, the rest as it is.</summary>
    internal string Written(JsonNode? value) => value switch
    {
        null => "",
        JsonValue v when asked.Kind == FieldKind.Real && v.TryGetValue<double>(out var number) => Formats.Number(number, said, number % 1 != 0 && Name == "cost" ? "#,0.00" : "#,0.##"),
        _ when asked.Kind == FieldKind.Date && Formats.ReadDate(value.ToString()) is { } day => Formats.Date(day, said),
        _ => value.ToString(),
    };

    /// <summary>What is to be stored; null clears the field.</summary>
    /// <exception cref="BreitbandException">WrongUse for what the field cannot hold.</exception>
    internal JsonNode? Read() => MeasureRecord.Parse(asked, text.Trim(), said) switch
    {
        null => null,
        double number => JsonValue.Create(number),
        DateOnly day => Formats.Date(day, Language.En), // ISO 8601, as the service reads it
        var other => other.ToString(),
    };

    /// <summary>The language is another: what can be read is written in it.</summary>
    internal void Spoken()
    {
        JsonNode? value = null;
        var kept = text == Was;
        if (!kept)
            try
            {
                value = Read();
            }
            catch (BreitbandException)
            {
                value = text; // stays as it was typed
            }
        said = Tongue.Current.Language;
        Text = kept ? Was : Written(value);
        Changed(nameof(Label));
    }
}
