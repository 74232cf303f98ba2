using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SearchableRecipients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NormalizedRecipient",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 254,
                nullable: false,
                computedColumnSql: "UPPER([Recipient])",
                stored: false);

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_NormalizedRecipient_Id",
                table: "OutboxMails",
                columns: new[] { "NormalizedRecipient", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_NormalizedRecipient_Id",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "NormalizedRecipient",
                table: "OutboxMails");
        }
    }
}
