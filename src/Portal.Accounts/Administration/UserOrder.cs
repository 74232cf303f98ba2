namespace Portal.Accounts.Administration;

/// <summary>In which orders matching users can be had in time.</summary>
internal enum UserOrder
{
    /// <summary>In any: they are few, or the order's own index is walked.</summary>
    Any,

    /// <summary>By id, as the indexes of texts find them, and no further than asked for.</summary>
    Found,
}
