namespace Portal.Accounts.SignIn;

/// <summary>Asks a site's own fields, in the order in which they were registered.</summary>
internal sealed class SignInFields(IEnumerable<ISignInField> fields)
{
    private const int MaxLength = 255;

    private readonly IReadOnlyList<ISignInField> fields = fields.CountBy(field => field.Name).FirstOrDefault(named => named.Value > 1) is { Key: { } name }
        ? throw new InvalidOperationException($"Two fields of the sign-in page are named \"{name}\"; give each a name of its own.")
        : [.. fields];

    /// <summary>What is wrong with the values; empty to go on.</summary>
    public async Task<IReadOnlyList<FieldError>> RefuseAsync(string login, IReadOnlyDictionary<string, string?>? values, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        foreach (var field in fields)
        {
            var value = values?.GetValueOrDefault(field.Name);
            var refusal = value?.Length > MaxLength
                ? "Give at most 255 characters."
                : await field.RefuseAsync(string.IsNullOrEmpty(value) ? null : value, login, cancellationToken);
            if (refusal is not null)
            {
                errors.Add(new FieldError(SignInOutcome.FieldsRefused.Prefix + field.Name, refusal));
            }
        }

        return errors;
    }
}
