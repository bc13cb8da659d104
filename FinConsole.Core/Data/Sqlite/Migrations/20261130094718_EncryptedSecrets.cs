using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FinConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EncryptedSecrets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "RequireEncryptedSecrets",
                table: "TenantPolicies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "OaepClients",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sender = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Hash = table.Column<int>(type: "INTEGER", nullable: false),
                    Mgf1 = table.Column<int>(type: "INTEGER", nullable: false),
                    Account = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    Ip = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Fields = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OaepClients", x => new { x.TenantId, x.Sender, x.Name, x.Hash, x.Mgf1 });
                    table.ForeignKey(
                        name: "FK_OaepClients_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OaepClients_TenantId_LastSeenAt",
                table: "OaepClients",
                columns: new[] { "TenantId", "LastSeenAt" });

            // Who was seen to pad with MGF1-SHA-1 stays known: SHA-256 (2) for the hash, SHA-1 (0) for the mask. A name is a service token's (1)
            // or what a member's program called itself (2).
            migrationBuilder.Sql(
                """
                INSERT INTO "OaepClients" ("TenantId", "Sender", "Name", "Hash", "Mgf1", "FirstSeenAt", "LastSeenAt", "Fields")
                SELECT "TenantId",
                    CASE WHEN EXISTS (SELECT 1 FROM "ServiceTokens" WHERE "ServiceTokens"."Name" = "Mgf1Clients"."Name") THEN 1 ELSE 2 END,
                    "Name", 2, 0, "FirstSeenAt", "LastSeenAt", "Fields"
                FROM "Mgf1Clients"
                """);

            migrationBuilder.DropTable(
                name: "Mgf1Clients");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OaepClients");

            migrationBuilder.DropColumn(
                name: "RequireEncryptedSecrets",
                table: "TenantPolicies");

            migrationBuilder.CreateTable(
                name: "Mgf1Clients",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Fields = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mgf1Clients", x => new { x.TenantId, x.Name });
                    table.ForeignKey(
                        name: "FK_Mgf1Clients_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Mgf1Clients_TenantId_LastSeenAt",
                table: "Mgf1Clients",
                columns: new[] { "TenantId", "LastSeenAt" });
        }
    }
}
