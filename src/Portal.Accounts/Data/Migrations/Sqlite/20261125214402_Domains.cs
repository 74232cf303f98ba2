using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Domains : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "State",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Id",
                table: "Identities",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            // With its reference at once: one that is added later makes SQLite build the table anew, outside the transaction.
            migrationBuilder.Sql("""
                ALTER TABLE "EmailDomains" ADD "CategoryId" INTEGER NULL
                    CONSTRAINT "FK_EmailDomains_DomainCategories_CategoryId" REFERENCES "DomainCategories" ("Id") ON DELETE SET NULL;
                """);

            migrationBuilder.AddColumn<string>(
                name: "FlagSource",
                table: "EmailDomains",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsFlagged",
                table: "EmailDomains",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // With its reference at once: one that is added later makes SQLite build the table anew, outside the transaction.
            migrationBuilder.Sql("""
                ALTER TABLE "EmailDomains" ADD "OrganisationId" INTEGER NULL
                    CONSTRAINT "FK_EmailDomains_Organisations_OrganisationId" REFERENCES "Organisations" ("Id") ON DELETE SET NULL;
                """);

            migrationBuilder.CreateTable(
                name: "DomainCategories",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DomainCategories", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Organisations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Identifier = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    ParentId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Organisations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Organisations_Organisations_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // Where operators begin; from then on the list is theirs.
            migrationBuilder.Sql("INSERT INTO \"DomainCategories\" (\"Name\") VALUES ('company'), ('organization'), ('mail-provider'), ('spammer');");

            // What is there gets what new rows are given.
            migrationBuilder.Sql("UPDATE \"Identities\" SET \"Id\" = lower(hex(randomblob(16)));");
            migrationBuilder.Sql("UPDATE \"OutboxMails\" SET \"State\" = CASE WHEN \"SentAt\" IS NOT NULL THEN 3 WHEN \"FailedAt\" IS NOT NULL THEN 4 WHEN \"Attempts\" > 0 THEN 2 ELSE 0 END;");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_State_Id",
                table: "OutboxMails",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Identities_CreatedAt_Id",
                table: "Identities",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Identities_Id",
                table: "Identities",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Identities_LoginProvider_CreatedAt_Id",
                table: "Identities",
                columns: new[] { "LoginProvider", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Identities_ProviderKey_Id",
                table: "Identities",
                columns: new[] { "ProviderKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_CategoryId",
                table: "EmailDomains",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_CreatedAt_Id",
                table: "EmailDomains",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_IsFlagged_Name_Id",
                table: "EmailDomains",
                columns: new[] { "IsFlagged", "Name", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_OrganisationId",
                table: "EmailDomains",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_Status_Name_Id",
                table: "EmailDomains",
                columns: new[] { "Status", "Name", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EmailDomains_UpdatedAt_Id",
                table: "EmailDomains",
                columns: new[] { "UpdatedAt", "Id" });


            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Ip_Id",
                table: "AuditEvents",
                columns: new[] { "Ip", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_DomainCategories_Name",
                table: "DomainCategories",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_Identifier",
                table: "Organisations",
                column: "Identifier",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Organisations_ParentId",
                table: "Organisations",
                column: "ParentId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_EmailDomains_DomainCategories_CategoryId",
                table: "EmailDomains");

            migrationBuilder.DropForeignKey(
                name: "FK_EmailDomains_Organisations_OrganisationId",
                table: "EmailDomains");

            migrationBuilder.DropTable(
                name: "DomainCategories");

            migrationBuilder.DropTable(
                name: "Organisations");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_State_Id",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_Identities_CreatedAt_Id",
                table: "Identities");

            migrationBuilder.DropIndex(
                name: "IX_Identities_Id",
                table: "Identities");

            migrationBuilder.DropIndex(
                name: "IX_Identities_LoginProvider_CreatedAt_Id",
                table: "Identities");

            migrationBuilder.DropIndex(
                name: "IX_Identities_ProviderKey_Id",
                table: "Identities");

            migrationBuilder.DropIndex(
                name: "IX_EmailDomains_CategoryId",
                table: "EmailDomains");

            migrationBuilder.DropIndex(
                name: "IX_EmailDomains_CreatedAt_Id",
                table: "EmailDomains");

            migrationBuilder.DropIndex(
                name: "IX_EmailDomains_IsFlagged_Name_Id",
                table: "EmailDomains");

            migrationBuilder.DropIndex(
                name: "IX_EmailDomains_OrganisationId",
                table: "EmailDomains");

            migrationBuilder.DropIndex(
                name: "IX_EmailDomains_Status_Name_Id",
                table: "EmailDomains");

            migrationBuilder.DropIndex(
                name: "IX_EmailDomains_UpdatedAt_Id",
                table: "EmailDomains");


            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_Ip_Id",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "State",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "Id",
                table: "Identities");

            migrationBuilder.DropColumn(
                name: "CategoryId",
                table: "EmailDomains");

            migrationBuilder.DropColumn(
                name: "FlagSource",
                table: "EmailDomains");

            migrationBuilder.DropColumn(
                name: "IsFlagged",
                table: "EmailDomains");

            migrationBuilder.DropColumn(
                name: "OrganisationId",
                table: "EmailDomains");
        }
    }
}
