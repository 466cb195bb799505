using System.Text.RegularExpressions;

namespace Breitband.Store;

/// <summary>The fields of a measure: reading what a person typed.</summary>
public static partial class MeasureRecord
{
    static readonly IReadOnlyList<Field> Fields = Layer.Measures.Fields;

    public static int At(string field)
    {
        for (var i = 0; i < Fields.Count; i++)
            if (Fields[i].Name == field)
                return i;
        throw new ArgumentException($"a measure has no field {field}", nameof(field));
    }

    internal static object?[] With(object?[] record, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var (field, value) in values)
            record[At(field)] = value;
        return record;
    }

    /// <summary>„stand=Bau“, „cost=1250000“, „commissioning=30.06.2027“: a field's name in either language and its value; empty clears it.</summary>
    /// <exception cref="BreitbandException">WrongUse: unknown field, or a value the field cannot hold.</exception>
    public static (string Field, object? Value) Parse(string assignment)
    {
        var parts = assignment.Split('=', 2);
        if (parts.Length != 2)
            throw BreitbandException.WrongUse($"„{assignment}“ ist keine Angabe der Form FELD=WERT, z. B. state=construction.", $"\"{assignment}\" is not of the form FIELD=VALUE, e.g. state=construction.");
        var field = Find(parts[0].Trim());
        return (field.Name, Parse(field, parts[1].Trim()));
    }

    static Field Find(string name) => Fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || f.German.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } field && field.Name != "key"
        ? field : throw BreitbandException.WrongUse(
            $"Das Feld „{name}“ hat eine Maßnahme nicht. {Suggest.German(name, Fields.Skip(1).Select(f => f.Name))}", $"A measure has no field \"{name}\". {Suggest.English(name, Fields.Skip(1).Select(f => f.Name))}");

    /// <summary>The stored value of what stands for it in text.</summary>
    /// <param name="language">Of whoever typed it; null where nobody knows, and a number that is another in the other language is refused.</param>
    public static object? Parse(Field field, string text, Language? language = null)
    {
        if (text.Length == 0)
            return null;
        object? value = field.Name switch
        {
            "state" => MeasureState.Parse(text)?.Code,
            "kind" => MeasureLife.ParseKind(text)?.Code(),
            "technology" => Technologies.Parse(text)?.Code(),
            "disclosure" => Disclosures.Parse(text)?.Code(),
            "ags" => Ags.TryParse(text, out var ags) ? ags.ToString() : null,
            _ => field.Kind switch
            {
                FieldKind.Date => Formats.ReadDate(text),
                FieldKind.Flag => text.ToLowerInvariant() switch { "ja" or "yes" or "true" or "1" => true, "nein" or "no" or "false" or "0" => false, _ => null },
                FieldKind.Real => Number(field, text, language),
                _ => text,
            },
        };
        return value ?? throw BreitbandException.WrongUse($"{field.Name}: „{text}“ ist kein gültiger Wert ({Allowed(field).De}).", $"{field.Name}: \"{text}\" is no valid value ({Allowed(field).En}).");
    }

    /// <summary>„1.250.000,00“ or „1250000.5“; „1.250“ might be either and is not guessed. Amounts may carry their sign.</summary>
    static object? Number(Field field, string text, Language? language)
    {
        var bare = field.German.EndsWith("(Euro)", StringComparison.Ordinal) ? text.TrimEnd('€', ' ') : text;
        return language is null && Ambiguous().IsMatch(bare) ? null : Formats.Read(bare, language ?? Language.De);
    }

    static Phrase Allowed(Field field) => field.Name switch
    {
        "state" => Same(string.Join(", ", MeasureState.All.Select(s => s.Code))),
        "kind" => Same("funded, own_economy, strategic"),
        "technology" => Same("ftth, fttb, ftthb, hfc, fttc, fwa, other"),
        "disclosure" => Same("öffentlich, intern, vertraulich"),
        "ags" => new("8 Ziffern", "8 digits"),
        _ => field.Kind switch
        {
            FieldKind.Date => new("JJJJ-MM-TT oder TT.MM.JJJJ", "YYYY-MM-DD or DD.MM.YYYY"),
            FieldKind.Flag => new("ja oder nein", "yes or no"),
            _ => new("eine Zahl wie 1250000 oder 1.250.000,00", "a number like 1250000 or 1.250.000,00"),
        },
    };

    static Phrase Same(string text) => new(text, text);

    [GeneratedRegex(@"^\d{1,3}\.\d{3}$")]
    private static partial Regex Ambiguous();
}
