using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FactorsOfUsers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The counts tell one more thing apart: made anew from the users, once those know it.
            migrationBuilder.Sql("DROP TRIGGER IF EXISTS \"Users_Counts_Insert\"; DROP TRIGGER IF EXISTS \"Users_Counts_Update\"; DROP TRIGGER IF EXISTS \"Users_Counts_Delete\"; DROP TABLE IF EXISTS \"UserCounts\";");
            migrationBuilder.Sql("UPDATE \"Users\" SET \"TwoFactorEnabled\" = 1 WHERE \"Id\" IN (SELECT \"UserId\" FROM \"Authenticators\");");
            foreach (var statement in UserCountsSchema.SqliteTable.Concat(UserCountsSchema.SqliteTriggers))
            {
                migrationBuilder.Sql(statement);
            }

            migrationBuilder.CreateIndex(
                name: "IX_Users_TwoFactorEnabled_State",
                table: "Users",
                columns: new[] { "TwoFactorEnabled", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER IF EXISTS \"Users_Counts_Insert\"; DROP TRIGGER IF EXISTS \"Users_Counts_Update\"; DROP TRIGGER IF EXISTS \"Users_Counts_Delete\"; DROP TABLE IF EXISTS \"UserCounts\";");
            migrationBuilder.DropIndex(
                name: "IX_Users_TwoFactorEnabled_State",
                table: "Users");
        }
    }
}
