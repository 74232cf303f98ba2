namespace Portal.Accounts.Administration;

/// <summary>In which orders matching users can be had in time.</summary>
internal enum UserOrder
{
    /// <summary>In any: they are few, or the order's own index is walked.</summary>
    Any,

    /// <summary>By address alone: they are a stretch of its index.</summary>
    Email,

    /// <summary>By id, as the index of texts finds them, and no further than asked for.</summary>
    Found,
}
