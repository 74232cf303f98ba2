using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SessionProviders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Provider",
                table: "Sessions",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProviderSessionId",
                table: "Sessions",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProviderSubject",
                table: "Sessions",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ProviderSessionId_Provider",
                table: "Sessions",
                columns: new[] { "ProviderSessionId", "Provider" },
                filter: "ProviderSessionId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ProviderSubject_Provider",
                table: "Sessions",
                columns: new[] { "ProviderSubject", "Provider" },
                filter: "ProviderSubject IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_ProviderSessionId_Provider",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ProviderSubject_Provider",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Provider",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ProviderSessionId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ProviderSubject",
                table: "Sessions");
        }
    }
}
