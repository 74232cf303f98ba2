using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Accounts.Passwords;

namespace Portal.Tests.Accounts.Passwords;

public sealed class ImportedHashesTests
{
    private const string Pepper = "CHANGE_ME_ALSO";
    private const string Weak = "$invenio-aes$test@test.org$d7eccd13e3987258607f67942184e24d77d85a299ea7a6f412e86627666d6d8c";

    private static readonly PasswordHashing Hashing = With(Pepper);

    [Theory]
    [InlineData("123456", "$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA")]
    [InlineData("κωδικός", "$pbkdf2-sha512$25000$/////////////////////w$4rw/rF3LTt3JsVZRqYDs//QMHag0.R2OZCqEUEsE0IPk7vzXmsrgqzDTcVwiLiGZ1IjBumTcdb.gQYfqpiuUrg")]
    [InlineData("qwert1234", Weak)]
    [InlineData("κωδικός", "$invenio-aes$test@test.org$63e8dbf1cb9f7eeb9424ccef530ada00617336918e8736be92eda367268fd9da")]
    [InlineData("123456", "$invenio-aes$info@inveniosoftware.org$2111c5afa1b6900ff0a10a662c1ee084a7a7ff58dfad5766ac2aac1744602b80")]
    [InlineData("a password longer than sixteen bytes", "$invenio-aes$a@b.ch$adff561c14a50a8f9ddc99ccf2aa1702b09bcdddea9235959922c98766145eb0")]
    [InlineData("pw", "$invenio-aes$abcdefgh@ijk.org$6e6d908eec142ebdbbbf3819ae2e17a02c0c35d63543bb74b75077053946f3ac")]
    public void What_Invenio_hashed_opens_with_its_password_alone_and_is_to_be_hashed_anew(string password, string hash)
    {
        Assert.Null(Hashing.Refuse(hash));
        var kept = Hashing.Keep(hash);

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Hashing.Verify(kept, password));
        Assert.Equal(PasswordVerificationResult.Failed, Hashing.Verify(kept, password + "x"));
        Assert.Equal(PasswordVerificationResult.Failed, Hashing.Verify(kept, ""));
    }

    [Fact]
    public void Each_step_of_both_is_as_Invenio_made_it()
    {
        Assert.Equal("9e9ce44cd9df2b201f51947e03bccbe2", Convert.ToHexStringLower(InvenioAesHash.Encrypt("test", "key")));
        Assert.Equal("3M85rOa/k8KsB8TQrxQYvvQL5dvvQpOYUeGTLum01HVKFGYgTSS5GZLOnQNIt2JZ+vHhC6a/qbyPgcNUrEceYg==", PasslibHash.Peppered("123456", Pepper));
    }

    [Fact]
    public void A_weak_hash_is_not_kept_and_opens_nothing_as_it_is()
    {
        var kept = Hashing.Keep(Weak);

        Assert.DoesNotContain("d7eccd13", kept, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(kept, Hashing.Keep(Weak));
        Assert.Equal(PasswordVerificationResult.Failed, Hashing.Verify(Weak, "qwert1234"));
        Assert.True(PasswordHashing.TakesTime(Weak), "It is not kept in no time.");
        Assert.False(PasswordHashing.TakesTime(kept), "It is kept as it is.");
    }

    [Fact]
    public void What_is_kept_can_be_taken_along_once_more()
    {
        var (kept, own) = (Hashing.Keep(Weak), Hashing.Hash("kitchen lamp bicycle"));

        Assert.Equal((null, kept), (Hashing.Refuse(kept), Hashing.Keep(kept)));
        Assert.Equal((null, own), (Hashing.Refuse(own), Hashing.Keep(own)));
    }

    [Fact]
    public void An_address_may_hold_the_sign_that_divides()
    {
        var hash = $"$invenio-aes$a$b@example.org${InvenioAesHash.ChecksumOf("a$b@example.org", "secret")}";

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Hashing.Verify(Hashing.Keep(hash), "secret"));
    }

    [Fact]
    public void Without_the_pepper_no_such_hash_is_taken_and_with_another_none_opens()
    {
        const string Hash = "$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA";

        Assert.Contains("Passwords:LegacyPepper", With("").Refuse(Hash), StringComparison.Ordinal);
        Assert.Equal(PasswordVerificationResult.Failed, With("another").Verify(Hash, "123456"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("kitchen lamp bicycle")]
    [InlineData("$invenio-aes$test@test.org")]
    [InlineData("$invenio-aes$test@test.org$D7ECCD13E3987258607F67942184E24D77D85A299EA7A6F412E86627666D6D8C")]
    [InlineData("$pbkdf2-sha512$025000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA")]
    [InlineData("$pbkdf2-sha512$99000000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA")]
    [InlineData("$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlU")]
    [InlineData("$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$")]
    [InlineData("$pbkdf2-sha512$")]
    [InlineData("$bcrypt$12$abcdefghijklmnopqrstuv")]
    [InlineData("$invenio-aes-wrapped$test@test.org$nonsense")]
    public void What_is_no_hash_is_told_and_opens_nothing(string hash)
    {
        Assert.Equal(
            "The password is no hash that can be verified here: $pbkdf2-sha512$…, $invenio-aes$…, or one of the portal's own.", Hashing.Refuse(hash));
        Assert.Equal(PasswordVerificationResult.Failed, Hashing.Verify(hash, "123456"));
    }

    /// <summary>Python's own passlib is the judge.</summary>
    [Fact]
    public async Task What_passlib_makes_of_a_peppered_password_opens()
    {
        await DebianPython.DemandAsync("passlib");

        var hash = await DebianPython.RunAsync(
            "import base64, hashlib, hmac, sys; from passlib.hash import pbkdf2_sha512; pepper, password = (text.encode() for text in sys.argv[1:]); "
            + "print(pbkdf2_sha512.using(rounds=25000).hash(base64.b64encode(hmac.new(pepper, password, hashlib.sha512).digest())))",
            Pepper, "häuschen 🏠");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, Hashing.Verify(hash, "häuschen 🏠"));
        Assert.Equal(PasswordVerificationResult.Failed, Hashing.Verify(hash, "hauschen 🏠"));
    }

    private static PasswordHashing With(string pepper) => new(Options.Create(new PasswordsOptions { Iterations = 1_000, LegacyPepper = pepper }));
}
