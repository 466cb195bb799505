using System.Globalization;
using System.Text.RegularExpressions;

namespace Breitband.Import;

/// <summary>A mapping laid over the columns one table really has.</summary>
sealed class BoundMapping
{
    sealed record Reader(int Target, int[] Columns, Conversion Convert, IReadOnlyDictionary<string, string> Words, string? Join, object? Constant, string Label)
    {
        /// <summary>The text read last and what it became; sources give equal neighbours as the same text.</summary>
        public (string Text, object? Result)? Last { get; set; }
    }

    readonly List<Reader> readers = [];
    readonly HashSet<string> nulls;
    readonly int longestNull;
    readonly bool[] beginsNull = new bool[128];
    readonly bool decimalComma;
    readonly (int Column, HashSet<string> Values)[] filters;

    public Mapping Mapping { get; }
    public Layer Layer { get; }

    /// <summary>The fields the table fills, in the layer's order; the edition's columns.</summary>
    public IReadOnlyList<Field> Fields { get; }
    public int KeyAt { get; }
    public int AgsAt { get; }
    public int XAt { get; } = -1;
    public int YAt { get; } = -1;
    public int GridAt { get; } = -1;

    /// <summary>Columns no rule reads although the mapping names their pattern.</summary>
    public IReadOnlyList<string> Unread { get; }

    public BoundMapping(Mapping mapping, Source source)
    {
        (Mapping, Layer, decimalComma) = (mapping, Layer.Get(mapping.Layer), source.DecimalComma);
        nulls = new(mapping.Null, StringComparer.OrdinalIgnoreCase);
        foreach (var word in nulls.Where(n => n.Length > 0))
            (beginsNull[char.ToLowerInvariant(word[0]) & 127], beginsNull[char.ToUpperInvariant(word[0]) & 127]) = (true, true);
        longestNull = nulls.Select(n => n.Length).DefaultIfEmpty(0).Max();
        var rules = Rules(mapping, source.Columns);
        // The key is always there: where the supplier has none, one is made.
        Fields = [.. Layer.Fields.Where(f => f.Name == "key" || rules.ContainsKey(f.Name))];
        for (var i = 0; i < Fields.Count; i++)
            if (rules.TryGetValue(Fields[i].Name, out var rule))
                readers.Add(new(i, rule.Columns, rule.Rule.Convert is { } c ? Convert.Named[c] : Convert.For(Fields[i].Kind),
                    new Dictionary<string, string>(rule.Rule.Words, StringComparer.OrdinalIgnoreCase), rule.Rule.Join,
                    rule.Rule.Value, string.Join("/", rule.Columns.Select(x => source.Columns[x]))));
        KeyAt = 0;
        AgsAt = Fields.ToList().FindIndex(f => f.Name == "ags");
        if (AgsAt < 0 && Layer == Layer.CoverageMunicipalities)
            AgsAt = KeyAt;
        if (!source.HasGeometry && mapping.Geometry is { } place)
        {
            XAt = place.X?.FirstIn(source.Columns) ?? -1;
            YAt = place.Y?.FirstIn(source.Columns) ?? -1;
            GridAt = place.Grid?.FirstIn(source.Columns) ?? -1;
        }
        filters = [.. mapping.Filter.Select(f => (f.Columns.FirstIn(source.Columns), f.Values.ToHashSet(StringComparer.OrdinalIgnoreCase))).Where(f => f.Item1 >= 0)];
        var unread = mapping.Unread == null ? null : Mappings.Pattern(mapping.Unread);
        Unread = [.. source.Columns.Where((c, i) => unread?.IsMatch(c) == true && !readers.Any(r => r.Columns.Contains(i)))];
        source.Use([.. readers.SelectMany(r => r.Columns).Concat(filters.Select(f => f.Column)).Concat([XAt, YAt, GridAt]).Where(i => i >= 0).Distinct()]);
        source.UseAsNumbers([.. new[] { XAt, YAt }.Where(i => i >= 0 && !readers.Any(r => r.Columns.Contains(i)))]);
    }

    /// <summary>Names of the columns a mapping demands and a table lacks; empty when it fits.</summary>
    public static IReadOnlyList<string> Missing(Mapping mapping, Source source)
    {
        var missing = mapping.Recognise.Columns.Concat(mapping.Fields.Values.Where(f => f.Required).Select(f => f.Columns))
            .Where(n => n.FirstIn(source.Columns) < 0).Select(n => n.ToString()).ToList();
        if (mapping.Recognise.Pattern is { } pattern && !source.Columns.Any(Mappings.Pattern(pattern).IsMatch))
            missing.Add(pattern);
        if (mapping.Geometry is { Optional: false } place && !source.HasGeometry && !(place.Grid?.FirstIn(source.Columns) >= 0)
            && !(place.X?.FirstIn(source.Columns) >= 0 && place.Y?.FirstIn(source.Columns) >= 0))
            missing.Add((place.Grid ?? place.X)!.ToString());
        if (mapping.Recognise.Geometry is { } wanted && wanted != source.HasGeometry)
            missing.Add(wanted ? "Geometrie" : "(ohne Geometrie)");
        return missing;
    }

