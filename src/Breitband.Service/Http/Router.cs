using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breitband.Service.Http;

/// <summary>What a route asks of its reader; on the endpoint, so that nobody can forget to ask.</summary>
/// <param name="Action">What it changes, as the audit calls it; null where it changes nothing.</param>
sealed record Needs(Role Role, string Method, string Pattern, string? Action);

/// <summary>Adds routes, each with the role it needs. Reading is GET and HEAD.</summary>
sealed class Router(IEndpointRouteBuilder endpoints)
{
    public void Get(string pattern, Func<HttpContext, Task> handler, Role role = Role.Anonymous) => Add(["GET", "HEAD"], pattern, handler, role);

    public void Post(string pattern, Func<HttpContext, Task> handler, Role role, string? action) => Add(["POST"], pattern, handler, role, action);

    public void Patch(string pattern, Func<HttpContext, Task> handler, Role role, string action) => Add(["PATCH"], pattern, handler, role, action);

    public void Delete(string pattern, Func<HttpContext, Task> handler, Role role, string action) => Add(["DELETE"], pattern, handler, role, action);

    void Add(string[] methods, string pattern, Func<HttpContext, Task> handler, Role role, string? action = null) =>
        endpoints.MapMethods(pattern, methods, new RequestDelegate(handler)).WithMetadata(new Needs(role, methods[0], pattern, action));
}
