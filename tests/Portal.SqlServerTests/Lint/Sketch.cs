using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.SqlServerTests.Lint;

/// <summary>A small model of a test's own, as the SQL Server provider completes it.</summary>
internal static class Sketch
{
    public static IRelationalModel Of(Action<ModelBuilder> draw)
    {
        using var context = new Context(draw);
        return context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
    }

    private sealed class Context(Action<ModelBuilder> draw) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
            .UseSqlServer("Server=nowhere.invalid")
            // Each sketch is another model of the same context type.
            .EnableServiceProviderCaching(false);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => draw(modelBuilder);
    }
}
