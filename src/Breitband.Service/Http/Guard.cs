using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Breitband.Service.Http;

/// <summary>
/// What every request passes before its route: is it meant for us (Host), does it come from our own pages (Origin), is there too much of it, whose is
/// it, may he. In front of all that, headers that keep browsers from guessing, framing and running foreign scripts.
/// </summary>
sealed class Guard(Site site, bool loopbackOnly, RequestLimit limit)
{
    public const string TokenCookie = "breitband";

    /// <summary>Bytes of a request that is no upload.</summary>
    public const long SmallBody = 4 << 20;

    const string ContentPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        Harden(context.Response.Headers);
        if (site.Settings.PublicUrl is { } url)
            context.SetBase(url);
        RequireOurHost(context);
        RequireOurOrigin(context);
        await limit.Require(context);
        context.SetReader(Identify(context));
        if (context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { } needs)
            context.Require(needs.Role);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = SmallBody;
        await next(context);
    }

    static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // open data may be embedded; cookies are same-site, so nothing closed leaks
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()";
    }

    /// <summary>On loopback only names of loopback: another name that resolves to it is DNS rebinding.</summary>
    void RequireOurHost(HttpContext context)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        var allowed = site.Settings.AllowedHosts.Count > 0 ? site.Settings.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase) : !loopbackOnly || IsLoopback(host);
        if (!allowed)
            throw new ProblemException(421, new("Unter diesem Namen antwortet der Dienst nicht (Einstellung allowed_hosts).", "The service does not answer to this name (setting allowed_hosts)."));
    }

    static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    /// <summary>A browser names the page a change comes from. One from elsewhere is forgery, with or without a cookie.</summary>
    static void RequireOurOrigin(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method))
            return;
        var origin = context.Request.Headers.Origin.ToString();
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        var own = origin.Length == 0 || Uri.TryCreate(origin, UriKind.Absolute, out var from) && Uri.TryCreate(context.Base(), UriKind.Absolute, out var ours)
            && from.Scheme == ours.Scheme && from.Authority.Equals(ours.Authority, StringComparison.OrdinalIgnoreCase);
        if (!own || site is "cross-site" or "same-site")
            throw new ProblemException(403, new("Änderungen nimmt der Dienst nur von seinen eigenen Seiten oder von Programmen an.", "Changes are taken only from the service's own pages or from programs."));
    }

    Reader Identify(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : context.Request.Headers["X-API-Key"].ToString();
        if (key.Length == 0 && context.Request.Cookies[TokenCookie] is { Length: > 0 } cookie)
            return site.Keyring.Find(cookie) ?? Reader.Anonymous; // of an earlier launch: no fault of the reader's
        return site.Keyring.Find(key) ?? throw new ProblemException(401, new("Dieser Schlüssel gilt nicht.", "This key is not valid."));
    }
}
