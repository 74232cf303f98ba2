using Portal.Accounts;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAccounts(builder.Configuration);
var app = builder.Build();
app.Run();
