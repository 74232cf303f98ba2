using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.SqlServerTests.Capture;
using Portal.SqlServerTests.Lint;

namespace Portal.SqlServerTests;

/// <summary>What neither the parser nor the schema model finds, and a server refuses only when the table is made.</summary>
public sealed class ModelLintTests : IAsyncLifetime
{
    private readonly AccountsHost host = AccountsHost.Recording(new Recorder());

    [Fact]
    public void No_delete_reaches_a_table_twice() => Assert.Empty(CascadeLint.Faults(Model()));

    [Fact]
    public void Every_column_type_and_key_width_is_one_sql_server_2019_takes() => Assert.Empty(StoreTypeLint.Faults(Model()));

    [Fact]
    public void Two_cascades_from_one_table_are_told()
    {
        var model = Sketch.Of(builder =>
        {
            builder.Entity<Parent>();
            builder.Entity<Child>().HasOne<Parent>().WithMany().HasForeignKey(row => row.FirstId);
            builder.Entity<Child>().HasOne<Parent>().WithMany().HasForeignKey(row => row.SecondId);
        });
        Assert.StartsWith("Two cascade paths", Assert.Single(CascadeLint.Faults(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_cascades_that_meet_further_down_are_told()
    {
        var model = Sketch.Of(builder =>
        {
            builder.Entity<Child>().HasOne<Parent>().WithMany().HasForeignKey(row => row.FirstId);
            builder.Entity<Grandchild>().HasOne<Child>().WithMany().HasForeignKey(row => row.ChildId);
            builder.Entity<Grandchild>().HasOne<Parent>().WithMany().HasForeignKey(row => row.ParentId).OnDelete(DeleteBehavior.SetNull);
        });
        Assert.Contains("Grandchild", Assert.Single(CascadeLint.Faults(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_cascades_to_itself_is_told()
    {
        var model = Sketch.Of(builder => builder.Entity<Child>()
            .HasOne<Child>().WithMany().HasForeignKey(row => row.FirstId).OnDelete(DeleteBehavior.Cascade));
        Assert.StartsWith("A circle of cascades", Assert.Single(CascadeLint.Faults(model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_way_without_action_is_fine()
    {
        var model = Sketch.Of(builder =>
        {
            builder.Entity<Child>().HasOne<Parent>().WithMany().HasForeignKey(row => row.FirstId);
            builder.Entity<Child>().HasOne<Parent>().WithMany().HasForeignKey(row => row.SecondId).OnDelete(DeleteBehavior.NoAction);
        });
        Assert.Empty(CascadeLint.Faults(model));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("ntext")]
    [InlineData("image")]
    [InlineData("json")]
    [InlineData("nvarchar(5000)")]
    [InlineData("varbinary(9000)")]
    public void A_column_type_that_is_retired_or_too_new_is_told(string storeType)
    {
        var model = Sketch.Of(builder => builder.Entity<Parent>().Property<string>("Text").HasColumnType(storeType));
        Assert.Equal([$"Parent.Text is {storeType}"], StoreTypeLint.Faults(model));
    }

    [Theory]
    [InlineData(450, true)]
    [InlineData(451, false)]
    public void A_primary_key_over_900_bytes_is_told(int length, bool isFine)
    {
        var model = Sketch.Of(builder => builder.Entity<Parent>(table =>
        {
            table.Property<string>("Key").HasMaxLength(length);
            table.HasKey("Key");
        }));
        Assert.Equal(isFine, StoreTypeLint.Faults(model).Count == 0);
    }

    [Theory]
    [InlineData("nvarchar(850)", true)]
    [InlineData("nvarchar(851)", false)]
    [InlineData("nvarchar(max)", false)]
    public void An_index_over_1700_bytes_or_without_a_limit_is_told(string storeType, bool isFine)
    {
        var model = Sketch.Of(builder => builder.Entity<Parent>(table =>
        {
            table.Property<string>("Text").HasColumnType(storeType);
            table.HasIndex("Text");
        }));
        Assert.Equal(isFine, StoreTypeLint.Faults(model).Count == 0);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private IRelationalModel Model()
    {
        using var context = host.Contexts.CreateDbContext();
        return context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
    }

    private sealed class Parent
    {
        public int Id { get; set; }
    }

    private sealed class Child
    {
        public int Id { get; set; }

        public int FirstId { get; set; }

        public int SecondId { get; set; }
    }

    private sealed class Grandchild
    {
        public int Id { get; set; }

        public int ChildId { get; set; }

        public int? ParentId { get; set; }
    }
}
