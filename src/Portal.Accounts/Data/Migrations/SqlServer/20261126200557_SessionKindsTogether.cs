using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SessionKindsTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_Browser_Id",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Country_Id",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Os_Id",
                table: "Sessions");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Browser",
                table: "Sessions",
                columns: new[] { "Browser", "Id", "Country", "Os", "EndReason" },
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Country",
                table: "Sessions",
                columns: new[] { "Country", "Id", "Browser", "Os", "EndReason" },
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Os",
                table: "Sessions",
                columns: new[] { "Os", "Id", "Country", "Browser", "EndReason" },
                filter: "EndReason IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_Browser",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Country",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Os",
                table: "Sessions");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Browser_Id",
                table: "Sessions",
                columns: new[] { "Browser", "Id" },
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Country_Id",
                table: "Sessions",
                columns: new[] { "Country", "Id" },
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Os_Id",
                table: "Sessions",
                columns: new[] { "Os", "Id" },
                filter: "EndReason IS NULL");
        }
    }
}
