namespace Portal.Admin;

/// <summary>The parts of a user's page. In addresses by name, in lower case.</summary>
public enum UserTab
{
    Overview,
    Profile,
    Roles,
    Sessions,
    SignIn,
    Events,
    Moderation,
}
