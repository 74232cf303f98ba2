using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.SqlServer
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
                type: "nvarchar(254)",
                maxLength: 254,
                nullable: false,
                computedColumnSql: "UPPER([Recipient]) COLLATE Latin1_General_100_BIN2",
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
