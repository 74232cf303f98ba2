using System.Globalization;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Tests.House;

/// <summary>The tables in which operators read the limits say what the code does.</summary>
public class DocumentedLimitsTests
{
    [Fact]
    [Trait("ASVS", "6.1.1")]
    public void The_table_of_rate_limits_states_the_defaults()
    {
        var options = new RateLimitsOptions();

        AssertTable("src/Portal.Accounts/RateLimits/README.md",
            ("RateLimits:SignIn", options.SignIn),
            ("RateLimits:Recovery", options.Recovery),
            ("RateLimits:Confirmation", options.Confirmation),
            ("RateLimits:Registration", options.Registration),
            ("RateLimits:Picture", options.Picture),
            ("RateLimits:Profile", options.Profile),
            ("RateLimits:Export", options.Export));
    }

    [Fact]
    [Trait("ASVS", "7.1.1")]
    public void The_table_of_session_limits_states_the_defaults()
    {
        var options = new SessionsOptions();

        AssertTable("src/Portal.Accounts/Sessions/README.md",
            ("Sessions:IdleTimeout", Text(options.IdleTimeout)),
            ("Sessions:ShortIdleTimeout", Text(options.ShortIdleTimeout)),
            ("Sessions:AbsoluteTimeout", Text(options.AbsoluteTimeout)),
            ("Sessions:Administrators:IdleTimeout", Text(options.Administrators.IdleTimeout)),
            ("Sessions:Administrators:AbsoluteTimeout", Text(options.Administrators.AbsoluteTimeout)),
            ("Sessions:RecentAuthentication", Text(options.RecentAuthentication)),
            ("Sessions:MaximumPerUser", options.MaximumPerUser.ToString(CultureInfo.InvariantCulture)),
            ("Sessions:WhenFull", options.WhenFull.ToString()));
    }

    private static string Text(TimeSpan duration) => duration.ToString("c");

    private static void AssertTable(string file, params (string Key, string Default)[] expected)
    {
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, file))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2]);

        Assert.Equal(expected.ToDictionary(limit => limit.Key, limit => limit.Default), rows);
    }
}
