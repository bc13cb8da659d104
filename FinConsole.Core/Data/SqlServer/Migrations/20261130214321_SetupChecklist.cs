using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FinConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SetupChecklist : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ChecklistDismissed",
                table: "Members",
                type: "bit",
                nullable: false,
                defaultValue: false);

            // Who has tokens is past the first steps.
            migrationBuilder.Sql(
                """
                UPDATE "Members" SET "ChecklistDismissed" = 1 WHERE "TenantId" IN (SELECT "TenantId" FROM "ApiTokens")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ChecklistDismissed",
                table: "Members");
        }
    }
}
