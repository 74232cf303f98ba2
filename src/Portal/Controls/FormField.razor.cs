using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Portal.Controls;

public sealed partial class FormField : InputBase<string?>
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The input's type; <c>password</c> adds the reveal button and the Caps Lock hint.</summary>
    [Parameter] public string Type { get; set; } = "text";

    [Parameter] public string? Autocomplete { get; set; }

    [Parameter] public string? InputMode { get; set; }

    /// <summary>One sentence below the field; null for none.</summary>
    [Parameter] public RenderFragment? Hint { get; set; }

    /// <summary>The fewest characters a new password may have; shows a meter where script runs. Null for no meter.</summary>
    [Parameter] public int? Strength { get; set; }

    private string Id => FormNames.Id(NameAttributeValue);

    private bool IsPassword => Type == "password";

    private IReadOnlyList<string> Errors => [.. EditContext?.GetValidationMessages(FieldIdentifier) ?? []];

    private string? DescribedBy
    {
        get
        {
            var ids = new[] { Errors.Count > 0 ? $"{Id}-error" : null, Hint is not null ? $"{Id}-hint" : null }.OfType<string>();
            return string.Join(' ', ids) is { Length: > 0 } joined ? joined : null;
        }
    }

    /// <summary>Names, addresses and codes are not prose: phones must neither capitalise nor correct them.</summary>
    private IReadOnlyDictionary<string, object> Attributes
    {
        get
        {
            var attributes = new Dictionary<string, object>(AdditionalAttributes ?? new Dictionary<string, object>());
            if (IsPassword || Type == "email" || InputMode is "email" or "numeric" || Autocomplete?.StartsWith("username", StringComparison.Ordinal) == true)
            {
                attributes.TryAdd("autocapitalize", "none");
                attributes.TryAdd("spellcheck", "false");
            }

            if (Strength is { } minimum)
            {
                attributes.TryAdd("passwordrules", FormattableString.Invariant($"minlength: {minimum};"));
            }

            return attributes;
        }
    }

    protected override bool TryParseValueFromString(string? value, out string? result, out string validationErrorMessage)
    {
        result = value;
        validationErrorMessage = "";
        return true;
    }
}
