using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Portal.Accounts.Tokens;

namespace Portal.Tests.Accounts.Tokens;

// What is no token of ours, or is one for others.
public sealed partial class TokenServiceTests
{
    [Theory]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30")]
    [InlineData("....")]
    public async Task What_is_no_token_is_malformed(string text) =>
        Assert.IsType<TokenOutcome.Malformed>(await Tokens.ReadAsync(text, Token));

    [Fact]
    public async Task A_token_longer_than_any_is_not_looked_at() =>
        Assert.IsType<TokenOutcome.Malformed>(await Tokens.ReadAsync(Signed(claims => claims["much"] = new string('x', 10_000)), Token));

    [Fact]
    [Trait("ASVS", "9.1.1")]
    public async Task A_token_with_any_bit_of_its_signature_or_claims_flipped_is_wrong()
    {
        var parts = (await Tokens.IssueAsync(_person, cancellationToken: Token))!.AccessToken.Split('.');

        foreach (var part in (int[])[1, 2])
        {
            var bytes = Base64Url.DecodeFromChars(parts[part]);
            for (var at = 0; at < bytes.Length; at += 7)
            {
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= 1;
                var token = string.Join('.', parts.Select((text, index) => index == part ? Base64Url.EncodeToString(flipped) : text));
                Assert.IsNotType<TokenOutcome.Accepted>(await Tokens.ReadAsync(token, Token));
                Assert.IsAssignableFrom<TokenOutcome.Refused>(await Tokens.ReadAsync(token, Token));
            }
        }
    }

    [Fact]
    [Trait("ASVS", "9.1.2")]
    public async Task No_algorithm_but_ours_is_believed()
    {
        var unsigned = Signed(alg: "none");
        using var rsa = RSA.Create(2048);

        Assert.IsAssignableFrom<TokenOutcome.Refused>(await Tokens.ReadAsync(unsigned, Token));
        Assert.IsAssignableFrom<TokenOutcome.Refused>(await Tokens.ReadAsync(string.Join('.', unsigned.Split('.')[..2]) + ".", Token));
        // The same secret under another hash, and a signature that only a public key could check.
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(
            Signed(alg: "HS512", sign: text => HMACSHA512.HashData(Encoding.UTF8.GetBytes(Key), text)), Token));
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(
            Signed(alg: "RS256", sign: text => rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), Token));
    }

    [Fact]
    [Trait("ASVS", "9.1.3")]
    public async Task Keys_that_a_token_brings_or_names_are_not_used()
    {
        const string Foreign = "the key of an attacker, long enough";
        var jwk = new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Foreign)) };

        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(
            Signed(key: Foreign, header: header => (header["jwk"], header["jku"], header["x5u"], header["kid"]) = (jwk, "https://attacker.example/keys", "https://attacker.example/cert", "attacker")), Token));
    }

    [Theory]
    [Trait("ASVS", "9.2.2")]
    [Trait("ASVS", "9.2.3")]
    [InlineData("aud", "https://elsewhere.example/api")]
    [InlineData("aud", "http://localhost/api/")]
    [InlineData("aud", null)]
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("iss", null)]
    [InlineData("exp", null)]
    public async Task A_token_for_others_of_others_or_without_an_end_is_wrong(string claim, string? value) =>
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(Signed(claims => Put(claims, claim, value)), Token));

    [Theory]
    [Trait("ASVS", "9.2.2")]
    [InlineData("JWT")]
    [InlineData("logout+jwt")]
    [InlineData(null)]
    public async Task A_token_of_another_kind_is_wrong(string? kind) =>
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(Signed(header: header => Put(header, "typ", kind)), Token));

    [Fact]
    [Trait("ASVS", "9.2.2")]
    public async Task A_token_that_asks_for_more_than_we_understand_is_wrong() =>
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(Signed(header: header => (header["crit"], header["x"]) = (new JsonArray("x"), "1")), Token));
}
