using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Portal.Controls;

namespace Portal.Shell;

/// <summary>
/// Makes a form that cannot be read the sender's fault. Forms are read in UTF-8; one that claims another encoding is
/// refused, because the framework would take some for UTF-8 all the same and answers UTF-7, which .NET no longer reads,
/// with an exception of its own kind. A single part of a form may claim it too.
/// </summary>
internal sealed class ReadableForms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // The page that explains a refusal comes by here again, and asked of a form that was refused the framework throws.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null
            || !http.Request.HasFormContentType)
        {
            return next(http);
        }

        // Programs are told by a room of their own.
        if (!Utf8.IsMeantBy(http.Request) && !http.Request.Path.StartsWithSegments(PortalUrls.ApiPath))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        http.Features.Set<IFormFeature>(new Form(http.Features.Get<IFormFeature>()!));
        return next(http);
    }

    private sealed class Form(IFormFeature framework) : IFormFeature
    {
        public bool HasFormContentType => framework.HasFormContentType;

        IFormCollection? IFormFeature.Form
        {
            get => framework.Form;
            set => framework.Form = value;
        }

        public IFormCollection ReadForm() => ReadFormAsync(CancellationToken.None).GetAwaiter().GetResult();

        public async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await framework.ReadFormAsync(cancellationToken);
            }
            catch (NotSupportedException unread)
            {
                // What the framework throws for every other form that is malformed, and answers with 400.
                throw new InvalidDataException("A part of the form is in an encoding that is not read.", unread);
            }
        }
    }
}
