using Portal;
using Portal.Account;
using Portal.Admin;
using Portal.Api;
using Portal.Cli;
using Portal.Mails;
using Portal.Profile;
using Portal.Shell;

if (Verbs.Asked(args))
{
    return await Verbs.RunAsync(args);
}

return await WebServer.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(StartOptions.For(args));
    if (builder.Configuration["URLS"] is null && builder.Configuration["HTTP_PORTS"] is null && builder.Configuration["HTTPS_PORTS"] is null)
    {
        builder.WebHost.UseUrls("http://localhost:5080");
    }

    // What the portal knows
    builder.Services.AddSite(builder.Configuration);

    // How it is shown and reached
    builder.Services.AddMails();
    builder.Services.AddAccount();
    builder.Services.AddApi();
    builder.Services.AddShell(builder.Configuration);

    return builder.Build();
},
app =>
{
    app.UseShell();
    app.UseApi();
    app.UseAuthentication();
    app.UsePersonWishes();
    app.UseAuthorization();
    app.UseSecondFactorDemand();
    app.UseAntiforgery();

    app.MapAccount();
    app.MapExternal();
    app.MapPictures();
    app.MapEventExports();
    app.MapImpersonation();
    app.MapApi();
    app.MapShell();
    if (app.Environment.IsDevelopment())
    {
        app.MapDevMail();
    }
});
