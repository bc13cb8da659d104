using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SavedViews;
using FinConsole.Core.Usage.Failures;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>
/// The words of entries' metadata, written down once more. Entries that were written hold them, and exports are verified with them: they
/// never change.
/// </summary>
public sealed class AuditWordTests
{
    private static readonly Dictionary<Type, string> Values = new()
    {
        [typeof(TokenEnvironment)] = "Development Staging Production",
        [typeof(TokenExpiry)] = "Hours24 Month1 Months3 Months6 Year1",
        [typeof(TokenOverlap)] = "None Hour1 Hours24 Days7",
        [typeof(InvalidationReason)] = "Compromised NoLongerNeeded MemberLeft Other",
        [typeof(RotationReason)] = "Scheduled Compromised Other",
        [typeof(Role)] = "TenantAdmin Developer SecurityReviewer Cashier",
        [typeof(Permission)] =
            "UseOwnAccount SetUpMfa UseConsole ReadTokens ManageTokens ReadEncryptionKeys RotateEncryptionKeys "
            + "ExportPrivateKey ReadUsage ReadLoginHistory AnnotateLoginHistory ReadAudit VerifyAudit HandleAlerts "
            + "ManageMembers ManagePolicy ShareViews RotateSelf DecryptPayloads",
        [typeof(ThemeChoice)] = "System Light Dark",
        [typeof(SessionEnd)] =
            "SignedOut EndedByMember PasswordChanged MfaChanged RoleChanged Deactivated TenantClosed EndedByReviewer "
            + "Replaced LimitChanged RefreshReused",
        [typeof(SessionKind)] = "Browser Program",
        [typeof(LoginMark)] = "ThisWasMe NotMe",
        [typeof(ExportFormat)] = "Csv Ndjson",
        [typeof(SavedViewList)] = "AuditLog LoginHistory",
        [typeof(TokenFailureReason)] = "Ended Disabled Pending IpNotAllowed ScopeMissing CashierInactive TenantClosed NotForTokens",
    };

    private const string Fields =
        "name email environment scopes allowlist holder cashier expiry expiresAt masked overlap overlapEndsAt "
        + "predecessor reason comment role right timeZone theme device count size head firstBad fingerprint domain "
        + "daysLeft previousAddress method codesLeft previousKey decryptUntil requireMfa decryptOnlyHours "
        + "privateKeyExport query format mark sessions before riskMedium riskHigh riskWeights sessionIdleMinutes "
        + "sessionHours rotateDevelopmentDays rotateStagingDays rotateProductionDays rotateEncryptionKeyDays "
        + "loginHistoryDays kind allowMgf1Sha1 failed hour requireEncryptedSecrets checklistDismissed list shared";

    [Fact]
    public void Every_field_has_the_name_that_it_always_had() =>
        Assert.Equal(Fields.Split(' '), Enum.GetValues<AuditField>().Select(field => AuditWords.Of(field)));

    [Fact]
    public void Every_value_of_an_enum_has_the_word_that_it_always_had() =>
        Assert.All(Values, pair => Assert.Equal(pair.Value.Split(' '), Enum.GetValues(pair.Key).Cast<Enum>().Select(AuditWords.Of)));

    [Fact]
    public void An_enum_without_words_is_not_written() =>
        Assert.Throws<KeyNotFoundException>(() => new AuditDetails().With(AuditField.Kind, DayOfWeek.Monday).ToJson());
}
