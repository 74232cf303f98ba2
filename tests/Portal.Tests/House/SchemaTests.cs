using Portal.Accounts.Data;

namespace Portal.Tests.House;

/// <summary>What the tables must never hold.</summary>
public sealed class SchemaTests
{
    [Fact]
    [Trait("ASVS", "6.2.10")]
    public void No_column_lets_a_password_expire() => Assert.DoesNotContain(Columns(), column =>
        Has(column, "Password") && (Has(column, "Expire") || Has(column, "Until") || column.EndsWith("At", StringComparison.Ordinal)));

    [Fact]
    [Trait("ASVS", "6.4.2")]
    public void No_column_holds_a_hint_or_a_secret_question() => Assert.DoesNotContain(Columns(), column =>
        Has(column, "Hint") || Has(column, "Question") || Has(column, "Answer"));

    private static bool Has(string column, string word) => column.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Columns()
    {
        using var services = ModelServices.Of(DatabaseProvider.Sqlite);
        using var context = services.Context();
        IReadOnlyList<string> columns =
            [.. context.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Select(property => property.Name)];
        Assert.Contains("PasswordHash", columns);
        return columns;
    }
}
