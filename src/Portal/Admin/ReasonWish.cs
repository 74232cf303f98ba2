namespace Portal.Admin;

/// <summary>Whether a question asks for a reason.</summary>
public enum ReasonWish
{
    None,
    Optional,
    Required,
}
