using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Accounts.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class UserCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What counts users is made by the last migration that changed it, from what the code holds of it today: a database
            // that is new would else be given it before its columns.
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Gone with the one that made it.
        }
    }
}
