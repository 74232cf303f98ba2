namespace Portal.Api;

/// <summary>Shows in the document what a body looks like, by one that could have been sent.</summary>
internal interface IExample
{
    static abstract object Example { get; }
}
