using Microsoft.Extensions.Options;

namespace Portal.Accounts.Mail;

internal sealed class PickupFolder(IOptions<MailOptions> options, PortalPaths paths) : IPickupFolder
{
    public string Path { get; } = paths.InData(options.Value.PickupDirectory);
}
