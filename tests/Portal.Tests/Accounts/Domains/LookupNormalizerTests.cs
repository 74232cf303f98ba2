using Portal.Accounts.Domains;

namespace Portal.Tests.Accounts.Domains;

public sealed class LookupNormalizerTests
{
    [Theory]
    [InlineData("Ana@Example.org", "ANA@EXAMPLE.ORG")]
    [InlineData("ana@ｅxample.org", "ANA@EXAMPLE.ORG")]
    [InlineData("ana@example。org", "ANA@EXAMPLE.ORG")]
    [InlineData("ana@ⓔxample.org", "ANA@EXAMPLE.ORG")]
    [InlineData("ana@bücher.example", "ANA@BÜCHER.EXAMPLE")]
    [InlineData("ana@bu\u0308cher.example", "ANA@BÜCHER.EXAMPLE")]
    [InlineData("ana@XN--bcher-kva.example", "ANA@BÜCHER.EXAMPLE")]
    [InlineData("ana@xn--", "ANA@XN--")]
    [InlineData("ana@büch", "ANA@BÜCH")]
    [InlineData("ana", "ANA")]
    [InlineData(null, null)]
    public void A_mailbox_is_one_however_its_domain_is_spelt(string? email, string? normalized) =>
        Assert.Equal(normalized, new LookupNormalizer().NormalizeEmail(email));
}
