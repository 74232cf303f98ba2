namespace Portal.Accounts.Data;

/// <summary>A row whose moments the context keeps: created once, updated at every tracked change.</summary>
internal interface ITimestamped
{
    DateTimeOffset CreatedAt { get; set; }

    DateTimeOffset UpdatedAt { get; set; }
}
