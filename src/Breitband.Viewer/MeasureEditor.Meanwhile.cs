using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Breitband.Viewer;

/// <summary>What others did to the measure while it was open here, and how what stands here is kept all the same.</summary>
public sealed partial class MeasureEditor
{
    IReadOnlyList<Done> since = [];
    JsonObject? carried;
    bool isGone;

    /// <summary>A change of the register by somebody else.</summary>
    readonly record struct Done(string Who, DateTime At)
    {
        public string When(Language language) => language == Language.De ? $"am {Day(language)} um {At:HH:mm} Uhr" : $"on {Day(language)} at {At:HH:mm}";

        string Day(Language language) => Formats.Date(DateOnly.FromDateTime(At), language);
    }

    /// <summary>Whether somebody has deleted it: saving what stands here makes a new one.</summary>
    public bool IsGone { get => isGone; private set => Set(ref isGone, value); }

    /// <summary>Who changed it since it was opened here, and when.</summary>
    public string Meanwhile => (since is [] ? Tongue.Of("Jemand hat diese Maßnahme inzwischen geändert.", "Somebody has changed this measure meanwhile.")
        : since is [var one] ? Tongue.Of($"{one.Who} hat diese Maßnahme {one.When(Language.De)} geändert.", $"{one.Who} changed this measure {one.When(Language.En)}.")
        : Tongue.Of($"Diese Maßnahme wurde inzwischen {since.Count}-mal geändert, zuletzt von {since[^1].Who} {since[^1].When(Language.De)}.", $"This measure was changed {since.Count} times meanwhile, last by {since[^1].Who} {since[^1].When(Language.En)}."))
        + " " + Tongue.Of("Gespeichert ist links, Ihre Eingabe steht rechts.", "What is stored is on the left, your entry on the right.");

    async Task Ask()
    {
        since = await History(service, key, version);
        Changed(nameof(Meanwhile));
    }

    /// <summary>The register's own record of what came after a version; where that is closed to this key or does not answer, it is told without.</summary>
    static async Task<IReadOnlyList<Done>> History(ServiceClient service, string key, int version = 0)
    {
        try
        {
            var history = (await service.Get(PathOf(key) + "/history")).AsArray();
            return [.. history.Where(c => (int)c!["version"]! > version).Select(c => new Done((string)c!["who"]!, ((DateTime)c["at"]!).ToLocalTime()))];
        }
        catch (BreitbandException)
        {
            return [];
        }
    }

    static (string De, string En) Deleter(IReadOnlyList<Done> since) => since is [.., var last] ? ($"{last.Who} hat sie {last.When(Language.De)} gelöscht.", $"{last.Who} deleted it {last.When(Language.En)}.")
        : ("Inzwischen hat sie jemand gelöscht oder für diesen Schlüssel geschlossen.", "Somebody has deleted it meanwhile, or closed it to this key.");

    async Task<bool> Gone(bool deleting)
    {
        await Ask();
        var (de, en) = Deleter(since);
        var (kept, keptEn) = deleting ? ("Zu löschen war nichts mehr.", "There was nothing left to delete.")
            : ("Gespeichert ist nichts; was hier steht, bleibt stehen und lässt sich als neue Maßnahme speichern.", "Nothing is saved; what stands here stays, and can be saved as a new measure.");
        Differences = [];
        IsGone = !deleting;
        Say([new($"Die Maßnahme {key} gibt es nicht mehr: {de} {kept}", $"Measure {key} is no more: {en} {keptEn}")]);
        return false;
    }

    /// <summary>Makes it anew, with all the deleted one had that the form does not show.</summary>
    /// <param name="area">In the stored system; null for the one it had.</param>
    public Task<bool> Renew(Geometry? area)
    {
        carried = new(stored?.AsObject().Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())) ?? []);
        (IsNew, IsGone) = (true, false);
        Changed("");
        return Save(area);
    }
}
