using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace Portal.Testing;

// Clients that behave like browsers without script.
public sealed partial class PortalHost
{
    /// <summary>A browser whose name the portal knows: Firefox on Linux.</summary>
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    /// <summary>The request header that says where a client is, since in memory there is no network.</summary>
    public const string AddressHeader = "X-Test-Address";

    private readonly ConditionalWeakTable<HttpClient, CookieContainer> cookies = [];

    /// <summary>A browser of its own: keeps cookies, follows no redirects.</summary>
    /// <param name="address">Where it is; counts for limits by address. Default 127.0.0.1.</param>
    /// <param name="userAgent">What it calls itself.</param>
    public HttpClient CreateClient(string address = "127.0.0.1", string userAgent = Firefox)
    {
        var container = new CookieContainer();
        var client = new HttpClient(HandlerFor(container)) { BaseAddress = BaseAddress };
        client.DefaultRequestHeaders.Add(AddressHeader, address);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        cookies.Add(client, container);
        return client;
    }

    /// <summary>The cookies of a client that this host made: to look at, to plant, to take away.</summary>
    public CookieContainer CookiesOf(HttpClient client) => cookies.TryGetValue(client, out var container)
        ? container
        : throw new ArgumentException("Another host made this client.", nameof(client));

    /// <summary>The form of a page, by its name or the address it is sent to.</summary>
    /// <param name="html">The page.</param>
    /// <param name="name">Such as <c>sign-in</c>, or <c>/logout</c>.</param>
    public static StaticForm FormOf(string html, string name) => StaticForm.Of(html, name);

    /// <summary>Opens a page and returns a form on it.</summary>
    public static async Task<StaticForm> OpenFormAsync(HttpClient client, string path, string form, CancellationToken cancellationToken = default) =>
        FormOf(await client.GetStringAsync(path, cancellationToken), form);

    /// <summary>Opens a page, fills in a form on it and sends it.</summary>
    /// <param name="client">The browser.</param>
    /// <param name="path">The page's address.</param>
    /// <param name="form">The form's name or the address it is sent to.</param>
    /// <param name="fields">What is typed; hidden fields are there by themselves.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer; a redirect is not followed.</returns>
    public static async Task<HttpResponseMessage> PostFormAsync(
        HttpClient client, string path, string form, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken = default)
    {
        var opened = await OpenFormAsync(client, path, form, cancellationToken);
        foreach (var (name, value) in fields)
        {
            opened.With(name, value);
        }

        return await client.PostAsync(opened.Action ?? path, opened.ToContent(), cancellationToken);
    }

    private HttpMessageHandler HandlerFor(CookieContainer container)
    {
        var portal = factory.IsOnNetwork ? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false } : factory.Server.CreateHandler();
        if (factory.Watch?.Invoke() is not { } watch)
        {
            return new CookieContainerHandler(container) { InnerHandler = portal };
        }

        watch.InnerHandler = portal;
        return new CookieContainerHandler(container) { InnerHandler = watch };
    }
}
