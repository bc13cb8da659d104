using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FinConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HttpApi : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AllowMgf1Sha1",
                table: "TenantPolicies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Kind",
                table: "MemberSessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "EndsPredecessorOnUse",
                table: "ApiTokens",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "LastUsedEndpoint",
                table: "ApiTokens",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddUniqueConstraint(
                name: "AK_MemberSessions_TenantId_Id",
                table: "MemberSessions",
                columns: new[] { "TenantId", "Id" });

            migrationBuilder.CreateTable(
                name: "AccessTokenKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SignsFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PrivateKey = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessTokenKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Mgf1Clients",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Fields = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "OnceRecords",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ActorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Fingerprint = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnceRecords", x => new { x.TenantId, x.ActorId, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "RefreshTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    PredecessorId = table.Column<Guid>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReplacedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefreshTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RefreshTokens_MemberSessions_TenantId_SessionId",
                        columns: x => new { x.TenantId, x.SessionId },
                        principalTable: "MemberSessions",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    NameKey = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    LookupKey = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    Prefix = table.Column<string>(type: "TEXT", maxLength: 11, nullable: false),
                    LastFour = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceTokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TokenFailures",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    TokenId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    Ip = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TokenFailures", x => new { x.TenantId, x.Hour, x.TokenId, x.Reason, x.Ip });
                });

            migrationBuilder.CreateTable(
                name: "TokenScopeUses",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TokenId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    LastHour = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TokenScopeUses", x => new { x.TenantId, x.TokenId, x.Scope });
                });

            migrationBuilder.CreateTable(
                name: "UsageHours",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    TokenId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageHours", x => new { x.TenantId, x.Hour, x.TokenId, x.Endpoint, x.Status, x.Country });
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccessTokenKeys_SignsFrom",
                table: "AccessTokenKeys",
                column: "SignsFrom",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mgf1Clients_TenantId_LastSeenAt",
                table: "Mgf1Clients",
                columns: new[] { "TenantId", "LastSeenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OnceRecords_At",
                table: "OnceRecords",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_RefreshTokens_ExpiresAt",
                table: "RefreshTokens",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_RefreshTokens_Good",
                table: "RefreshTokens",
                column: "SessionId",
                unique: true,
                filter: "\"UsedAt\" IS NULL AND \"ReplacedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RefreshTokens_Hash",
                table: "RefreshTokens",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RefreshTokens_TenantId_PredecessorId",
                table: "RefreshTokens",
                columns: new[] { "TenantId", "PredecessorId" });

            migrationBuilder.CreateIndex(
                name: "IX_RefreshTokens_TenantId_SessionId",
                table: "RefreshTokens",
                columns: new[] { "TenantId", "SessionId" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTokens_LiveName",
                table: "ServiceTokens",
                column: "NameKey",
                unique: true,
                filter: "\"RevokedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTokens_LookupKey",
                table: "ServiceTokens",
                column: "LookupKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TokenFailures_Hour",
                table: "TokenFailures",
                column: "Hour");

            migrationBuilder.CreateIndex(
                name: "IX_UsageHours_TenantId_TokenId_Hour",
                table: "UsageHours",
                columns: new[] { "TenantId", "TokenId", "Hour" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessTokenKeys");

            migrationBuilder.DropTable(
                name: "Mgf1Clients");

            migrationBuilder.DropTable(
                name: "OnceRecords");

            migrationBuilder.DropTable(
                name: "RefreshTokens");

            migrationBuilder.DropTable(
                name: "ServiceTokens");

            migrationBuilder.DropTable(
                name: "TokenFailures");

            migrationBuilder.DropTable(
                name: "TokenScopeUses");

            migrationBuilder.DropTable(
                name: "UsageHours");

            migrationBuilder.DropUniqueConstraint(
                name: "AK_MemberSessions_TenantId_Id",
                table: "MemberSessions");

            migrationBuilder.DropColumn(
                name: "AllowMgf1Sha1",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "MemberSessions");

            migrationBuilder.DropColumn(
                name: "EndsPredecessorOnUse",
                table: "ApiTokens");

            migrationBuilder.DropColumn(
                name: "LastUsedEndpoint",
                table: "ApiTokens");
        }
    }
}
