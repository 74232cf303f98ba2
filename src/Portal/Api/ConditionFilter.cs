namespace Portal.Api;

/// <summary>
/// Refuses a change that names a version of what has none: such a condition never holds (RFC 9110, section 13.1.1), and must not
/// pass for none.
/// </summary>
internal sealed class ConditionFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return HttpMethods.IsGet(http.Request.Method)
            || http.Request.Headers.IfMatch.ToString().Trim() is "" or "*"
            || http.GetEndpoint()!.Metadata.GetMetadata<OperationDescriptions.KeptVersion>() is { IsTaken: true }
            ? next(context)
            : ValueTask.FromResult<object?>(new ApiProblem(StatusCodes.Status412PreconditionFailed, "If-Match names a version, and this has none. Nothing was done; leave it out."));
    }
}
