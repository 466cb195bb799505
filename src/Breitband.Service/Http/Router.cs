using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breitband.Service.Http;

/// <summary>What a route asks of its reader; on the endpoint, so that nobody can forget to ask.</summary>
sealed record Needs(Role Role, string Method, string Pattern);

/// <summary>Adds routes, each with the role it needs. Reading is GET and HEAD.</summary>
sealed class Router(IEndpointRouteBuilder endpoints)
{
    public void Get(string pattern, Func<HttpContext, Task> handler, Role role = Role.Anonymous) => Add(["GET", "HEAD"], pattern, handler, role);

    public void Post(string pattern, Func<HttpContext, Task> handler, Role role) => Add(["POST"], pattern, handler, role);

    public void Patch(string pattern, Func<HttpContext, Task> handler, Role role) => Add(["PATCH"], pattern, handler, role);

    public void Delete(string pattern, Func<HttpContext, Task> handler, Role role) => Add(["DELETE"], pattern, handler, role);

    void Add(string[] methods, string pattern, Func<HttpContext, Task> handler, Role role) =>
        endpoints.MapMethods(pattern, methods, new RequestDelegate(handler)).WithMetadata(new Needs(role, methods[0], pattern));
}
