using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Users;

namespace Portal.Tests.Accounts.Users;

public sealed class ProfileSchemaTests
{
    private static readonly ProfileSchema Shipped = new(Options.Create(new ProfilesOptions()));

    [Fact]
    public void By_default_a_profile_holds_a_full_name_and_affiliations() =>
        Assert.Equal(["full_name", "affiliations"], Shipped.Fields.Select(field => field.Name));

    [Fact]
    public void A_field_of_the_settings_needs_no_code()
    {
        var schema = Schema(
            ("0:Name", "full_name"), ("0:Label", "Full name"),
            ("1:Name", "website"), ("1:Label", "Website"), ("1:Kind", "Url"), ("1:Autocomplete", "url"),
            ("2:Name", "title"), ("2:Label", "Title"), ("2:Kind", "Choice"), ("2:Required", "true"), ("2:Choices:0", "Dr"), ("2:Choices:1", "Prof"));

        Assert.Equal(["full_name", "website", "title"], schema.Fields.Select(field => field.Name));
        Assert.Equal(("https://example.org/ada", null), schema.Check("website", "https://example.org/ada"));
        Assert.Equal(("Prof", null), schema.Check("title", "Prof"));
        Assert.Equal("Title must not be empty.", schema.Check("title", "").Error);
        Assert.NotNull(schema.Check("affiliations", "x").Error);
    }

    [Fact]
    public void An_entry_without_a_name_is_left_out() =>
        Assert.Equal(["affiliations"], Schema(("0:Name", ""), ("1:Name", "affiliations"), ("1:Label", "Affiliations")).Fields.Select(field => field.Name));

    [Theory]
    [InlineData("  Ada Lovelace ", "Ada Lovelace")]
    [InlineData("Ame\u0301lie", "Am\u00e9lie")]
    [InlineData("", null)]
    [InlineData(" \t", null)]
    [InlineData(null, null)]
    public void A_value_is_stored_in_one_form(string? typed, string? stored) => Assert.Equal((stored, null), Shipped.Check("full_name", typed));

    [Theory]
    [InlineData("shoe_size", "44", "There is no profile field \"shoe_size\". The fields are: full_name, affiliations.")]
    [InlineData("Full_Name", "Ada", "There is no profile field \"Full_Name\". The fields are: full_name, affiliations.")]
    [InlineData("full_name", "\ufffe", "Full name holds characters that are no text.")]
    [InlineData("full_name", "Ada\nLovelace", "Full name holds characters that cannot be shown.")]
    [InlineData("full_name", "Ada\u0000", "Full name holds characters that cannot be shown.")]
    public void What_does_not_fit_is_refused_in_words_that_name_the_field(string name, string value, string error) =>
        Assert.Equal((null, error), Shipped.Check(name, value));

    [Fact]
    public void A_text_may_be_as_long_as_its_field_and_no_longer()
    {
        Assert.Null(Shipped.Check("full_name", new string('a', 255)).Error);
        Assert.Equal("Full name has 256 characters; at most 255 fit.", Shipped.Check("full_name", new string('a', 256)).Error);
    }

    [Theory]
    [InlineData("Url", "javascript:alert(1)", false)]
    [InlineData("Url", "//example.org", false)]
    [InlineData("Url", "https://user:word@example.org", false)]
    [InlineData("Url", "https://example.org/a b", false)]
    [InlineData("Url", "example.org", false)]
    [InlineData("Url", "http://example.org", true)]
    [InlineData("Date", "2001-12-31", true)]
    [InlineData("Date", "2001-02-30", false)]
    [InlineData("Date", "31.12.2001", false)]
    [InlineData("LongText", "one\r\ntwo", true)]
    [InlineData("LongText", "one\u0007", false)]
    public void Each_kind_takes_its_own(string kind, string value, bool fits) =>
        Assert.Equal(fits, Schema(("0:Name", "it"), ("0:Label", "It"), ("0:Kind", kind)).Check("it", value).Error is null);

