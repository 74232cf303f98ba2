using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class GuessedPasswords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Users_AccessFailedCount",
                table: "Users",
                column: "AccessFailedCount",
                filter: "[AccessFailedCount] >= 100");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Users_AccessFailedCount",
                table: "Users");
        }
    }
}
