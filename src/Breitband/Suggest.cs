namespace Breitband;

/// <summary>Near names for a mistyped one.</summary>
public static class Suggest
{
    /// <summary>„Meinten Sie …?“ or, where nothing is near, the list of what there is.</summary>
    /// <param name="most">Names of that list, the most similar ones where there are more.</param>
    public static string German(string typed, IEnumerable<string> known, int most = 20) => Sentence(typed, [.. known], "Meinten Sie ", " oder ", "Vorhanden: ", most);

    public static string English(string typed, IEnumerable<string> known, int most = 20) => Sentence(typed, [.. known], "Did you mean ", " or ", "There are: ", most);

    /// <summary>At most three names within a third of their length of typing errors, or that contain what was typed; nearest first.</summary>
    public static IReadOnlyList<string> Near(string typed, IEnumerable<string> known) =>
    [
        .. from name in known.Distinct()
           let distance = Errors(typed, name)
           where distance <= Math.Max(2, name.Length / 3)
           orderby distance, name
           select name,
    ];

    static string Sentence(string typed, IReadOnlyList<string> known, string ask, string or, string list, int most)
    {
        var near = Near(typed, known).Take(3).ToList();
        if (near.Count > 0)
            return ask + string.Join(or, near) + "?";
        IReadOnlyList<string> all = [.. known.Distinct().Order(StringComparer.Ordinal)];
        return all.Count == 0 ? "" : all.Count <= most ? list + string.Join(", ", all) + "." : list + string.Join(", ", all.OrderBy(name => Errors(typed, name)).Take(most)) + " …";
    }

    /// <summary>An umlaut written out is no error.</summary>
    static int Errors(string typed, string name)
    {
        var (letters, others) = (Analyse.AddressText.Letters(typed), Analyse.AddressText.Letters(name));
        return name.Contains(typed, StringComparison.OrdinalIgnoreCase) || letters.Length > 0 && others.Contains(letters, StringComparison.Ordinal) ? 0
            : Math.Min(Distance(typed.ToLowerInvariant(), name.ToLowerInvariant()), Distance(letters, others));
    }

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