    [Theory]
    [InlineData("""{"full_name": "Ada", "affiliations": null}""", """{"full_name":"Ada"}""")]
    [InlineData("{}", "{}")]
    [InlineData(null, "{}")]
    public void A_whole_profile_is_read(string? json, string stored)
    {
        var (profile, errors) = Shipped.Read(json);

        Assert.Equal(stored, profile);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("""{"full_name": 5}""", "\"full_name\" must be text.")]
    [InlineData("""{"full_name": true}""", "\"full_name\" must be text.")]
    [InlineData("""{"affiliations": ["CERN"]}""", "\"affiliations\" must be text.")]
    [InlineData("""{"shoe_size": 44}""", "There is no profile field \"shoe_size\". The fields are: full_name, affiliations.")]
    [InlineData("""{"full_name": "a", "full_name": "b"}""", "The profile must be a JSON object")]
    [InlineData("""{"full_name": "\ud800"}""", "The profile must be a JSON object")]
    [InlineData("[]", "The profile must be a JSON object")]
    [InlineData("null", "The profile must be a JSON object")]
    [InlineData("{", "The profile must be a JSON object")]
    [InlineData("", "The profile must be a JSON object")]
    public void A_profile_that_is_not_of_the_schema_is_refused(string json, string error)
    {
        var (profile, errors) = Shipped.Read(json);

        Assert.Null(profile);
        Assert.StartsWith(error, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_settings_no_longer_name_stays_stored_and_unseen()
    {
        const string Stored = """{"full_name":"Ada","orcid":"0000","affiliations":7}""";

        Assert.Equal(new Dictionary<string, string?> { ["full_name"] = "Ada", ["affiliations"] = null }, Shipped.Values(Stored));
        Assert.Equal("""{"full_name":"Grace","orcid":"0000"}""", ProfileSchema.Write(Stored, [new("full_name", "Grace"), new("affiliations", null)]));
        Assert.Equal("""{"full_name":"Grace"}""", ProfileSchema.Write("nonsense", [new("full_name", "Grace")]));
    }

    [Theory]
    [InlineData("Profiles:Fields:0:Name is \"Full Name\"", "0:Name", "Full Name", "0:Label", "x")]
    [InlineData("Profiles:Fields:1:Name is \"a\", which another field has.", "0:Name", "a", "0:Label", "x", "1:Name", "a", "1:Label", "y")]
    [InlineData("Profiles:Fields:0:Label is empty", "0:Name", "a")]
    [InlineData("Profiles:Fields:0:MaxLength is \"0\"", "0:Name", "a", "0:Label", "x", "0:MaxLength", "0")]
    [InlineData("Profiles:Fields:0:Choices has 0 entries", "0:Name", "a", "0:Label", "x", "0:Kind", "Choice")]
    [InlineData("Profiles:Fields:0:Choices has 1 entries", "0:Name", "a", "0:Label", "x", "0:Choices:0", "y")]
    [InlineData("Profiles:Fields:0:Choices must differ", "0:Name", "a", "0:Label", "x", "0:Kind", "Choice", "0:Choices:0", "y ", "0:Choices:1", "z")]
    [InlineData("Profiles:Fields:0:Autocomplete is \"on;\"", "0:Name", "a", "0:Label", "x", "0:Autocomplete", "on;")]
    public void A_wrong_setting_is_named(string failure, params string[] pairs)
    {
        var result = new ProfilesOptionsValidator().Validate(null, Bound([.. pairs.Chunk(2).Select(pair => (pair[0], pair[1]))]));

        Assert.StartsWith(failure, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_settings_are_right() => Assert.True(new ProfilesOptionsValidator().Validate(null, new ProfilesOptions()).Succeeded);

    private static ProfileSchema Schema(params (string Key, string Value)[] settings) => new(Options.Create(Bound(settings)));

    private static ProfilesOptions Bound(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Profiles:Fields:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddOptions<ProfilesOptions>().BindConfiguration(ProfilesOptions.Section);
        return services.BuildServiceProvider().GetRequiredService<IOptions<ProfilesOptions>>().Value;
    }
}
