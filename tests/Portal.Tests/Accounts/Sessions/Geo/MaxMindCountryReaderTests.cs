using System.Net;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Tests.Accounts.Sessions.Geo;

public sealed class MaxMindCountryReaderTests : IDisposable
{
    private readonly RecordingLogger _logger = new();
    private readonly MaxMindFile _file = new MaxMindFile()
        .With("192.0.2.0/24", "CH")
        .With("198.51.100.0/25", "fr")
        .With("2001:db8:1::/48", "JP")
        .With("10.0.0.0/8", "US")
        .With("127.0.0.0/8", "US")
        .With("203.0.113.0/26", "EUR")
        .With("203.0.113.64/26", "\r\n")
        .With("203.0.113.128/26", "")
        .Write();

    [Theory]
    [InlineData("192.0.2.0", "CH")]
    [InlineData("192.0.2.255", "CH")]
    [InlineData("198.51.100.127", "FR")]
    [InlineData("2001:db8:1::5", "JP")]
    [InlineData("2001:db8:1:ffff:ffff:ffff:ffff:ffff", "JP")]
    [InlineData("::ffff:192.0.2.7", "CH")]
    public void A_listed_address_has_its_country(string address, string country) =>
        Assert.Equal(country, Read(address));

    [Theory]
    [InlineData("192.0.3.0")]
    [InlineData("198.51.100.128")]
    [InlineData("2001:db8:2::1")]
    [InlineData("203.0.113.255")]
    public void An_address_that_is_not_listed_has_none(string address) => Assert.Null(Read(address));

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1%3")]
    public void A_private_or_special_address_has_none_even_if_listed(string address) => Assert.Null(Read(address));

    [Theory]
    [InlineData("203.0.113.1")]
    [InlineData("203.0.113.65")]
    [InlineData("203.0.113.129")]
    public void What_is_not_a_code_of_two_letters_is_no_country(string address) => Assert.Null(Read(address));

    [Fact]
    public void No_address_has_no_country()
    {
        using var reader = new MaxMindCountryReader(_file.Path, _logger);

        Assert.Null(reader.Read(null));
    }

    [Fact]
    public void A_city_database_serves_as_well()
    {
        using var cities = new MaxMindFile("GeoLite2-City").With("192.0.2.0/24", "CH").Write();
        using var reader = new MaxMindCountryReader(cities.Path, _logger);

        Assert.Equal("CH", reader.Read(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void An_IPv6_address_has_no_country_in_a_database_of_IPv4_addresses()
    {
        using var old = new MaxMindFile(ipVersion: 4).With("192.0.2.0/24", "CH").Write();
        using var reader = new MaxMindCountryReader(old.Path, _logger);

        Assert.Null(reader.Read(IPAddress.Parse("2001:db8:1::5")));
        Assert.Equal("CH", reader.Read(IPAddress.Parse("192.0.2.1")));
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public void The_database_may_be_overwritten_while_it_is_in_use()
    {
        using var reader = new MaxMindCountryReader(_file.Path, _logger);
        File.WriteAllText(_file.Path, "");

        Assert.Equal("CH", reader.Read(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void A_database_that_is_gone_since_the_start_keeps_nobody_out()
    {
        using var reader = new MaxMindCountryReader(_file.Path + ".gone", _logger);

        Assert.Null(reader.Read(IPAddress.Parse("192.0.2.1")));
        Assert.Null(reader.Read(IPAddress.Parse("192.0.2.2")));
        Assert.Single(_logger.Lines);
    }

    [Fact]
    public void Damaged_records_are_unknown_and_said_once()
    {
        using var damaged = new MaxMindFile()
            .With("192.0.2.0/24", "CH")
            .WithRecord("198.51.100.0/24", [.. MaxMindFile.Map(1), .. MaxMindFile.Text("country"), .. MaxMindFile.Text("a text, not a map")])
            .WithRecord("203.0.113.0/24", [.. MaxMindFile.Map(1), .. MaxMindFile.Text("country"), 0x3F, 0xFF, 0xFF, 0xFF])
            .Write();
        using var reader = new MaxMindCountryReader(damaged.Path, _logger);

        Assert.Null(reader.Read(IPAddress.Parse("198.51.100.1")));
        Assert.Null(reader.Read(IPAddress.Parse("203.0.113.1")));
        Assert.Equal("CH", reader.Read(IPAddress.Parse("192.0.2.1")));
        Assert.Null(reader.Read(IPAddress.Parse("198.51.100.2")));
        var line = Assert.Single(_logger.Lines);
        Assert.Contains(damaged.Path, line, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100", line, StringComparison.Ordinal);
    }

    public void Dispose() => _file.Dispose();

    private string? Read(string address)
    {
        using var reader = new MaxMindCountryReader(_file.Path, _logger);
        var country = reader.Read(IPAddress.Parse(address));
        Assert.Empty(_logger.Lines);
        return country;
    }

    private sealed class RecordingLogger : ILogger<MaxMindCountryReader>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
