using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class AccountMailTests
{
    [Fact]
    public void Every_kind_is_stored_under_its_name()
    {
        var kinds = typeof(AccountMail).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(AccountMail)));
        var stored = typeof(AccountMail).GetCustomAttributes<JsonDerivedTypeAttribute>();

        Assert.Equal(
            kinds.Select(kind => (kind, kind.Name)).OrderBy(kind => kind.Name),
            stored.Select(line => (line.DerivedType, (string)line.TypeDiscriminator!)).OrderBy(kind => kind.Item2));
    }

    [Fact]
    [Trait("ASVS", "6.4.1")]
    public void No_mail_can_carry_a_password()
    {
        var properties = typeof(AccountMail).GetNestedTypes().Append(typeof(AccountMail)).SelectMany(kind => kind.GetProperties()).Select(property => property.Name).ToList();

        Assert.Contains(nameof(AccountMail.Recipient), properties);
        Assert.DoesNotContain(properties, name => name.Contains("Password", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_mail_as_a_string_names_no_link_and_no_address()
    {
        var mail = new AccountMail.ConfirmEmail("ana@example.org", 7, "Ana", "https://portal.example/confirm-email#secret", default);

        Assert.Equal("ConfirmEmail to user 7", mail.ToString());
    }

    [Fact]
    public void What_an_older_build_promised_without_an_occasion_can_still_be_read()
    {
        const string Stored = """{"$type":"ConfirmEmail","Url":"https://portal.example/c","ExpiresAt":"2026-11-23T18:30:00+00:00","Recipient":"ana@example.org","UserId":7,"Name":"Ana"}""";

        var mail = Assert.IsType<AccountMail.ConfirmEmail>(JsonSerializer.Deserialize<AccountMail>(Stored));

        Assert.Equal(("https://portal.example/c", null), (mail.Url, mail.Occasion));
    }

    [Fact]
    public void What_an_older_build_promised_without_a_time_or_a_reason_can_still_be_read()
    {
        var welcome = JsonSerializer.Deserialize<AccountMail>("""{"$type":"Welcome","SignInUrl":"https://portal.example/login","Recipient":"ana@example.org","UserId":7,"Name":"Ana"}""");
        var closed = JsonSerializer.Deserialize<AccountMail>("""{"$type":"Deactivated","PortalUrl":"https://portal.example/","Recipient":"ana@example.org","UserId":7,"Name":"Ana"}""");

        Assert.Null(Assert.IsType<AccountMail.Welcome>(welcome).Occasion);
        Assert.Equal((null, null), (Assert.IsType<AccountMail.Deactivated>(closed).At, ((AccountMail.Deactivated)closed).IsDomainBlocked));
    }

    [Theory]
    [InlineData("Ana", "Ana")]
    [InlineData("  Ana \r\n\t Marić ", "Ana Marić")]
    [InlineData("J. R. O'Hara", "J. R. O'Hara")]
    [InlineData("J.R. Ames", "J.R. Ames")]
    [InlineData("山田 太郎", "山田 太郎")]
    [InlineData("🙂 Ana", "🙂 Ana")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData(null, null)]
    [InlineData(" \u200b ", null)]
    [InlineData("Win at evil.example", null)]
    [InlineData("https://evil", null)]
    [InlineData("write to me@evil", null)]
    public void A_greeting_repeats_a_name_but_no_strangers_link(string? name, string? greeting) =>
        Assert.Equal(greeting, MailWorld.Confirm(name: name).GreetingName);

    [Fact]
    public void A_greeting_leaves_out_a_name_that_is_a_message() =>
        Assert.Null(MailWorld.Confirm(name: new string('a', 61)).GreetingName);
}
