using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Ada Lovelace", "AL")]
    [InlineData("ada", "A")]
    [InlineData("ada.lovelace@example.org", "A")]
    [InlineData("Jean-Luc van der Berg", "JB")]
    [InlineData("  (Élise)  d’Été ", "ÉD")]
    [InlineData("李 明", "李明")]
    [InlineData("--- !!!", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_name_shrinks_to_its_first_letters(string? name, string initials) => Assert.Equal(initials, Initials.Of(name));
}
