using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ListOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "LiveSessions",
                table: "Users",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "RoleCount",
                table: "Users",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "SortSecondFactor",
                table: "Users",
                type: "int",
                nullable: false,
                computedColumnSql: "CASE WHEN [TwoFactorEnabled] = 1 THEN 1 ELSE 0 END",
                stored: false);

            migrationBuilder.Sql("""
                UPDATE "Users" SET
                    "RoleCount" = (SELECT COUNT(*) FROM "Memberships" WHERE "Memberships"."UserId" = "Users"."Id"),
                    "LiveSessions" = (SELECT COUNT(*) FROM "Sessions" WHERE "Sessions"."UserId" = "Users"."Id" AND "Sessions"."EndedAt" IS NULL);
                """);

            // Thousands of people's counts are written at once; a lock of the whole table would keep everybody from signing in.
            migrationBuilder.Sql("ALTER TABLE [Users] SET (LOCK_ESCALATION = DISABLE);");

            migrationBuilder.CreateIndex(
                name: "IX_Users_LiveSessions",
                table: "Users",
                column: "LiveSessions");

            migrationBuilder.CreateIndex(
                name: "IX_Users_RoleCount",
                table: "Users",
                column: "RoleCount");

            migrationBuilder.CreateIndex(
                name: "IX_Users_SortSecondFactor",
                table: "Users",
                column: "SortSecondFactor");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE [Users] SET (LOCK_ESCALATION = TABLE);");

            migrationBuilder.DropIndex(
                name: "IX_Users_LiveSessions",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_RoleCount",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_SortSecondFactor",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "SortSecondFactor",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "LiveSessions",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "RoleCount",
                table: "Users");
        }
    }
}
