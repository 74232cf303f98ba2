using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Portal.Controls;

namespace Portal.Shell;

/// <summary>
/// Makes a form that cannot be read the sender's fault. Forms are read in UTF-8; one that claims another encoding is
/// refused, because the framework would take some for UTF-8 all the same and answers UTF-7, which .NET no longer reads,
/// with an exception of its own kind. A single part of a form may claim it too. One that is longer than the server lets a
/// body be is answered as that, where the framework would take it for a form without its token.
/// </summary>
internal sealed class ReadableForms(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // The page that explains a refusal comes by here again, and asked of a form that was refused the framework throws.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null
            || !http.Request.HasFormContentType)
        {
            await next(http);
            return;
        }

        // Programs are told by a room of their own.
        if (!Utf8.IsMeantBy(http.Request) && !http.Request.Path.StartsWithSegments(PortalUrls.ApiPath))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var form = new Form(http.Features.Get<IFormFeature>()!);
        http.Features.Set<IFormFeature>(form);
        await next(http);
        if (form.IsTooLong && http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
    }

    private sealed class Form(IFormFeature framework) : IFormFeature
    {
        /// <summary>Whether it was read as far as the server lets a body go.</summary>
        public bool IsTooLong { get; private set; }

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
            catch (BadHttpRequestException refused) when (refused.StatusCode is StatusCodes.Status413PayloadTooLarge)
            {
                IsTooLong = true;
                throw;
            }
        }
    }
}
