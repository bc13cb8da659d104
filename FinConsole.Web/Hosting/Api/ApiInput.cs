namespace FinConsole.Web.Hosting.Api;

/// <summary>What a request says, looked at before its route runs and after who sends it was let in: query string, <c>Idempotency-Key</c>, body.</summary>
internal sealed class ApiInput(ApiQuery query, ApiBody body)
{
    /// <summary>Of a body, in bytes: a thousand items of a usage report take a third of it.</summary>
    public const int LargestBody = 1024 * 1024;

    /// <summary>A refusal that names what is wrong; null when the route may bind it.</summary>
    public async Task<ApiProblem?> FindFaultAsync(HttpContext http, Endpoint endpoint, ApiAccess access)
    {
        // Open routes are called by monitors and gateways, which add parameters of their own.
        if (!access.TakesAnybody && query.FindFault(http, endpoint) is { } fault)
            return fault;
        if (endpoint.Metadata.GetMetadata<AcceptsIdempotencyKey>() is not null && ApiIdempotency.Note(http) is { } refusal)
            return refusal;
        return await body.FindFaultAsync(http, endpoint);
    }
}
