using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Transfer;

/// <summary>Accounts from elsewhere and to elsewhere.</summary>
internal static class TransferModule
{
    public static IServiceCollection AddTransfer(this IServiceCollection services)
    {
        services.AddSingleton<UserReading>();
        services.AddSingleton<FactorReading>();
        services.AddSingleton<ImportedRoles>();
        services.AddSingleton<ImportLabels>();
        services.AddSingleton<ImportDecisions>();
        services.AddSingleton<ImportedFactors>();
        services.AddSingleton<ImportWriting>();
        services.AddSingleton<ExportedFactors>();
        services.AddSingleton<AccountExport>();
        services.AddSingleton<DatabaseCopy>();
        return services.AddSingleton<ITransferAdmin, TransferAdmin>();
    }
}
