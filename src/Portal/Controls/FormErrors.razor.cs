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
            _subscribed.OnValidationStateChanged -= OnValidationStateChanged;
        }
    }

    protected override void OnParametersSet()
    {
        if (_subscribed != EditContext)
        {
            Dispose();
            _subscribed = EditContext;
            if (_subscribed is not null)
            {
                _subscribed.OnValidationStateChanged += OnValidationStateChanged;
            }
        }

        Collect();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Fields is { Count: > 0 } && !ReferenceEquals(Fields, _focusedFor))
        {
            // What script puts into a page does not take the focus by itself.
            _focusedFor = Fields;
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
        if (EditContext is not null)
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
