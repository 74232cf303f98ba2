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

    /// <summary>
    /// Around very many batches: the part of the index that each writes stays as it is, instead of being merged with others
    /// again and again. At each thousandth, which comes with 2,000,000 people, SQLite merges them all at once, and others wait
    /// for it. Afterwards the limits that SQLite has by itself.
    /// </summary>
    public static (string Before, string After) SqliteManyParts { get; } = (
        """INSERT INTO "UserText"("UserText", rank) VALUES ('automerge', 0), ('crisismerge', 1000)""",
        """INSERT INTO "UserText"("UserText", rank) VALUES ('automerge', 4), ('crisismerge', 16)""");

    /// <summary>
    /// Merges all parts into one, of about so many pages at a time: 2,000 of 4 kB, which takes some tenths of a second. To be
    /// repeated, the first time with the number below 0, until it changes fewer than two rows.
    /// </summary>
    public static (string First, string Next) SqliteMerge { get; } = (
        """INSERT INTO "UserText"("UserText", rank) VALUES ('merge', -2000)""",
        """INSERT INTO "UserText"("UserText", rank) VALUES ('merge', 2000)""");

    /// <summary>Indexes one row, whose four values follow. Quickest in the order of ids.</summary>
    public static string SqliteAdd { get; } =
        """INSERT INTO "UserText"(rowid, "NormalizedEmail", "NormalizedUserName", "NormalizedFullName") VALUES (?, ?, ?, ?)""";
}
