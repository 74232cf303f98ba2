using System.Collections.ObjectModel;

namespace Portal.Accounts.Users;

/// <summary>What a profile holds, section <c>Profiles</c>. A field needs no code: a name and a label make one.</summary>
public sealed class ProfilesOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Profiles";

    /// <summary>
    /// The fields, in the order the page asks for them. Default full name and affiliations. A field taken out later stays
    /// stored, unseen; an entry whose name is set to nothing is left out.
    /// </summary>
    public IList<Field> Fields { get; set; } = new ReplaceableDefaults
    {
        new Field { Name = "full_name", Label = "Full name", Autocomplete = "name" },
        new Field { Name = "affiliations", Label = "Affiliations", Hint = "Where you work or study.", Autocomplete = "organization" },
    };

    /// <summary>One field.</summary>
    public sealed class Field
    {
        /// <summary>How REST, the command line and the database call it. A lower-case letter, then at most 62 of them, digits and underscores.</summary>
        public string Name { get; set; } = "";

        /// <summary>What the page calls it.</summary>
        public string Label { get; set; } = "";

        /// <summary>What it holds. Default one line of text.</summary>
        public ProfileFieldKind Kind { get; set; }

        /// <summary>The most characters it takes. Default 255; 1 to 4,000.</summary>
        public int MaxLength { get; set; } = 255;

        /// <summary>Whether a person must fill it in to save their profile. Default false. Accounts that operators make may leave it open.</summary>
        public bool Required { get; set; }

        /// <summary>A sentence below the field. Default none.</summary>
        public string Hint { get; set; } = "";

        /// <summary>What browsers may fill in, by the tokens of the HTML standard: <c>name</c>, <c>organization</c>, <c>url</c>, <c>bday</c>. Default nothing.</summary>
        public string Autocomplete { get; set; } = "";

        /// <summary>What there is to choose from, for <see cref="ProfileFieldKind.Choice"/> alone. Default nothing.</summary>
        public IList<string> Choices { get; set; } = [];
    }

    /// <summary>Settings are added to a list that is there already; the first one put into this one takes the defaults' place.</summary>
    private sealed class ReplaceableDefaults : Collection<Field>
    {
        private int defaults = 2;

        protected override void InsertItem(int index, Field item)
        {
            if (defaults-- == 0)
            {
                Clear();
                index = 0;
            }

            base.InsertItem(index, item);
        }
    }
}
