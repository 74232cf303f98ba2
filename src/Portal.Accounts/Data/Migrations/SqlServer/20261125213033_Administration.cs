using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ImpersonatorId",
                table: "Sessions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ImpersonatorSessionId",
                table: "Sessions",
                type: "nvarchar(26)",
                maxLength: 26,
                nullable: true);

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
                name: "IX_Sessions_ImpersonatorId",
                table: "Sessions",
                column: "ImpersonatorId",
                filter: "ImpersonatorId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ImpersonatorSessionId",
                table: "Sessions",
                column: "ImpersonatorSessionId",
                filter: "ImpersonatorSessionId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Ip_Id",
                table: "Sessions",
                columns: new[] { "Ip", "Id" },
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Live",
                table: "Sessions",
                column: "Id",
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_Os_Id",
                table: "Sessions",
                columns: new[] { "Os", "Id" },
                filter: "EndReason IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Kind_At",
                table: "AuditEvents",
                columns: new[] { "Kind", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_Browser_Id",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Country_Id",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ImpersonatorId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_ImpersonatorSessionId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Ip_Id",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Live",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_Os_Id",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_Kind_At",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "ImpersonatorId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ImpersonatorSessionId",
                table: "Sessions");
        }
    }
}
