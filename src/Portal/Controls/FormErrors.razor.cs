using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Portal.Accounts;

namespace Portal.Controls;

public sealed partial class FormErrors : IDisposable
{
    private EditContext? _subscribed;
    private ElementReference _summary;
    private IReadOnlyList<FieldError>? _focusedFor;
    private bool _isSent;
    private bool _wantsFocus;

    [CascadingParameter] private EditContext? EditContext { get; set; }

    /// <summary>What went wrong beyond single fields, such as a refused sign-in. Null for nothing.</summary>
    [Parameter] public IEnumerable<string>? Errors { get; set; }

    /// <summary>What is wrong with the fields of a live page, by their names. Each new list takes the focus. Null for nothing.</summary>
    [Parameter] public IReadOnlyList<FieldError>? Fields { get; set; }

    /// <summary>The property that holds the form's model, which starts the name of every field.</summary>
    [Parameter] public string Prefix { get; set; } = "Input";

    /// <summary>The first line; null counts the errors.</summary>
    [Parameter] public string? Title { get; set; }

    // With a base element a bare fragment would point at the start page.
    private string Here => new Uri(Navigation.Uri).PathAndQuery;

    private List<(string? Id, string Message)> Items { get; set; } = [];

    public void Dispose()
    {
        if (_subscribed is not null)
        {
            _subscribed.OnValidationRequested -= OnValidationRequested;
            _subscribed.OnValidationStateChanged -= OnValidationStateChanged;
            _subscribed.OnFieldChanged -= OnFieldChanged;
        }
    }

    protected override void OnParametersSet()
    {
        if (_subscribed != EditContext)
        {
            Dispose();
            (_subscribed, _isSent, _wantsFocus) = (EditContext, false, false);
            if (_subscribed is not null)
            {
                _subscribed.OnValidationRequested += OnValidationRequested;
                _subscribed.OnValidationStateChanged += OnValidationStateChanged;
                _subscribed.OnFieldChanged += OnFieldChanged;
            }
        }

        Collect();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Items.Count > 0 && (_wantsFocus || (Fields is { Count: > 0 } && !ReferenceEquals(Fields, _focusedFor))))
        {
            // What script puts into a page does not take the focus by itself.
            (_focusedFor, _wantsFocus) = (Fields, false);
            try
            {
                await _summary.FocusAsync();
            }
            catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
            {
                // The connection went away meanwhile; the words are there when it is back.
            }
        }
    }

    /// <summary>The form is sent: what is wrong is told here as well, now or when the answer is there.</summary>
    private void OnValidationRequested(object? sender, ValidationRequestedEventArgs e)
    {
        (_isSent, _wantsFocus) = (true, true);
        // The fields may have been looked at before this is called.
        OnValidationStateChanged(sender, ValidationStateChangedEventArgs.Empty);
    }

    /// <summary>Nobody is called away from a field.</summary>
    private void OnFieldChanged(object? sender, FieldChangedEventArgs e) => _wantsFocus = false;

    private void OnValidationStateChanged(object? sender, ValidationStateChangedEventArgs e)
    {
        Collect();
        StateHasChanged();
    }

    private void Collect()
    {
        List<(string?, string)> items =
        [
            .. (Errors ?? []).Select(error => ((string?)null, error)),
            .. (Fields ?? []).Select(error => ((string?)FormNames.Id(error.Field), error.Message)),
        ];
        // Before it is sent, a field that was left tells beside itself what is wrong: a summary would come up at every other one.
        if (EditContext is not null && _isSent)
        {
            var fields = EditContext.Model.GetType().GetProperties().Select(property => property.Name);
            foreach (var field in fields.Prepend(""))
            {
                var id = field.Length == 0 ? null : FormNames.Id($"{Prefix}.{field}");
                items.AddRange(EditContext.GetValidationMessages(new FieldIdentifier(EditContext.Model, field)).Select(message => (id, message)));
            }
        }

        Items = items;
    }
}
