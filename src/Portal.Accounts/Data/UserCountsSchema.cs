namespace Portal.Accounts.Data;

/// <summary>
/// The counts of users, right after every change however it is made: by the change tracker, past it, by hand. On SQLite a
/// table kept by triggers, on SQL Server an indexed view. Both are called <c>UserCounts</c> and have the same columns.
/// </summary>
/// <remarks>
/// A migration that makes SQLite build the table Users anew (a column altered or dropped) takes the triggers with it and
/// must run <see cref="SqliteTriggers"/> again. Once released, statements here are changed by a new migration only.
/// </remarks>
internal static class UserCountsSchema
{
    /// <summary>What both are called.</summary>
    public const string Name = "UserCounts";

    private const string StateOfNew =
        """COALESCE(NEW."Domain", ''), NEW."IsActive", NEW."ConfirmedAt" IS NOT NULL, NEW."VerifiedAt" IS NOT NULL, NEW."BlockedAt" IS NOT NULL, NEW."TwoFactorEnabled" """;

    private const string Columns = """ "Domain", "IsActive", "IsConfirmed", "IsVerified", "IsBlocked", "HasSecondFactor" """;

    private const string Add =
        $"""
          INSERT INTO "UserCounts" ({Columns}, "Count") VALUES ({StateOfNew}, 1)
            ON CONFLICT ({Columns}) DO UPDATE SET "Count" = "Count" + 1;
        """;

    private const string IsStateOfOld =
        """
        "Domain" = COALESCE(OLD."Domain", '') AND "IsActive" = OLD."IsActive" AND "IsConfirmed" = (OLD."ConfirmedAt" IS NOT NULL)
            AND "IsVerified" = (OLD."VerifiedAt" IS NOT NULL) AND "IsBlocked" = (OLD."BlockedAt" IS NOT NULL)
            AND "HasSecondFactor" = OLD."TwoFactorEnabled"
        """;

    private const string Take =
        $"""
          UPDATE "UserCounts" SET "Count" = "Count" - 1 WHERE {IsStateOfOld};
          DELETE FROM "UserCounts" WHERE {IsStateOfOld} AND "Count" = 0;
        """;

    /// <summary>The table, filled from the users there are.</summary>
    public static IReadOnlyList<string> SqliteTable { get; } =
    [
        $"""
        CREATE TABLE "UserCounts" (
          "Domain" TEXT NOT NULL, "IsActive" INTEGER NOT NULL, "IsConfirmed" INTEGER NOT NULL, "IsVerified" INTEGER NOT NULL,
          "IsBlocked" INTEGER NOT NULL, "HasSecondFactor" INTEGER NOT NULL, "Count" INTEGER NOT NULL, CONSTRAINT "PK_UserCounts" PRIMARY KEY ({Columns})
        ) WITHOUT ROWID;
        """,
        // In the order of states, so that totals over all domains are summed without sorting.
        """CREATE INDEX "IX_UserCounts_States" ON "UserCounts" ("IsActive", "IsConfirmed", "IsVerified", "IsBlocked", "HasSecondFactor", "Count");""",
        $"""
        INSERT INTO "UserCounts" ({Columns}, "Count")
        SELECT COALESCE("Domain", ''), "IsActive", "ConfirmedAt" IS NOT NULL, "VerifiedAt" IS NOT NULL, "BlockedAt" IS NOT NULL, "TwoFactorEnabled", COUNT(*)
        FROM "Users" GROUP BY 1, 2, 3, 4, 5, 6;
        """,
    ];

    /// <summary>What keeps it. Writing a row as it is, which takes it for a transaction, counts nothing.</summary>
    public static IReadOnlyList<string> SqliteTriggers { get; } =
    [
        $"""CREATE TRIGGER "Users_Counts_Insert" AFTER INSERT ON "Users" BEGIN {Add} END;""",
        $"""CREATE TRIGGER "Users_Counts_Delete" AFTER DELETE ON "Users" BEGIN {Take} END;""",
        $"""
        CREATE TRIGGER "Users_Counts_Update" AFTER UPDATE OF "Domain", "IsActive", "ConfirmedAt", "VerifiedAt", "BlockedAt", "TwoFactorEnabled" ON "Users"
        WHEN OLD."Domain" IS NOT NEW."Domain" OR OLD."IsActive" <> NEW."IsActive" OR OLD."TwoFactorEnabled" <> NEW."TwoFactorEnabled"
          OR (OLD."ConfirmedAt" IS NULL) <> (NEW."ConfirmedAt" IS NULL)
          OR (OLD."VerifiedAt" IS NULL) <> (NEW."VerifiedAt" IS NULL)
          OR (OLD."BlockedAt" IS NULL) <> (NEW."BlockedAt" IS NULL)
        BEGIN {Take} {Add} END;
        """,
    ];

    /// <summary>
    /// Around many new rows in one transaction: the trigger, which takes longer for a row than all else, counts none of them,
    /// and what it would have counted is added up before it is there again.
    /// </summary>
    public static (string Before, string After) SqliteManyRows { get; } = ("DROP TRIGGER \"Users_Counts_Insert\"", SqliteTriggers[0]);

    /// <summary>Adds so many users of one state: domain, active, confirmed, verified, blocked, with a second factor, count.</summary>
    public static string SqliteAdd { get; } =
        $"""
        INSERT INTO "UserCounts" ({Columns}, "Count") VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT ({Columns}) DO UPDATE SET "Count" = "Count" + excluded."Count"
        """;

    /// <summary>
    /// The view that the server keeps, and the one that is read: without the hint, editions below Enterprise would count
    /// the users themselves.
    /// </summary>
    public static IReadOnlyList<string> SqlServer { get; } =
    [
        """
        CREATE VIEW [dbo].[UserCountsKept] WITH SCHEMABINDING AS
        SELECT ISNULL([Domain], N'') AS [Domain], [IsActive],
          CAST(CASE WHEN [ConfirmedAt] IS NULL THEN 0 ELSE 1 END AS bit) AS [IsConfirmed],
          CAST(CASE WHEN [VerifiedAt] IS NULL THEN 0 ELSE 1 END AS bit) AS [IsVerified],
          CAST(CASE WHEN [BlockedAt] IS NULL THEN 0 ELSE 1 END AS bit) AS [IsBlocked],
          [TwoFactorEnabled] AS [HasSecondFactor],
          COUNT_BIG(*) AS [Count]
        FROM [dbo].[Users]
        GROUP BY ISNULL([Domain], N''), [IsActive],
          CAST(CASE WHEN [ConfirmedAt] IS NULL THEN 0 ELSE 1 END AS bit),
          CAST(CASE WHEN [VerifiedAt] IS NULL THEN 0 ELSE 1 END AS bit),
          CAST(CASE WHEN [BlockedAt] IS NULL THEN 0 ELSE 1 END AS bit),
          [TwoFactorEnabled]
        """,
        "CREATE UNIQUE CLUSTERED INDEX [IX_UserCountsKept] ON [dbo].[UserCountsKept] ([Domain], [IsActive], [IsConfirmed], [IsVerified], [IsBlocked], [HasSecondFactor])",
        """
        CREATE VIEW [dbo].[UserCounts] AS
        SELECT [Domain], [IsActive], [IsConfirmed], [IsVerified], [IsBlocked], [HasSecondFactor], [Count] FROM [dbo].[UserCountsKept] WITH (NOEXPAND)
        """,
    ];
}
