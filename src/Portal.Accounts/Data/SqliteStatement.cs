using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Portal.Accounts.Data;

/// <summary>One statement of SQLite, made ready once and run for each of many rows; past the provider's command, which makes a reader for each.</summary>
/// <remarks>
/// For whoever has the connection to themselves: numbers and texts go straight to SQLite, without what else watches over a
/// handle at every call and copies every text twice.
/// </remarks>
internal sealed unsafe partial class SqliteStatement : IDisposable
{
    /// <summary>64 KiB: eight rows of people, most of them many times over. What does not fit in is copied by SQLite.</summary>
    private const int Room = 1 << 16;

    /// <summary>SQLITE_STATIC: the text is there until the statement has run.</summary>
    private const nint Stays = 0;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _prepared;
    private readonly nint _handle;

    /// <summary>What each place was given last, so that what is alike in many rows is given once: SQLite keeps it.</summary>
    private readonly Given[] _given;

    /// <summary>The texts of one run, which SQLite reads where they are.</summary>
    private readonly byte[] _texts = GC.AllocateUninitializedArray<byte>(Room, pinned: true);
    private int _taken;

    public SqliteStatement(SqliteConnection connection, string statement)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_connection, statement, out _prepared));
        _handle = _prepared.DangerousGetHandle();
        _given = new Given[raw.sqlite3_bind_parameter_count(_prepared)];
    }

    public void Bind(int place, long value) => Bind(place, (long?)value);

    public void Bind(int place, int value) => Bind(place, (long?)value);

    public void Bind(int place, bool value) => Bind(place, value ? 1L : 0L);

    public void Bind(int place, long? value)
    {
        ref var given = ref _given[place - 1];
        if (given.IsText || given.Number != value)
        {
            given = new Given(IsText: false, value);
            Check(value is { } number ? BindNumber(_handle, place, number) : BindNothing(_handle, place));
        }
    }

    public void Bind(int place, byte[]? value)
    {
        if (value is null)
        {
            Bind(place, (long?)null);
            return;
        }

        _given[place - 1] = new Given(IsText: true, null);
        Check(raw.sqlite3_bind_blob(_prepared, place, value));
    }

    public void Bind(int place, string? value)
    {
        if (value is null)
        {
            Bind(place, (long?)null);
            return;
        }

        _given[place - 1] = new Given(IsText: true, null);
        if (Encoding.UTF8.TryGetBytes(value, _texts.AsSpan(_taken), out var length))
        {
            Check(BindText(_handle, place, (byte*)Unsafe.AsPointer(ref _texts[0]) + _taken, length, Stays));
            _taken += length;
        }
        else
        {
            Check(raw.sqlite3_bind_text(_prepared, place, value));
        }
    }

    /// <summary>Runs it with what is bound, once; it returns no rows.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(_prepared);
        Check(code is raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        raw.sqlite3_reset(_prepared);
        _taken = 0;
    }

    public void Dispose() => _prepared.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }

    // Each takes some nanoseconds, and waits for nobody while nobody else has the connection and nothing listens to SQLite's own log.
    [SuppressGCTransition]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_int64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial int BindNumber(nint statement, int place, long value);

    [SuppressGCTransition]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_null")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial int BindNothing(nint statement, int place);

    [SuppressGCTransition]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_text")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial int BindText(nint statement, int place, byte* text, int length, nint destructor);

    /// <summary>Nothing, a number, or one of what is never alike: a text or bytes.</summary>
    private readonly record struct Given(bool IsText, long? Number);
}
