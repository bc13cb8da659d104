using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FinConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccountsAndKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Members_TenantId_DisplayName",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_EncryptionKeys_TenantId_CreatedAt",
                table: "EncryptionKeys");

            migrationBuilder.AddColumn<bool>(
                name: "RequiresMfa",
                table: "Tenants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ConfirmedAt",
                table: "MemberSessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "CreatedBy",
                table: "EncryptionKeys",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecryptUntil",
                table: "EncryptionKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EndComment",
                table: "EncryptionKeys",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EndReason",
                table: "EncryptionKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EndedBy",
                table: "EncryptionKeys",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastUsedAt",
                table: "EncryptionKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UseCount",
                table: "EncryptionKeys",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "Invitations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    InvitedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    InvitedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndReason = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Invitations_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MemberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RecoveryCodes_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SignInChallenges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MemberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", fixedLength: true, maxLength: 32, nullable: false),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AttemptId = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SpentAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInChallenges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SignInChallenges_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TenantPolicies",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DecryptOnlyHours = table.Column<int>(type: "INTEGER", nullable: false),
                    PrivateKeyExport = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TenantPolicies", x => x.TenantId);
                    table.ForeignKey(
                        name: "FK_TenantPolicies_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TotpCredentials",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MemberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    LastStep = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TotpCredentials", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TotpCredentials_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Members_TenantId_CreatedAt_Id",
                table: "Members",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Members_TenantId_DisplayName_Id",
                table: "Members",
                columns: new[] { "TenantId", "DisplayName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Members_TenantId_LastSignInAt_Id",
                table: "Members",
                columns: new[] { "TenantId", "LastSignInAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EncryptionKeys_Current",
                table: "EncryptionKeys",
                column: "TenantId",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_EncryptionKeys_DecryptUntil",
                table: "EncryptionKeys",
                column: "DecryptUntil");

            migrationBuilder.CreateIndex(
                name: "IX_EncryptionKeys_TenantId_CreatedAt_Id",
                table: "EncryptionKeys",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_Hash",
                table: "Invitations",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_Pending",
                table: "Invitations",
                columns: new[] { "TenantId", "Email" },
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Invitations_TenantId_EndedAt_SentAt_Id",
                table: "Invitations",
                columns: new[] { "TenantId", "EndedAt", "SentAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RecoveryCodes_TenantId_MemberId_Hash",
                table: "RecoveryCodes",
                columns: new[] { "TenantId", "MemberId", "Hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SignInChallenges_Hash",
                table: "SignInChallenges",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SignInChallenges_TenantId_MemberId",
                table: "SignInChallenges",
                columns: new[] { "TenantId", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_TotpCredentials_TenantId_MemberId_Confirmed",
                table: "TotpCredentials",
                columns: new[] { "TenantId", "MemberId", "Confirmed" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Invitations");

            migrationBuilder.DropTable(
                name: "RecoveryCodes");

            migrationBuilder.DropTable(
                name: "SignInChallenges");

            migrationBuilder.DropTable(
                name: "TenantPolicies");

            migrationBuilder.DropTable(
                name: "TotpCredentials");

            migrationBuilder.DropIndex(
                name: "IX_Members_TenantId_CreatedAt_Id",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_Members_TenantId_DisplayName_Id",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_Members_TenantId_LastSignInAt_Id",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_EncryptionKeys_Current",
                table: "EncryptionKeys");

            migrationBuilder.DropIndex(
                name: "IX_EncryptionKeys_DecryptUntil",
                table: "EncryptionKeys");

            migrationBuilder.DropIndex(
                name: "IX_EncryptionKeys_TenantId_CreatedAt_Id",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "RequiresMfa",
                table: "Tenants");

            migrationBuilder.DropColumn(
                name: "ConfirmedAt",
                table: "MemberSessions");

            migrationBuilder.DropColumn(
                name: "CreatedBy",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "DecryptUntil",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "EndComment",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "EndReason",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "EndedBy",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "LastUsedAt",
                table: "EncryptionKeys");

            migrationBuilder.DropColumn(
                name: "UseCount",
                table: "EncryptionKeys");

            migrationBuilder.CreateIndex(
                name: "IX_Members_TenantId_DisplayName",
                table: "Members",
                columns: new[] { "TenantId", "DisplayName" });

            migrationBuilder.CreateIndex(
                name: "IX_EncryptionKeys_TenantId_CreatedAt",
                table: "EncryptionKeys",
                columns: new[] { "TenantId", "CreatedAt" });
        }
    }
}
