namespace Portal.Api;

/// <summary>
/// Refuses a request whose address has a parameter that it does not take: misspelt, <c>dry_run</c> would be the change itself,
/// and a filter would spare nobody, or list everybody.
/// </summary>
internal sealed class ParameterFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Query.Count == 0)
        {
            return next(context);
        }

        var known = http.GetEndpoint()!.Metadata.GetOrderedMetadata<ParameterText>().Where(parameter => !parameter.IsInPath).Select(parameter => parameter.Name).ToList();
        var unknown = http.Request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).Take(RequestBody.MaxUnknown).ToList();
        return unknown.Count == 0 ? next(context) : ValueTask.FromResult<object?>(ApiProblem.UnknownParameters(unknown, known));
    }
}
