using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace FinConsole.Core.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SecurityReview : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_At",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Ip_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_MemberId_Id",
                table: "LoginAttempts");

            migrationBuilder.AddColumn<int>(
                name: "SessionHours",
                table: "Tenants",
                type: "integer",
                nullable: false,
                defaultValue: 12);

            migrationBuilder.AddColumn<int>(
                name: "SessionIdleMinutes",
                table: "Tenants",
                type: "integer",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<int>(
                name: "LoginHistoryDays",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 400);

            migrationBuilder.AddColumn<int>(
                name: "RiskHigh",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 60);

            migrationBuilder.AddColumn<int>(
                name: "RiskMedium",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<string>(
                name: "RiskWeights",
                table: "TenantPolicies",
                type: "character varying(600)",
                maxLength: 600,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RotateDevelopmentDays",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 180);

            migrationBuilder.AddColumn<int>(
                name: "RotateEncryptionKeyDays",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 365);

            migrationBuilder.AddColumn<int>(
                name: "RotateProductionDays",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 90);

            migrationBuilder.AddColumn<int>(
                name: "RotateStagingDays",
                table: "TenantPolicies",
                type: "integer",
                nullable: false,
                defaultValue: 180);

            migrationBuilder.AddColumn<bool>(
                name: "MustResetPassword",
                table: "Members",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Country",
                table: "LoginAttempts",
                type: "character varying(2)",
                maxLength: 2,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "LoginAttempts",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FinishedAt",
                table: "LoginAttempts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Flagged",
                table: "LoginAttempts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Level",
                table: "LoginAttempts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Mark",
                table: "LoginAttempts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MarkedAt",
                table: "LoginAttempts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MarkedBy",
                table: "LoginAttempts",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Network",
                table: "LoginAttempts",
                type: "character varying(43)",
                maxLength: 43,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Score",
                table: "LoginAttempts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "TokenId",
                table: "LoginAttempts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Undecided",
                table: "LoginAttempts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<string>(
                name: "ResourceName",
                table: "AuditEntries",
                type: "character varying(320)",
                maxLength: 320,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(320)",
                oldMaxLength: 320);

            migrationBuilder.AlterColumn<string>(
                name: "ActorName",
                table: "AuditEntries",
                type: "character varying(320)",
                maxLength: 320,
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(320)",
                oldMaxLength: 320);

            migrationBuilder.CreateTable(
                name: "AccountTraits",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    SignIns = table.Column<int>(type: "integer", nullable: false),
                    FirstAttemptId = table.Column<long>(type: "bigint", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountTraits", x => new { x.TenantId, x.MemberId, x.Kind, x.Value });
                });

            migrationBuilder.CreateTable(
                name: "AuditVolumeMarks",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditVolumeMarks", x => x.TenantId);
                });

            migrationBuilder.CreateTable(
                name: "AuditVolumes",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hour = table.Column<int>(type: "integer", nullable: false),
                    Action = table.Column<int>(type: "integer", nullable: false),
                    Result = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditVolumes", x => new { x.TenantId, x.Hour, x.Action, x.Result });
                });

            migrationBuilder.CreateTable(
                name: "Leases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Holder = table.Column<Guid>(type: "uuid", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "LoginNotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    AttemptId = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LoginNotes", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_Flagged",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "At", "Id", "Flagged", "Level" },
                filter: "\"Flagged\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_Suspicious",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "At", "Id" },
                filter: "\"Level\" >= 2");

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Account_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Account", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Country_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Country", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Ip_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Ip", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_MemberId_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "MemberId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Network_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Network", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Outcome_At_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Outcome", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_Waiting",
                table: "LoginAttempts",
                column: "Id",
                filter: "\"Level\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TenantId_ActorId_Sequence",
                table: "AuditEntries",
                columns: new[] { "TenantId", "ActorId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TenantId_Ip_Sequence",
                table: "AuditEntries",
                columns: new[] { "TenantId", "Ip", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TenantId_Resource_Sequence",
                table: "AuditEntries",
                columns: new[] { "TenantId", "Resource", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TenantId_ResourceName_Sequence",
                table: "AuditEntries",
                columns: new[] { "TenantId", "ResourceName", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TenantId_Result_Sequence",
                table: "AuditEntries",
                columns: new[] { "TenantId", "Result", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AccountTraits_TenantId_LastAt",
                table: "AccountTraits",
                columns: new[] { "TenantId", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginNotes_TenantId_AttemptId_Id",
                table: "LoginNotes",
                columns: new[] { "TenantId", "AttemptId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountTraits");

            migrationBuilder.DropTable(
                name: "AuditVolumeMarks");

            migrationBuilder.DropTable(
                name: "AuditVolumes");

            migrationBuilder.DropTable(
                name: "Leases");

            migrationBuilder.DropTable(
                name: "LoginNotes");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_Flagged",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_Suspicious",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Account_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Country_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Ip_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_MemberId_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Network_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_TenantId_Outcome_At_Id",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_LoginAttempts_Waiting",
                table: "LoginAttempts");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_TenantId_ActorId_Sequence",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_TenantId_Ip_Sequence",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_TenantId_Resource_Sequence",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_TenantId_ResourceName_Sequence",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_TenantId_Result_Sequence",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "SessionHours",
                table: "Tenants");

            migrationBuilder.DropColumn(
                name: "SessionIdleMinutes",
                table: "Tenants");

            migrationBuilder.DropColumn(
                name: "LoginHistoryDays",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RiskHigh",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RiskMedium",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RiskWeights",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RotateDevelopmentDays",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RotateEncryptionKeyDays",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RotateProductionDays",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "RotateStagingDays",
                table: "TenantPolicies");

            migrationBuilder.DropColumn(
                name: "MustResetPassword",
                table: "Members");

            migrationBuilder.DropColumn(
                name: "Country",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Evidence",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "FinishedAt",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Flagged",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Level",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Mark",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "MarkedAt",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "MarkedBy",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Score",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "TokenId",
                table: "LoginAttempts");

            migrationBuilder.DropColumn(
                name: "Undecided",
                table: "LoginAttempts");

            migrationBuilder.AlterColumn<string>(
                name: "ResourceName",
                table: "AuditEntries",
                type: "character varying(320)",
                maxLength: 320,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(320)",
                oldMaxLength: 320,
                oldCollation: "C");

            migrationBuilder.AlterColumn<string>(
                name: "ActorName",
                table: "AuditEntries",
                type: "character varying(320)",
                maxLength: 320,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(320)",
                oldMaxLength: 320,
                oldCollation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_At",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_Ip_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "Ip", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LoginAttempts_TenantId_MemberId_Id",
                table: "LoginAttempts",
                columns: new[] { "TenantId", "MemberId", "Id" });
        }
    }
}
