using System.Globalization;
using Breitband.Service.Features;
using Breitband.Service.Http;
using Breitband.Service.Text;
using Breitband.Store;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Routes;

/// <summary>The register of measures. A change names the version it was made on (<c>If-Match</c>), so that nobody overwrites what he has not seen.</summary>
static class MeasureRoutes
{
    public static void Map(Router router, Site site)
    {
        router.Get("/measures", context => All(context, site));
        router.Get("/measures/{key}", context => One(context, site));
        router.Get("/measures/{key}/history", context => History(context, site), Role.Reader);
        router.Post("/measures", context => Add(context, site), Role.Editor, "measure.create");
        router.Patch("/measures/{key}", context => Change(context, site), Role.Editor, "measure.change");
        router.Delete("/measures/{key}", context => Remove(context, site), Role.Editor, "measure.delete");
    }

    static async Task All(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var sees = context.Reader().Sees;
        var entries = await site.OnACore(() => site.Access.Read(store => new MeasureRegister(store).List()), context.RequestAborted);
        await ResultRoutes.Send(context, MeasuresText.Json([.. entries.Where(e => ResultDisclosure.Of(e.Record) <= sees)], await Lifts(context, site), context.Language()).TrimEnd());
    }

    static async Task One(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var key = context.Segment("key");
        var entry = await site.OnACore(() => site.Access.Read(store => Visible(store, key, context.Reader())), context.RequestAborted);
        if (context.Request.Headers.IfNoneMatch.Contains(Tag(entry.Version)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        await Send(context, entry, await Lifts(context, site));
    }

    /// <summary>What measures lift, where the reader may know it.</summary>
    static async Task<GapResult?> Lifts(HttpContext context, Site site)
    {
        var contents = await site.Catalogue.Now();
        return contents.Run is not null && await site.Results.Last() is var result && ResultAccess.Needed(contents, result) <= context.Reader().Sees ? result : null;
    }

    static async Task History(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var key = context.Segment("key");
        var sees = context.Reader().Sees;
        var changes = await site.OnACore(() => site.Access.Read(store => store.MeasureHistory(key)), context.RequestAborted);
        // A deleted measure keeps the class it had; one that was once confidential shows no state of that time.
        var shown = Shown(changes, context.Reader());
        if (shown.Count == 0 || ClassOf(changes[^1]) > sees)
            throw Missing(key);
        await ResultRoutes.Send(context, MeasuresText.HistoryJson(shown).TrimEnd());
    }

    public static IReadOnlyList<MeasureChange> Shown(IReadOnlyList<MeasureChange> changes, Reader reader) => [.. changes.Where(c => ClassOf(c) <= reader.Sees)];

    static Disclosure ClassOf(MeasureChange change) => Disclosures.Parse(change.Values.GetValueOrDefault("disclosure")?.ToString()) ?? Disclosure.Internal;

    static async Task Add(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        using var body = await Body.Json(context);
        var request = MeasureRequest.Read(body.RootElement, isNew: true);
        context.SetSubject(request.Key!);
        RequireClass(context, request);
        var entry = await site.Change(context, store =>
        {
            if (store.Measures().Any(r => (string)r.Values[0]! == request.Key))
                throw new ProblemException(409, new($"Die Maßnahme {request.Key} gibt es schon.", $"Measure {request.Key} exists already."));
            return new MeasureRegister(store).Add(request.Key!, request.Values, request.Area, context.Reader().Name);
        });
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"{context.Base()}/measures/{Uri.EscapeDataString(entry.Key)}";
        await Send(context, entry, null);
    }

    static async Task Change(HttpContext context, Site site)
    {
        new Parameters(context).Check("json");
        var (key, seen) = (context.Segment("key"), Seen(context));
        using var body = await Body.Json(context);
        var request = MeasureRequest.Read(body.RootElement, isNew: false);
        RequireClass(context, request);
        var entry = await site.Change(context, store =>
        {
            var version = Current(store, key, seen, context.Reader());
            return Checked(store, key, version, () => new MeasureRegister(store).Set(key, version, request.Values, request.Area, context.Reader().Name, request.Correction));
        });
        await Send(context, entry, null);
    }

    static async Task Remove(HttpContext context, Site site)
    {
        new Parameters(context).Check();
        var (key, seen) = (context.Segment("key"), Seen(context));
        await site.Change(context, store =>
        {
            var version = Current(store, key, seen, context.Reader());
            return Checked(store, key, version, () =>
            {
                new MeasureRegister(store).Delete(key, version, context.Reader().Name);
                return 0;
            });
        });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Whoever may not see a class may not make measures of it either.</summary>
    static void RequireClass(HttpContext context, MeasureRequest request)
    {
        if (request.Values.TryGetValue("disclosure", out var wanted) && Disclosures.Parse(wanted as string) is { } disclosure && disclosure > context.Reader().Sees)
            throw new ProblemException(403, new($"Dieser Schlüssel sieht nichts, was {disclosure.Code()} ist, und kann es nicht anlegen.", $"This key sees nothing that is {disclosure.Code()} and cannot make it."));
    }

    public static MeasureEntry Visible(Breitband.Store.Store store, string key, Reader reader) =>
        new MeasureRegister(store).List().FirstOrDefault(e => e.Key == key) is { } entry && ResultDisclosure.Of(entry.Record) <= reader.Sees ? entry : throw Missing(key);

    static ProblemException Missing(string key) => ProblemException.NotFound($"Die Maßnahme „{key}“ gibt es nicht oder sie ist nicht offen für diesen Schlüssel.", $"There is no measure \"{key}\", or it is not open to this key.");

    /// <summary>The version that is changed: the current one, if it is among those seen.</summary>
    static int Current(Breitband.Store.Store store, string key, IReadOnlyList<int>? seen, Reader reader)
    {
        var now = Visible(store, key, reader).Version;
        return seen is null || seen.Contains(now) ? now : throw Stale(key, string.Join(", ", seen), now);
    }

    static ProblemException Stale(string key, string seen, int now) => new(412, new($"Die Maßnahme {key} wurde inzwischen geändert: gesehen wurde Version {seen}, jetzt gilt {now}. Bitte neu laden.",
        $"Measure {key} has changed meanwhile: version {seen} was seen, {now} is current. Please load it again."));

    /// <summary>Another program may have changed it between our look and our change; the store refuses that, and it is no fault of the values.</summary>
    static T Checked<T>(Breitband.Store.Store store, string key, int seen, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (BreitbandException e) when (e.Outcome == Outcome.InputRefused && store.MeasureVersions().GetValueOrDefault(key) is var now && now != seen)
        {
            throw Stale(key, Tag(seen).Trim('"'), now);
        }
    }

    /// <returns>The versions <c>If-Match</c> names; null for <c>*</c>, whichever there is.</returns>
    /// <exception cref="ProblemException">428 without If-Match; 400 for one we never gave.</exception>
    static IReadOnlyList<int>? Seen(HttpContext context)
    {
        string[] tags = [.. string.Join(',', context.Request.Headers.IfMatch.AsEnumerable()).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return tags switch
        {
            [] => throw new ProblemException(428, new("Welche Version wurde gesehen? Kopfzeile If-Match mit dem ETag der Maßnahme.", "Which version was seen? Header If-Match with the measure's ETag.")),
            ["*"] => null,
            _ => [.. tags.Select(Version)],
        };
    }

    static int Version(string tag) => int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw new ProblemException(400, new($"If-Match: „{tag}“ ist kein ETag einer Maßnahme.", $"If-Match: \"{tag}\" is no ETag of a measure."));

    static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    static Task Send(HttpContext context, MeasureEntry entry, GapResult? result)
    {
        context.Response.Headers.ETag = Tag(entry.Version);
        return ResultRoutes.Send(context, MeasuresText.Json(entry, result, context.Language()));
    }
}
