using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

internal sealed class DatabaseOptionsValidator(IConfiguration configuration) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (!Enum.IsDefined(options.Provider))
        {
            return ValidateOptionsResult.Fail($"Database:Provider is \"{options.Provider}\"; give Sqlite or SqlServer.");
        }

        return options.Provider is DatabaseProvider.SqlServer
            && string.IsNullOrWhiteSpace(configuration.GetConnectionString(nameof(DatabaseProvider.SqlServer)))
                ? ValidateOptionsResult.Fail("ConnectionStrings:SqlServer is empty; Database:Provider SqlServer needs a connection string there.")
                : ValidateOptionsResult.Success;
    }
}
