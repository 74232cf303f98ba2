using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class UserList : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NormalizedFullName",
                table: "Users",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SignedInAt",
                table: "Users",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "SortUserName",
                table: "Users",
                type: "nvarchar(255)",
                maxLength: 255,
                nullable: false,
                computedColumnSql: "COALESCE([NormalizedUserName], '')",
                stored: false);

            migrationBuilder.AddColumn<int>(
                name: "State",
                table: "Users",
                type: "int",
                nullable: false,
                computedColumnSql: "CASE WHEN [BlockedAt] IS NOT NULL THEN 3 WHEN [IsActive] = 0 THEN 2 WHEN [ConfirmedAt] IS NULL THEN 1 ELSE 0 END",
                stored: false);

            // In a batch of its own: the columns are new.
            migrationBuilder.Sql("""
                EXEC(N'UPDATE [Users] SET
                    [NormalizedFullName] = COALESCE(LEFT(UPPER(JSON_VALUE([Profile], ''$.full_name'')), 255), N''''),
                    [SignedInAt] = COALESCE((SELECT [CurrentLoginAt] FROM [LoginInformation] WHERE [UserId] = [Users].[Id]), [SignedInAt])');
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Users_CreatedAt",
                table: "Users",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Users_NormalizedFullName",
                table: "Users",
                column: "NormalizedFullName");

            migrationBuilder.CreateIndex(
                name: "IX_Users_SignedInAt",
                table: "Users",
                column: "SignedInAt");

            migrationBuilder.CreateIndex(
                name: "IX_Users_SortUserName",
                table: "Users",
                column: "SortUserName");

            migrationBuilder.CreateIndex(
                name: "IX_Users_State",
                table: "Users",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Users_VerifiedAt",
                table: "Users",
                column: "VerifiedAt",
                filter: "[VerifiedAt] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Users_CreatedAt",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_NormalizedFullName",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_SignedInAt",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_SortUserName",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_State",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_VerifiedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "SortUserName",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "State",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "NormalizedFullName",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "SignedInAt",
                table: "Users");
        }
    }
}
