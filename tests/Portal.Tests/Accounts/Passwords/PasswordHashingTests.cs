using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Accounts.Passwords;

namespace Portal.Tests.Accounts.Passwords;

public sealed class PasswordHashingTests
{
    private static readonly PasswordHashing Quick = With(1_000);

    [Fact]
    [Trait("ASVS", "11.4.2")]
    public void A_hash_is_PBKDF2_with_HMAC_SHA512_at_the_default_iterations_and_its_own_salt()
    {
        var hashing = With(new PasswordsOptions().Iterations);
        var first = Convert.FromBase64String(hashing.Hash("kitchen lamp bicycle"));
        var second = Convert.FromBase64String(hashing.Hash("kitchen lamp bicycle"));

        Assert.Equal(1, first[0]);
        Assert.Equal(2, ReadInt(first, 1));
        Assert.Equal(220_000, ReadInt(first, 5));
        Assert.Equal(16, ReadInt(first, 9));
        Assert.Equal(13 + 16 + 32, first.Length);
        Assert.NotEqual(first[13..29], second[13..29]);
    }

    [Fact]
    [Trait("ASVS", "6.2.8")]
    public void Only_exactly_what_was_typed_is_accepted()
    {
        var random = new Random(628);
        for (var round = 0; round < 40; round++)
        {
            var password = RandomPassword(random);
            var hash = Quick.Hash(password);

            Assert.Equal(PasswordVerificationResult.Success, Quick.Verify(hash, password));
            foreach (var other in Near(password))
            {
                Assert.True(
                    Quick.Verify(hash, other) == PasswordVerificationResult.Failed,
                    $"'{other}' was accepted for '{password}'.");
            }
        }
    }

    [Fact]
    [Trait("ASVS", "6.2.8")]
    public void Everything_up_to_the_last_of_256_characters_counts()
    {
        var password = new string('é', 255);
        var hash = Quick.Hash(password + "x");

        Assert.Equal(PasswordVerificationResult.Success, Quick.Verify(hash, password + "x"));
        Assert.Equal(PasswordVerificationResult.Failed, Quick.Verify(hash, password + "y"));
    }

    [Fact]
    public void The_same_letter_composed_in_another_way_is_the_same_password()
    {
        const string Composed = "caf\u00e9 cr\u00e8me br\u00fbl\u00e9e";
        var decomposed = Composed.Normalize(NormalizationForm.FormD);

        Assert.NotEqual(Composed, decomposed);
        Assert.Equal(PasswordVerificationResult.Success, Quick.Verify(Quick.Hash(decomposed), Composed));
        Assert.Equal(PasswordVerificationResult.Success, Quick.Verify(Quick.Hash(Composed), decomposed));
    }

    [Fact]
    public void Letters_that_only_look_alike_stay_different()
    {
        // Compatibility forms (NFKC) would make these one.
        Assert.Equal(PasswordVerificationResult.Failed, Quick.Verify(Quick.Hash("\uff46ull width words"), "full width words"));
    }

    [Fact]
    public void A_hash_made_with_fewer_iterations_asks_to_be_made_anew()
    {
        var older = Quick.Hash("kitchen lamp bicycle");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, With(2_000).Verify(older, "kitchen lamp bicycle"));
        Assert.Equal(PasswordVerificationResult.Failed, With(2_000).Verify(older, "kitchen lamp tricycle"));
    }

    [Fact]
    public void A_hash_made_with_more_iterations_is_left_alone() =>
        Assert.Equal(PasswordVerificationResult.Success, Quick.Verify(With(2_000).Hash("kitchen lamp bicycle"), "kitchen lamp bicycle"));

    public static TheoryData<string?> Malformed =>
    [
        (string?)null,
        "",
        " ",
        "not base64!",
        "AQAAAAIAAYag",
        Convert.ToBase64String(new byte[61]),
        Stored(marker: 2),
        Stored(function: 9),
        Stored(iterations: 0),
        Stored(iterations: 4_000_000_000),
        Stored(saltBytes: 0),
        Stored(saltBytes: 200),
        Stored(saltBytes: uint.MaxValue),
        "$pbkdf2-sha512$25000$abc$def",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_stored_hash_fails_and_never_throws(string? hash) =>
        Assert.Equal(PasswordVerificationResult.Failed, Quick.Verify(hash, "kitchen lamp bicycle"));

    [Fact]
    public void Text_that_is_not_Unicode_fits_no_hash()
    {
        Assert.Equal(PasswordVerificationResult.Failed, Quick.Verify(Quick.Hash("broken \ufffd half"), "broken \ud83d half"));
        Assert.Throws<ArgumentException>(() => Quick.Hash("broken \ud83d half"));
    }

    [Fact]
    public void Identity_hashes_with_ours()
    {
        var adapter = new IdentityPasswordHasher<object>(Quick);
        var hash = adapter.HashPassword(new object(), "kitchen lamp bicycle");

        Assert.Equal(PasswordVerificationResult.Success, Quick.Verify(hash, "kitchen lamp bicycle"));
        Assert.Equal(PasswordVerificationResult.Success, adapter.VerifyHashedPassword(new object(), hash, "kitchen lamp bicycle"));
        Assert.Equal(PasswordVerificationResult.Failed, adapter.VerifyHashedPassword(new object(), "junk", "kitchen lamp bicycle"));
    }

    private static PasswordHashing With(int iterations) => new(Options.Create(new PasswordsOptions { Iterations = iterations }));

    private static int ReadInt(byte[] hash, int at) => BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at));

    private static string Stored(byte marker = 1, uint function = 2, uint iterations = 1_000, uint saltBytes = 16)
    {
        var bytes = new byte[61];
        bytes[0] = marker;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), function);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), saltBytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Always with a lower-case letter, so that upper case differs.</summary>
    private static string RandomPassword(Random random)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 !?-éñüßжω日";
        var length = random.Next(8, 100);
        return "q" + string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));
    }

    private static IEnumerable<string> Near(string password) =>
    [
        password + " ",
        " " + password,
        password + "\0",
        password.ToUpperInvariant(),
        password[..^1],
        password[1..],
        "",
    ];
}
