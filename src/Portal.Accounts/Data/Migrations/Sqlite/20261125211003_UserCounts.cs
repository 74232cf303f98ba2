using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UserCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in UserCountsSchema.SqliteTable.Concat(UserCountsSchema.SqliteTriggers))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"Users_Counts_Insert\"; DROP TRIGGER \"Users_Counts_Update\"; DROP TRIGGER \"Users_Counts_Delete\"; DROP TABLE \"UserCounts\";");
        }
    }
}
