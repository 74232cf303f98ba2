using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Passkeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PasskeyHandle",
                table: "Users",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Id",
                table: "Passkeys",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "LastUsedAt",
                table: "Passkeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Seal",
                table: "Passkeys",
                type: "BLOB",
                maxLength: 500,
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.CreateIndex(
                name: "IX_Passkeys_Id",
                table: "Passkeys",
                column: "Id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Passkeys_Id",
                table: "Passkeys");

            migrationBuilder.DropColumn(
                name: "PasskeyHandle",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "Id",
                table: "Passkeys");

            migrationBuilder.DropColumn(
                name: "LastUsedAt",
                table: "Passkeys");

            migrationBuilder.DropColumn(
                name: "Seal",
                table: "Passkeys");
        }
    }
}
