using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Breitband.Service.Http;

/// <summary>Requests a second of one client, with ten seconds' worth at once. A client is an address; in IPv6 its /64, which is one subscriber.</summary>
sealed class RequestLimit(int perSecond) : IDisposable
{
    readonly PartitionedRateLimiter<HttpContext>? limiter = perSecond <= 0 ? null : PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetTokenBucketLimiter(Client(context.Connection.RemoteIpAddress), _ => new()
        {
            TokenLimit = 10 * perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        }));

    public async ValueTask Require(HttpContext context)
    {
        if (limiter is null)
            return;
        using var lease = await limiter.AcquireAsync(context, 1, context.RequestAborted);
        if (lease.IsAcquired)
            return;
        context.Response.Headers.RetryAfter = "1";
        throw new ProblemException(429, new($"Mehr als {perSecond} Anfragen in der Sekunde.", $"More than {perSecond} requests a second."));
    }

    static string Client(IPAddress? address) => address switch
    {
        null => "local",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    public void Dispose() => limiter?.Dispose();
}
