namespace Breitband.Service.Filter;

/// <summary>Computes a filter without spatial parts on given property values, in three-valued logic: null is unknown, as in SQL.</summary>
static class Evaluation
{
    public static bool? Truth(Node node, Func<string, object?> of) => node switch
    {
        And and => Both(Truth(and.Left, of), Truth(and.Right, of)),
        Or or => Either(Truth(or.Left, of), Truth(or.Right, of)),
        Not not => !Truth(not.Inner, of),
        IsNull isNull => Value(isNull.Value, of) is null,
        ValueComparison c => Compared(c.Operator, Value(c.Left, of), Value(c.Right, of)),
        Between b => Both(Compared(">=", Value(b.Value, of), Value(b.Low, of)), Compared("<=", Value(b.Value, of), Value(b.High, of))),
        In list => list.List.Select(n => Compared("=", Value(list.Value, of), Value(n, of))).Aggregate((bool?)false, Either),
        Like like => Value(like.Value, of) is string text && Value(like.Pattern, of) is string pattern ? Matches(text, pattern) : null,
        _ => Value(node, of) as bool?,
    };

    public static bool? Both(bool? a, bool? b) => a == false || b == false ? false : a & b;

    public static bool? Either(bool? a, bool? b) => a == true || b == true ? true : a | b;

    static object? Value(Node node, Func<string, object?> of) => node switch
    {
        Literal literal => literal.Value,
        Property property => of(property.Name),
        Folded folded => (Value(folded.Inner, of) as string)?.ToLowerInvariant(),
        Arithmetic a => Number(Value(a.Left, of)) is { } left && Number(Value(a.Right, of)) is { } right ? Computed(a.Operator, left, right) : null,
        _ => Truth(node, of),
    };

    static double? Number(object? value) => value switch { double d => d, long l => l, _ => null };

    /// <summary>Null where mathematics has no answer.</summary>
    static object? Computed(string sign, double a, double b)
    {
        var result = sign switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, "%" => a % b, "div" => Math.Truncate(a / b), _ => Math.Pow(a, b) };
        return double.IsFinite(result) ? result : null;
    }

    static bool? Compared(string sign, object? a, object? b)
    {
        int? order = (a, b) switch
        {
            (string x, string y) => string.CompareOrdinal(x, y),
            (DateOnly x, DateOnly y) => x.CompareTo(y),
            (bool x, bool y) => x.CompareTo(y),
            _ => Number(a) is { } x && Number(b) is { } y ? x.CompareTo(y) : null,
        };
        return order is not { } o ? null : sign switch { "=" => o == 0, "<>" => o != 0, "<" => o < 0, ">" => o > 0, "<=" => o <= 0, _ => o >= 0 };
    }

    /// <summary>% is any text, _ any character, \ takes the next one literally. Goes back only to the last %, so no pattern makes it slow.</summary>
    static bool Matches(string text, string pattern)
    {
        var (t, p, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            var escaped = p + 1 < pattern.Length && pattern[p] == '\\';
            if (p < pattern.Length && !escaped && pattern[p] == '%')
                (star, mark, p) = (p, t, p + 1);
            else if (p < pattern.Length && (escaped ? pattern[p + 1] == text[t] : pattern[p] == '_' || pattern[p] == text[t]))
                (t, p) = (t + 1, p + (escaped ? 2 : 1));
            else if (star >= 0)
                (p, t, mark) = (star + 1, mark + 1, mark + 1);
            else
                return false;
        }
        while (p < pattern.Length && pattern[p] == '%')
            p++;
        return p == pattern.Length;
    }
}
