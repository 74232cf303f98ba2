using System.ComponentModel.DataAnnotations;

namespace Portal.Tests.Web.Controls;

public sealed class TrialInput
{
    [Required(ErrorMessage = "Enter your email or username.")]
    public string? Login { get; set; }

    [Required(ErrorMessage = "Enter your password.")]
    public string? Password { get; set; }

    public bool RememberMe { get; set; }
}
