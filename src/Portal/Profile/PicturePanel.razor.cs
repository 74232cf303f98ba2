using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Portal.Accounts.Profiles;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Takes a picture over the circuit, so that nothing typed beside it is lost, and hands it to its service.</summary>
public sealed partial class PicturePanel : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private CancellationTokenSource? _upload;
    private string? _fault;
    private string? _status;

    [Inject] private IPictureService Pictures { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    /// <summary>Whose initials stand where there is no picture.</summary>
    [Parameter] public string? Name { get; set; }

    /// <summary>The version of the picture there is; null for none.</summary>
    [Parameter] public string? Version { get; set; }

    /// <summary>Told after the picture changed.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    public void Dispose() => _upload?.Cancel();

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        (_fault, _status) = (null, null);
        if (chosen.File.Size > IPictureService.MaxBytes)
        {
            _fault = "This file is larger than 5 MB. Choose a smaller one.";
            return;
        }

        using var upload = _upload = new CancellationTokenSource();
        try
        {
            await using var file = await ReadAsync(chosen.File, upload.Token);
            _status = "Making your picture…";
            StateHasChanged();
            await ShowAsync(await Pictures.SaveAsync((await Authentication.GetAuthenticationStateAsync()).User, file, upload.Token), "Your picture is saved.");
        }
        catch (OperationCanceledException) when (upload.IsCancellationRequested)
        {
            _status = "Stopped. Nothing was changed.";
        }
        catch (Exception exception) when (exception is IOException or JSException or OperationCanceledException or TimeoutException)
        {
            // The browser could not go on reading: the file was moved, or the connection broke.
            (_fault, _status) = ("The file could not be read to its end. Choose it again.", null);
        }
        finally
        {
            _upload = null;
        }
    }

    private async Task<MemoryStream> ReadAsync(IBrowserFile file, CancellationToken cancellationToken)
    {
        var memory = new MemoryStream();
        await using var stream = file.OpenReadStream(IPictureService.MaxBytes, cancellationToken);
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            memory.Write(chunk, 0, read);
            _status = string.Create(CultureInfo.CurrentCulture, $"Uploading… {memory.Length * 100 / Math.Max(file.Size, 1)} %");
            StateHasChanged();
        }

        memory.Position = 0;
        return memory;
    }

    private async Task RemoveAsync()
    {
        (_fault, _status) = (null, null);
        await ShowAsync(await Pictures.RemoveAsync((await Authentication.GetAuthenticationStateAsync()).User, CancellationToken.None), "Your picture is removed.");
    }

    private async Task ShowAsync(PictureOutcome outcome, string done)
    {
        switch (outcome)
        {
            case PictureOutcome.Saved:
                _status = done;
                await Changed.InvokeAsync();
                break;
            case PictureOutcome.Refused refused:
                (_fault, _status) = (refused.Reason, null);
                break;
            case PictureOutcome.Throttled throttled:
                (_fault, _status) = ($"You changed your picture too often lately. {TryAgain.In(throttled.RetryAfter)}", null);
                break;
            case PictureOutcome.Gone:
                Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
                break;
        }
    }
}
