namespace Portal.Accounts.Data;

/// <summary>The index of every three letters of what users are searched by, on SQLite: a table of its own, kept by triggers.</summary>
/// <remarks>
/// The migration <c>UserList</c> makes table and triggers. A migration that makes SQLite build the table Users anew (a column altered or dropped) takes the triggers with it. Once
/// released, statements here are changed by a new migration only.
/// </remarks>
internal static class UserTextSchema
{
    /// <summary>
    /// Around many new rows in one transaction. A statement that writes into the index by way of a trigger begins a savepoint,
    /// at which the index writes out what it has gathered: row by row, which takes it ten times as long.
    /// </summary>
    public static (string Before, string After) SqliteManyRows { get; } = (
        "DROP TRIGGER \"UserText_Insert\"",
        """
        CREATE TRIGGER "UserText_Insert" AFTER INSERT ON "Users" BEGIN
            INSERT INTO "UserText"(rowid, "NormalizedEmail", "NormalizedUserName", "NormalizedFullName")
            VALUES (new."Id", new."NormalizedEmail", new."NormalizedUserName", new."NormalizedFullName");
        END;
        """);

    /// <summary>Indexes one row, whose four values follow. Quickest in the order of ids.</summary>
    public static string SqliteAdd { get; } =
        """INSERT INTO "UserText"(rowid, "NormalizedEmail", "NormalizedUserName", "NormalizedFullName") VALUES (@0, @1, @2, @3)""";
}
