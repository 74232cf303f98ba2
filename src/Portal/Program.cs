using Portal.Account;
using Portal.Accounts;
using Portal.Mails;
using Portal.Shell;

// The settings travel beside the binary, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (builder.Configuration["URLS"] is null && builder.Configuration["HTTP_PORTS"] is null && builder.Configuration["HTTPS_PORTS"] is null)
{
    builder.WebHost.UseUrls("http://localhost:5080");
}

// What the portal knows
builder.Services.AddAccounts(builder.Configuration);

// How it is shown
builder.Services.AddMails();
builder.Services.AddShell(builder.Configuration);

var app = builder.Build();

app.UseShell();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapAccount();
app.MapShell();
if (app.Environment.IsDevelopment())
{
    app.MapDevMail();
}

app.Run();
