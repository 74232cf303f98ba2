using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Portal.Accounts.Captcha;

internal static class CaptchaModule
{
    /// <summary>The answer has a few hundred bytes.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    public static IServiceCollection AddCaptcha(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RecaptchaOptions>().Bind(configuration.GetSection(RecaptchaOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecaptchaOptions>, RecaptchaOptionsValidator>();

        // Doors are singletons and may hold the verifier for ever, so the connections, not the handler, grow old: a
        // change of the service's address is seen all the same. No redirects: the secret goes where it was configured.
        services.AddHttpClient<RecaptchaVerifier>(ConfigureClient)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddResilienceHandler("recaptcha", ConfigureResilience);

        return services.AddTransient<ICaptchaVerifier>(provider =>
            provider.GetRequiredService<IOptions<RecaptchaOptions>>().Value.IsConfigured
                ? provider.GetRequiredService<RecaptchaVerifier>()
                : new NoCaptchaVerifier());
    }

    /// <summary>The client's own time-out is the total one: unlike a handler's it also covers reading the body.</summary>
    private static void ConfigureClient(IServiceProvider provider, HttpClient client)
    {
        client.Timeout = provider.GetRequiredService<IOptions<RecaptchaOptions>>().Value.TotalTimeout;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
    }

    private static void ConfigureResilience(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<RecaptchaOptions>>().Value;
        pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = true,
                // Somebody waits for the page: a Retry-After of minutes is an outage.
                ShouldRetryAfterHeader = false,
            })
            .AddTimeout(options.AttemptTimeout);
    }
}
