namespace Portal.SqlServerTests.Capture;

/// <summary>What a recorded command is answered with. Code takes different paths on each, so every operation runs under each.</summary>
internal enum Answers
{
    /// <summary>An empty database: queries find nothing, updates affect nothing; inserts succeed.</summary>
    NoRows,

    /// <summary>A row for whatever is asked, no column null, one affected row a command.</summary>
    OneRow,

    /// <summary>The same, with null in every column that may be null: not used, not ended, not blocked.</summary>
    BareRow,
}
