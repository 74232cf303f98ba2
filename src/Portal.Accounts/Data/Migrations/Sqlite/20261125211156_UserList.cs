using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 255,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "SignedInAt",
                table: "Users",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SortUserName",
                table: "Users",
                type: "TEXT",
                maxLength: 255,
                nullable: false,
                computedColumnSql: "COALESCE([NormalizedUserName], '')",
                stored: false);

            migrationBuilder.AddColumn<int>(
                name: "State",
                table: "Users",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "CASE WHEN [BlockedAt] IS NOT NULL THEN 3 WHEN [IsActive] = 0 THEN 2 WHEN [ConfirmedAt] IS NULL THEN 1 ELSE 0 END",
                stored: false);

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

            migrationBuilder.Sql("""
                UPDATE "Users" SET
                    "NormalizedFullName" = COALESCE(upper(json_extract("Profile", '$.full_name')), ''),
                    "SignedInAt" = COALESCE((SELECT "CurrentLoginAt" FROM "LoginInformation" WHERE "UserId" = "Id"), 0);
                """);
            // The index of every three letters, over what is searched: kept by triggers, which no code can forget.
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "UserText" USING fts5(
                    "NormalizedEmail", "NormalizedUserName", "NormalizedFullName",
                    content='Users', content_rowid='Id', tokenize='trigram case_sensitive 1');
                INSERT INTO "UserText"("UserText") VALUES ('rebuild');
                """);
            migrationBuilder.Sql(UserTextSchema.SqliteManyRows.After);
            migrationBuilder.Sql("""
                CREATE TRIGGER "UserText_Delete" AFTER DELETE ON "Users" BEGIN
                    INSERT INTO "UserText"("UserText", rowid, "NormalizedEmail", "NormalizedUserName", "NormalizedFullName")
                    VALUES ('delete', old."Id", old."NormalizedEmail", old."NormalizedUserName", old."NormalizedFullName");
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "UserText_Update" AFTER UPDATE OF "NormalizedEmail", "NormalizedUserName", "NormalizedFullName" ON "Users"
                WHEN old."NormalizedEmail" IS NOT new."NormalizedEmail"
                    OR old."NormalizedUserName" IS NOT new."NormalizedUserName"
                    OR old."NormalizedFullName" IS NOT new."NormalizedFullName"
                BEGIN
                    INSERT INTO "UserText"("UserText", rowid, "NormalizedEmail", "NormalizedUserName", "NormalizedFullName")
                    VALUES ('delete', old."Id", old."NormalizedEmail", old."NormalizedUserName", old."NormalizedFullName");
                    INSERT INTO "UserText"(rowid, "NormalizedEmail", "NormalizedUserName", "NormalizedFullName")
                    VALUES (new."Id", new."NormalizedEmail", new."NormalizedUserName", new."NormalizedFullName");
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "UserText_Insert";
                DROP TRIGGER "UserText_Delete";
                DROP TRIGGER "UserText_Update";
                DROP TABLE "UserText";
                """);

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
