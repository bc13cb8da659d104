using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FinConsole.Core.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SealedSigningKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Seal",
                table: "AccessTokenKeys",
                type: "bytea",
                fixedLength: true,
                maxLength: 32,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Seal",
                table: "AccessTokenKeys");
        }
    }
}
