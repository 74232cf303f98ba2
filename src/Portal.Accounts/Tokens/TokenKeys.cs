using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Accounts.Tokens;

/// <summary>The secrets of <see cref="JwtOptions"/>; one of the data directory where none is set.</summary>
internal sealed class TokenKeys(IOptions<JwtOptions> options, PortalPaths paths)
{
    private const string FileName = "jwt-key";
    private const int SecretBytes = 48;
    private const int BlockBytes = 64;

    private readonly Lazy<SymmetricSecurityKey> current = new(() => KeyOf(options.Value.Key is { Length: > 0 } key ? key : Kept(paths)));

    /// <summary>Signs.</summary>
    public SymmetricSecurityKey Current => current.Value;

    /// <summary>Those whose signature is believed.</summary>
    public IReadOnlyList<SecurityKey> Believed => options.Value.PreviousKey is { Length: > 0 } previous ? [Current, KeyOf(previous)] : [Current];

    /// <summary>Believed of old tokens of an Invenio installation; null for none.</summary>
    public SecurityKey? Invenio => options.Value.InvenioKey is { Length: > 0 } key ? KeyOf(key) : null;

    /// <summary>Filled up with zeros to a block of the hash, which is what HMAC does with a short key (RFC 2104); the library takes none.</summary>
    private static SymmetricSecurityKey KeyOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        Array.Resize(ref bytes, Math.Max(bytes.Length, BlockBytes));
        return new SymmetricSecurityKey(bytes);
    }

    /// <summary>The secret of the data directory, made by whichever process comes first.</summary>
    private static string Kept(PortalPaths paths)
    {
        var kept = paths.InData(Path.Combine("keys", FileName));
        if (!File.Exists(kept))
        {
            // Written wholly before it has its name, so that no other process reads half of it.
            var made = $"{kept}.{Guid.CreateVersion7():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(made, options))
            {
                stream.Write(Encoding.UTF8.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))));
            }

            try
            {
                File.Move(made, kept);
            }
            catch (IOException) when (File.Exists(kept))
            {
                File.Delete(made);
            }
        }

        return File.ReadAllText(kept);
    }
}
