namespace Portal.Shell;

/// <summary>
/// Answers HEAD as GET without its content (RFC 9110, section 9.3.2): pages and endpoints are mapped for GET alone. Stands
/// before routing, which would refuse it; the server itself holds the content back.
/// </summary>
internal sealed class HeadRequests : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, rest) =>
        {
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await rest(http);
                return;
            }

            http.Request.Method = HttpMethods.Get;
            try
            {
                await rest(http);
            }
            finally
            {
                // What counts and traces requests reads it at the end.
                http.Request.Method = HttpMethods.Head;
            }
        });
        next(app);
    };
}
