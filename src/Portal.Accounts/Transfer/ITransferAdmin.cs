using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>Takes accounts from elsewhere, and all of them away. For whoever runs the command line; nothing here asks who does.</summary>
public interface ITransferAdmin
{
    /// <summary>
    /// Takes in a file, line by line: what is right is written, what is not is told and nothing of it is written. Lines are
    /// committed in batches, so that one that is stopped may just be run again: what is there already is left as it is. Nobody is
    /// mailed. The log of security events tells of the import and of each role given, and change events of each account to
    /// who listens in this process: a verb's has no listeners.
    /// </summary>
    /// <param name="input">The file, from its first byte.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A CSV file has a cell without end.</exception>
    Task<ImportOutcome> ImportAsync(Stream input, ImportRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes every account as <see cref="ImportAsync"/> takes it: password hashes, pictures and passkeys too, and second factors
    /// where they are asked for. With them go roles, domains and what those are labelled with. CSV holds less: no pictures, no passkeys,
    /// no second factors, and people only.
    /// </summary>
    /// <param name="output">Where to.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Stops it half-way.</param>
    /// <returns>How many users were written.</returns>
    Task<long> ExportAsync(Stream output, ExportRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Copies every table into another database, of either provider, which is made and brought to this build's schema and must hold
    /// nothing yet; then counts both. Nobody may write meanwhile: stop the portal first. What is encrypted stays readable with the
    /// keys of this data directory alone.
    /// </summary>
    /// <param name="provider">What the other database is.</param>
    /// <param name="connection">Its connection string.</param>
    /// <param name="copied">Told after each batch of rows which table has how many by now; of empty ones nothing. Null for nobody.</param>
    /// <param name="cancellationToken">Stops it half-way; what is there then is of no use.</param>
    Task<CopyOutcome> CopyAsync(
        DatabaseProvider provider, string connection, Action<string, long>? copied = null, CancellationToken cancellationToken = default);
}
