namespace Breitband.Import;

/// <summary>
/// Checks the shares of a row: a value outside 0 to 100 breaks the row; shares that contradict each other (falling classes that rise, a
/// technology above „alle“) are only counted, because suppliers publish such rows and the bounds of the analysis stand them.
/// </summary>
sealed class ShareCheck
{
    const double Rounding = 0.011;
    readonly (string Name, int[] Classes)[] technologies;
    readonly bool none;
    bool scaleSeen, fraction;
    long rows;

    public ShareCheck(IReadOnlyList<Field> fields)
    {
        technologies =
        [
            .. from technology in Technologies.Published
               select (technology.Code(), SpeedClass.All.Select(c => fields.ToList().FindIndex(f => f.Name == Layer.ShareField(technology, c))).ToArray()),
        ];
        none = technologies.All(t => t.Classes.All(c => c < 0));
    }

    /// <summary>True when all shares were written as fractions of 1 instead of percent.</summary>
    public bool LooksLikeFractions => rows >= 20 && fraction && !scaleSeen;

    public Phrase? Check(object?[] values, string key, Tally tally)
    {
        if (none)
            return null;
        rows++;
        var all = technologies[0].Classes;
        foreach (var (name, classes) in technologies)
        {
            var before = double.PositiveInfinity;
            for (var c = 0; c < classes.Length; c++)
            {
                if (classes[c] < 0 || values[classes[c]] is not double share)
                    continue;
                if (share is < 0 or > 100 + Rounding)
                    return new($"Anteil {name}_{SpeedClass.All[c]} = {share} liegt nicht zwischen 0 und 100 %", $"share {name}_{SpeedClass.All[c]} = {share} is not within 0 to 100 %");
                scaleSeen |= share > 1;
                fraction |= share is > 0 and < 1;
                if (share > before + Rounding)
                    tally.Count("shares-not-monotone", $"{key} {name}_{SpeedClass.All[c]}", Rising);
                if (all[c] >= 0 && values[all[c]] is double total && share > total + Rounding)
                    tally.Count("technology-above-all", $"{key} {name}_{SpeedClass.All[c]}", Above);
                before = share;
            }
        }
        return null;
    }

    static Phrase Rising(string examples) => new(
        $"Anteile steigen mit der Bandbreitenklasse, statt zu fallen, z. B. {examples}", $"shares rise with the speed class instead of falling, e.g. {examples}");

    static Phrase Above(string examples) => new(
        $"Anteil einer Technik liegt über dem aller Techniken, z. B. {examples}", $"the share of a technology is above that of all technologies, e.g. {examples}");
}
