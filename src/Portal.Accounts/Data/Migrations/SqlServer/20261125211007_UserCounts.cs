using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class UserCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A view must be alone in its batch: the script that an operator runs by hand has conditions around it.
            foreach (var statement in UserCountsSchema.SqlServer)
            {
                migrationBuilder.Sql($"EXEC(N'{statement.Replace("'", "''", StringComparison.Ordinal)}')");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW [dbo].[UserCounts]");
            migrationBuilder.Sql("DROP VIEW [dbo].[UserCountsKept]");
        }
    }
}