    /// <summary>Indexes of the columns a mapping has a field for.</summary>
    public static HashSet<int> Understood(Mapping mapping, IReadOnlyList<string> columns) => [.. Rules(mapping, columns).Values.SelectMany(r => r.Columns)];

    static Dictionary<string, (FieldRule Rule, int[] Columns)> Rules(Mapping mapping, IReadOnlyList<string> columns)
    {
        var rules = new Dictionary<string, (FieldRule, int[])>();
        foreach (var (field, rule) in mapping.Fields)
        {
            var found = rule.Columns.In(columns).Distinct().ToArray();
            if (found.Length == 0 && rule.Pattern is { } pattern)
                found = [.. Enumerable.Range(0, columns.Count).Where(i => Mappings.Pattern(pattern).IsMatch(columns[i])).Take(1)];
            if (found.Length > 0 || rule.Value != null)
                rules[field] = (rule, rule.Join == null ? [.. found.Take(1)] : found);
        }
        foreach (var family in mapping.Families)
        {
            var pattern = Mappings.Pattern(family.Pattern);
            for (var i = 0; i < columns.Count; i++)
                if (pattern.Match(columns[i].Trim()) is { Success: true } match && FieldOf(match, family) is { } field)
                    rules.TryAdd(field, (new FieldRule { Convert = "number" }, [i]));
        }
        return rules;
    }

    static string? FieldOf(Match match, FamilyRule family)
    {
        var technologies = new Dictionary<string, string>(family.Technologies, StringComparer.OrdinalIgnoreCase);
        var word = match.Groups["tech"].Value.Trim();
        return technologies.TryGetValue(word, out var technology) && int.TryParse(match.Groups["mbit"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var mbit)
            && SpeedClass.IndexOf(mbit) >= 0 ? $"{technology}_{mbit}" : null;
    }

    /// <summary>False when a filter of the mapping leaves the row out.</summary>
    public bool Passes(object?[] values)
    {
        foreach (var (column, allowed) in filters)
            if (values[column] is not { } value || !allowed.Contains(Convert.Text(value)))
                return false;
        return true;
    }

    public object?[] Map(object?[] values, out Phrase? problem)
    {
        problem = null;
        var result = new object?[Fields.Count];
        foreach (var reader in readers)
            result[reader.Target] = Read(reader, values, ref problem);
        return result;
    }

    object? Read(Reader reader, object?[] values, ref Phrase? problem)
    {
        var value = reader.Columns.Length == 0 ? null : reader.Join == null ? values[reader.Columns[0]] : Joined(reader, values);
        if (value is string given)
        {
            if (reader.Last is { } last && ReferenceEquals(last.Text, given))
                return last.Result;
            var faultless = problem is null;
            var read = Converted(reader, given, ref problem);
            if (faultless && problem is null)
                reader.Last = (given, read);
            return read;
        }
        return Converted(reader, value, ref problem);
    }

    object? Converted(Reader reader, object? value, ref Phrase? problem)
    {
        if (value is string text && (text.Length == 0 || (text.Length <= longestNull && beginsNull[text[0] & 127] && nulls.Contains(text))))
            value = null;
        else if (value is long or double && nulls.Contains(Convert.Text(value)))
            value = null;
        value ??= reader.Constant;
        if (value == null)
            return null;
        if (reader.Words.Count > 0 && reader.Words.TryGetValue(Convert.Text(value).Trim(), out var ours))
            value = ours;
        var result = reader.Convert(value, decimalComma, out var fault);
        if (fault is { } f)
            problem ??= new($"Spalte {reader.Label}: {f.De}", $"column {reader.Label}: {f.En}");
        return result;
    }

    string? Joined(Reader reader, object?[] values)
    {
        var parts = reader.Columns.Select(c => values[c]).OfType<object>().Select(Convert.Text).Where(t => t.Length > 0 && !nulls.Contains(t)).ToList();
        return parts.Count == 0 ? null : string.Join(reader.Join, parts);
    }

    /// <summary>A coordinate column as a number; NaN when it is none.</summary>
    public double Coordinate(object?[] values, int column) => values[column] switch
    {
        double d => d,
        long l => l,
        string s when Convert.TryNumber(s, decimalComma, out var number) => number,
        _ => double.NaN,
    };
}
