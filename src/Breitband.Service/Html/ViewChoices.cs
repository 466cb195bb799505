using Breitband.Service.Http;
using Breitband.Service.Routes;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Html;

/// <summary>What a reader can choose to see on the map: thresholds, bases, and earlier editions of the coverage he may know of. The last analysis is chosen at first.</summary>
sealed class ViewChoices(Language language, IReadOnlyList<Profile> profiles, IReadOnlyList<Edition> earlier, string? profile, string? basis)
{
    public static async Task<ViewChoices> Of(HttpContext context, Site site)
    {
        var (contents, sees) = (await site.Catalogue.Now(), context.Reader().Sees);
        var earlier = contents.Editions.Where(e => e.Disclosure <= sees && ViewRoutes.Choosable(contents.Editions, e)).OrderByDescending(e => e.Date).ThenByDescending(e => e.Number);
        var options = contents.Run is null ? null : (await site.Results.Asked()).Options;
        return new(context.Language(), [.. site.Profiles().All], [.. earlier], options?.Profile.Key, options?.Basis.Code());
    }

    /// <summary>Three lists to choose from, as HTML.</summary>
    /// <param name="side">a or b.</param>
    /// <param name="title">As HTML.</param>
    public string Fields(string side, string title) => $"""
        <fieldset id="ansicht-{side}"{(side == "b" ? " hidden" : "")}><legend>{title}</legend>
        {List("profil", side, new("Aufgreifschwelle", "Threshold"), profiles.Select(p => (p.Key, $"{p.Short.In(language)} ({p.Key})")), profile)}
        {List("grundlage", side, new("Grundlage", "Basis"), Enum.GetValues<Basis>().Select(b => (b.Code(), b.Label().In(language))), basis)}
        {List("stand", side, new("Datenstand", "Edition"), earlier.Select(e => ($"{e.Number}", $"{Layer.Get(e.Dataset.Layer).Label.In(language)} {Formats.Date(e.Date, language)}"))
            .Prepend(("", new Phrase("geltende Datenstände", "live editions").In(language))), "")}
        </fieldset>
        """;

    string List(string field, string side, Phrase label, IEnumerable<(string Value, string Text)> entries, string? chosen) =>
        $"<p><label for=\"{field}-{side}\">{Page.Encode(label.In(language))}</label> <select id=\"{field}-{side}\">"
        + string.Concat(entries.Select(e => $"<option value=\"{Page.Encode(e.Value)}\"{(e.Value == chosen ? " selected" : "")}>{Page.Encode(e.Text)}</option>")) + "</select></p>";
}
