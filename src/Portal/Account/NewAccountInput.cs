using System.ComponentModel.DataAnnotations;

namespace Portal.Account;

/// <summary>What a form for a new account takes. Everything but presence and equality is judged behind the door.</summary>
internal sealed class NewAccountInput
{
    [Required(ErrorMessage = "Enter your email address.")]
    public string? Email { get; set; }

    public string? UserName { get; set; }

    [Required(ErrorMessage = "Choose a password.")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Type the password once more.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
    public string? ConfirmPassword { get; set; }

    /// <summary>The honeypot, where the form has one.</summary>
    public string? Website { get; set; }
}
