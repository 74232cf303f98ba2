using Portal.Accounts.Domains;

namespace Portal.Tests.Accounts.Domains;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ana@example.org", "example.org")]
    [InlineData("  Ana.Lopez+news@Mail.Example.ORG ", "mail.example.org")]
    [InlineData("o'neil@example.org", "example.org")]
    [InlineData("用户@例子.广告", "xn--fsqu00a.xn--4rr70v")]
    [InlineData("ana@xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("ana@bücher.example", "xn--bcher-kva.example")]
    [InlineData("ana@Bücher.Example", "xn--bcher-kva.example")]
    public void An_address_is_read_with_its_domain_as_the_rules_compare_it(string text, string domain)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal((text.Trim(), domain), (address.Value, address.Domain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ana")]
    [InlineData("@example.org")]
    [InlineData("ana@")]
    [InlineData("ana@localhost")]
    [InlineData("ana@example..org")]
    [InlineData("ana@-example.org")]
    [InlineData("ana@exam ple.org")]
    [InlineData("ana lopez@example.org")]
    [InlineData("ana@ben@example.org")]
    [InlineData("Ana <ana@example.org>")]
    [InlineData("\"ana\"@example.org")]
    [InlineData("ana@[192.0.2.1]")]
    [InlineData("ana@example.org, ben@example.org")]
    [InlineData("ana@example.org;ben@example.org")]
    [InlineData("ana\r\nBcc: ben@example.org")]
    [InlineData("ana@example.org\0")]
    [InlineData("ana@example.org.")]
    [InlineData("an\u200ba@example.org")]
    [InlineData("an\u00ada@example.org")]
    [InlineData("ana\u202e@example.org")]
    [InlineData("ana\uffff@example.org")]
    [InlineData("ana@ex\u00adample.org")]
    [InlineData("ana@ex\u200bample.org")]
    [InlineData("ana@ｅxample.org")]
    [InlineData("ana@example。org")]
    [InlineData("ana@ⓔxample.org")]
    public void Anything_that_could_be_read_in_two_ways_is_none(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void Lengths_are_those_of_RFC_5321()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 3)) + ".org";

        Assert.True(EmailAddress.TryParse($"{new string('a', 64)}@example.org", out _));
        Assert.False(EmailAddress.TryParse($"{new string('a', 65)}@example.org", out _));
        Assert.True(EmailAddress.TryParse($"{new string('a', 60)}@{domain}", out _));
        Assert.False(EmailAddress.TryParse($"{new string('a', 64)}@x{domain[..55]}.{domain}", out _));
    }

    [Theory]
    [InlineData("Example.ORG", "example.org")]
    [InlineData(" example.org. ", "example.org")]
    [InlineData("org", null)]
    [InlineData("", null)]
    [InlineData("a b.org", null)]
    [InlineData("exam_ple.org", null)]
    public void A_domain_has_one_form(string text, string? domain) => Assert.Equal(domain, EmailAddress.DomainOf(text));
}
