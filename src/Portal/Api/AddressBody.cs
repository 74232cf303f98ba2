using System.ComponentModel.DataAnnotations;

namespace Portal.Api;

/// <summary>Names an account by its address.</summary>
internal sealed class AddressBody : IExample
{
    public static object Example => new AddressBody { Email = "ada@example.org" };

    /// <summary>The address of the account.</summary>
    [Required]
    public string? Email { get; init; }
}
