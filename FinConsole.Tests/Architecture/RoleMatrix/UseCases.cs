using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Checklist;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Policies;
using FinConsole.Core.Profile;
using FinConsole.Core.SavedViews;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.FollowUps;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.Team;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;

namespace FinConsole.Tests.Architecture.RoleMatrix;

/// <summary>The matrix, after product.md, "People and rights": a use case without a line here fails the test that finds them all.</summary>
internal static class UseCases
{
    private const string Everybody = "admin developer reviewer cashier";
    private const string Members = "admin developer reviewer";
    private const string Builders = "admin developer";
    private const string Reviewers = "admin reviewer";
    private const string Admins = "admin";

    /// <summary>A token's own.</summary>
    private const string Nobody = "";

    public static readonly IReadOnlyList<UseCase> All = [.. Tokens(), .. Usage(), .. Keys(), .. Team(), .. Review(), .. Logins(), .. Views(), .. Policy(), .. OwnAccount(), .. OwnSecondFactor()];

    private static UseCase[] Tokens() =>
    [
        new("CreateApiToken.HandleAsync", Builders, async (scene, actor) => await scene.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(scene.Tenant, "Another"), actor, Stop)),
        new("AcknowledgeApiToken.HandleAsync", Builders, async (scene, actor) => await scene.Get<AcknowledgeApiToken>().HandleAsync(scene.PendingToken, actor, Stop)) { TakesId = true },
        new("VoidPendingToken.HandleAsync", Builders, async (scene, actor) => await scene.Get<VoidPendingToken>().HandleAsync(scene.PendingToken, actor, Stop)) { TakesId = true },
        new("RotateApiToken.HandleAsync", Builders, async (scene, actor) =>
            await scene.Get<RotateApiToken>().HandleAsync(new RotateApiTokenRequest(scene.Token, TokenOverlap.None, TokenSteps.CashierOf(scene.Tenant)), actor, Stop)) { TakesId = true },
        new("RegenerateOwnToken.HandleAsync", Nobody, async (scene, actor) => await scene.Get<RegenerateOwnToken>().HandleAsync(actor, Stop)),
        new("RetireApiToken.HandleAsync", Builders, async (scene, actor) => await scene.Get<RetireApiToken>().HandleAsync(scene.RotatedToken, actor, Stop)) { TakesId = true },
        new("InvalidateApiToken.HandleAsync", Builders, async (scene, actor) =>
            await scene.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(scene.Token, InvalidationReason.Other, null), actor, Stop)) { TakesId = true },
        new("ChangeSeveralTokens.InvalidateAsync", Builders, async (scene, actor) =>
            await scene.Get<ChangeSeveralTokens>().InvalidateAsync(new InvalidateApiTokensRequest([scene.Token], InvalidationReason.Other, null), actor, Stop)) { TakesId = true },
        new("ChangeSeveralTokens.SetDisabledAsync", Builders, async (scene, actor) =>
            await scene.Get<ChangeSeveralTokens>().SetDisabledAsync([scene.Token], true, actor, Stop)) { TakesId = true },
        new("SetTokenDisabled.HandleAsync", Builders, async (scene, actor) => await scene.Get<SetTokenDisabled>().HandleAsync(scene.Token, true, actor, Stop)) { TakesId = true },
        new("EditApiToken.HandleAsync", Builders, async (scene, actor) => await scene.Get<EditApiToken>().HandleAsync(new EditApiTokenRequest(scene.Token, "New"), actor, Stop)) { TakesId = true },
        new("ListTokenHolders.HandleAsync", Builders, async (scene, actor) => await scene.Get<ListTokenHolders>().HandleAsync(actor, Stop)),
        new("GetApiToken.HandleAsync", Members, async (scene, actor) => await scene.Get<GetApiToken>().HandleAsync(scene.Token, actor, Stop)) { TakesId = true },
        new("FindApiTokens.HandleAsync", Members, async (scene, actor) => await scene.Get<FindApiTokens>().HandleAsync([scene.Token], actor, Stop)) { TakesId = true, FindsNothing = true },
        new("LookUpApiTokens.HandleAsync", Members, async (scene, actor) => await scene.Get<LookUpApiTokens>().HandleAsync("token", actor, Stop)),
        new("ListApiTokens.HandleAsync", Members, async (scene, actor) => await scene.Get<ListApiTokens>().HandleAsync(new TokenFilter(), actor, Stop)),
        new("CountApiTokens.HandleAsync", Members, async (scene, actor) => await scene.Get<CountApiTokens>().HandleAsync(actor, Stop)),
        new("ListTokensNeedingAttention.HandleAsync", Members, async (scene, actor) => await scene.Get<ListTokensNeedingAttention>().HandleAsync(actor, Stop)),
        new("ListTokensOfMember.HandleAsync", Members, async (scene, actor) => await scene.Get<ListTokensOfMember>().HandleAsync(scene.Member, actor, Stop)) { TakesId = true, FindsNothing = true },
        new("IdentifyApiToken.HandleAsync", Members, async (scene, actor) =>
        {
            // The answer that it gives to whom it answers at all: there is no such token.
            var answer = await scene.Get<IdentifyApiToken>().HandleAsync(new string('0', 64), actor, Stop);
            return answer.Error == ApiTokenErrors.NotFound ? null : (object?)answer;
        }),
    ];

    private static UseCase[] Usage() =>
    [
        new("ShowUsage.HandleAsync", Members, async (scene, actor) => await scene.Get<ShowUsage>().HandleAsync(
            new UsageQuery(scene.Core.Time.GetUtcNow().AddDays(-1), scene.Core.Time.GetUtcNow(), UsageUnit.Hour), TimeZoneInfo.Utc, actor, Stop)),
        new("ShowTokenTraffic.HandleAsync", Members, async (scene, actor) => await scene.Get<ShowTokenTraffic>().HandleAsync([scene.Token], actor, Stop)) { TakesId = true, FindsNothing = true },
    ];

    private static UseCase[] Keys() =>
    [
        new("GetEncryptionKey.HandleAsync", Builders, async (scene, actor) => await scene.Get<GetEncryptionKey>().HandleAsync(actor, Stop)),
        new("ListEncryptionKeys.HandleAsync", Builders, async (scene, actor) => await scene.Get<ListEncryptionKeys>().HandleAsync(null, 10, actor, Stop)),
        new("TryCiphertext.HandleAsync", Builders, async (scene, actor) => await scene.Get<TryCiphertext>().HandleAsync("AAAA", actor, Stop)),
        new("RotateEncryptionKey.HandleAsync", Builders, async (scene, actor) =>
            await scene.Get<RotateEncryptionKey>().HandleAsync(new RotateEncryptionKeyRequest(scene.Key, RotationReason.Other), actor, Stop)) { TakesId = true },
        new("ExportPrivateKey.HandleAsync", Admins, async (scene, actor) => await scene.Get<ExportPrivateKey>().HandleAsync(new Secret("orchard copper lantern 82"), actor, Stop)),
        new("ListOaepClients.HandleAsync", Builders, async (scene, actor) => await scene.Get<ListOaepClients>().HandleAsync(actor, Stop)),
        new("GetPublicKey.HandleAsync", Everybody, async (scene, actor) => await scene.Get<GetPublicKey>().HandleAsync(actor, Stop)),
        new("RotateKeyByProgram.HandleAsync", Builders, async (scene, actor) =>
            await scene.Get<RotateKeyByProgram>().HandleAsync(new RotateKeyByProgramRequest(await EncryptAsync(scene, TestMember.Password), null), actor, Stop)),
        new("ChangePasswordByProgram.HandleAsync", Everybody, async (scene, actor) => await scene.Get<ChangePasswordByProgram>()
            .HandleAsync(await EncryptAsync(scene, TestMember.Password), await EncryptAsync(scene, "nine copper lanterns at dusk"), actor, Stop)),
        new("DecryptOwnSecret.HandleAsync", Everybody, async (scene, actor) =>
            await scene.Get<DecryptOwnSecret>().HandleAsync(await EncryptAsync(scene, TestMember.Password), "Password", actor, Stop)),
        new("DecryptOwnSecret.ReadAsync", Everybody, async (scene, actor) =>
            await scene.Get<DecryptOwnSecret>().ReadAsync(
                new Secret(await EncryptAsync(scene, TestMember.Password)), "Password", Permission.UseOwnAccount, actor, Stop)),
        new("ConfirmByProgram.HandleAsync", Everybody, async (scene, actor) =>
            await scene.Get<ConfirmByProgram>().HandleAsync(
                new Secret(await EncryptAsync(scene, TestMember.Password)), new Secret(""), "Totp", actor, Stop)),
        new("DecryptPayload.HandleAsync", "", async (scene, actor) =>
            await scene.Get<DecryptPayload>().HandleAsync(new DecryptPayloadRequest(scene.Tenant.Id, null, new Dictionary<string, string> { ["pin"] = "AAAA" }), actor, Stop)),
        new("ExportPrivateKey.FindOwnerAsync", Everybody, async (scene, actor) => await scene.Get<ExportPrivateKey>().FindOwnerAsync(actor, Stop)) { Unguarded = true },
    ];

    private static UseCase[] Team() =>
    [
        new("InviteMember.HandleAsync", Admins, async (scene, actor) =>
            await scene.Get<InviteMember>().HandleAsync(new InviteMemberRequest($"new@{scene.Tenant.Id:N}.example", null, Role.Cashier), actor, Stop)),
        new("ResendInvitation.HandleAsync", Admins, async (scene, actor) => await scene.Get<ResendInvitation>().HandleAsync(scene.Invitation, actor, Stop)) { TakesId = true },
        new("RevokeInvitation.HandleAsync", Admins, async (scene, actor) => await scene.Get<RevokeInvitation>().HandleAsync(scene.Invitation, actor, Stop)) { TakesId = true },
        new("ChangeRole.HandleAsync", Admins, async (scene, actor) => await scene.Get<ChangeRole>().HandleAsync(scene.Member, Role.Cashier, actor, Stop)) { TakesId = true },
        new("PreviewDeactivation.HandleAsync", Admins, async (scene, actor) => await scene.Get<PreviewDeactivation>().HandleAsync(scene.Member, actor, Stop)) { TakesId = true },
        new("DeactivateMember.HandleAsync", Admins, async (scene, actor) => await scene.Get<DeactivateMember>().HandleAsync(scene.Member, actor, Stop)) { TakesId = true },
        new("ReactivateMember.HandleAsync", Admins, async (scene, actor) => await scene.Get<ReactivateMember>().HandleAsync(scene.FormerMember, actor, Stop)) { TakesId = true },
        new("ResetMemberMfa.HandleAsync", Admins, async (scene, actor) => await scene.Get<ResetMemberMfa>().HandleAsync(scene.Member, actor, Stop)) { TakesId = true },
        new("LookUpMembers.HandleAsync", Admins, async (scene, actor) => await scene.Get<LookUpMembers>().HandleAsync("member", actor, Stop)),
        new("ListMembers.HandleAsync", Admins, async (scene, actor) => await scene.Get<ListMembers>().HandleAsync(new MemberFilter(), actor, Stop)),
        new("ListInvitations.HandleAsync", Admins, async (scene, actor) => await scene.Get<ListInvitations>().HandleAsync(actor, Stop)),
        new("CountTeam.HandleAsync", Admins, async (scene, actor) => await scene.Get<CountTeam>().HandleAsync(actor, Stop)),
    ];

    private static UseCase[] Review() =>
    [
        new("ListAuditEntries.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<ListAuditEntries>().HandleAsync(new AuditFilter(), actor, Stop)),
        new("SearchAuditLog.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<SearchAuditLog>().HandleAsync(AuditSearch.Everything, null, 50, actor, Stop)),
        new("FollowAuditLog.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<FollowAuditLog>().HandleAsync(AuditSearch.Everything, 0, 50, actor, Stop)),
        new("FollowAuditLog.StreamAsync", Reviewers, async (scene, actor) => await scene.Get<FollowAuditLog>().StreamAsync(AuditSearch.Everything, 0, actor, Stop)),
        new("ShowAuditVolume.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<ShowAuditVolume>().HandleAsync(AuditSearch.Everything, TimeZoneInfo.Utc, actor, Stop)),
        new("RecentAuditNames.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<RecentAuditNames>().HandleAsync(actor, Stop)),
        new("ExportAuditLog.HandleAsync", Reviewers, async (scene, actor) =>
            await scene.Get<ExportAuditLog>().HandleAsync(AuditSearch.Everything, "", ExportFormat.Csv, actor, null, Stop)),
        new("ShowCorrelated.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<ShowCorrelated>().HandleAsync("c0ffee", 1, actor, Stop)),
        new("VerifyAuditChain.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<VerifyAuditChain>().HandleAsync(null, actor, null, Stop)),
        new("MakeAuditCheckpoint.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<MakeAuditCheckpoint>().HandleAsync(actor, Stop)),
    ];

    private static UseCase[] Views() =>
    [
        new("ListSavedViews.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<ListSavedViews>().HandleAsync(SavedViewList.AuditLog, actor, Stop)),
        new("SaveView.HandleAsync", Admins, async (scene, actor) =>
            await scene.Get<SaveView>().HandleAsync(new SaveViewRequest(SavedViewList.AuditLog, "Another", "q=policy", Shared: true), actor, Stop)),
        new("EditSavedView.HandleAsync", Admins, async (scene, actor) =>
            await scene.Get<EditSavedView>().HandleAsync(new EditSavedViewRequest(new SavedViewKey(scene.View, SavedViewList.AuditLog, Shared: true), "New"), actor, Stop)) { TakesId = true },
        new("DeleteSavedView.HandleAsync", Admins, async (scene, actor) =>
            await scene.Get<DeleteSavedView>().HandleAsync(new SavedViewKey(scene.View, SavedViewList.AuditLog, Shared: true), actor, Stop)) { TakesId = true },
    ];

    private static UseCase[] Logins() =>
    [
        new("ListLoginAttempts.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<ListLoginAttempts>().HandleAsync(new LoginFilter(), actor, Stop)),
        new("GetLoginAttempt.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<GetLoginAttempt>().HandleAsync(scene.Attempt, actor, Stop)) { TakesId = true },
        new("ExportLoginAttempts.HandleAsync", Reviewers, async (scene, actor) =>
            await scene.Get<ExportLoginAttempts>().HandleAsync(new LoginFilter(), "", ExportFormat.Csv, null, actor, Stop)),
        new("MarkLoginAttempt.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<MarkLoginAttempt>().HandleAsync(scene.Attempt, LoginMark.NotMe, actor, Stop)) { TakesId = true },
        new("AddLoginNote.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<AddLoginNote>().HandleAsync(scene.Attempt, "Called them.", actor, Stop)) { TakesId = true },
        new("EndSessionsOfAttempt.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<EndSessionsOfAttempt>().HandleAsync(scene.Attempt, actor, Stop)) { TakesId = true },
        new("DemandPasswordReset.HandleAsync", Reviewers, async (scene, actor) => await scene.Get<DemandPasswordReset>().HandleAsync(scene.Attempt, actor, Stop)) { TakesId = true },
    ];

    private static UseCase[] Policy() =>
    [
        new("GetPolicy.HandleAsync", Admins, async (scene, actor) => await scene.Get<GetPolicy>().HandleAsync(actor, Stop)),
        new("UpdatePolicy.HandleAsync", Admins, async (scene, actor) =>
        {
            var policy = (await scene.Get<GetPolicy>().HandleAsync(scene.Tenant.Admin.Actor, Stop)).Value!;
            return await scene.Get<UpdatePolicy>().HandleAsync(policy.Settings with { DecryptOnlyHours = 4 }, policy.Version, actor, Stop);
        }),
        new("PreviewSessionLimits.HandleAsync", Admins, async (scene, actor) => await scene.Get<PreviewSessionLimits>().HandleAsync(SessionLimits.Default, actor, Stop)),
        new("PreviewRotation.HandleAsync", Admins, async (scene, actor) => await scene.Get<PreviewRotation>().HandleAsync(RotationPolicy.Default, actor, Stop)),
        new("PreviewRetention.HandleAsync", Admins, async (scene, actor) => await scene.Get<PreviewRetention>().HandleAsync(400, actor, Stop)),
        new("ReplayRisk.HandleAsync", Admins, async (scene, actor) => await scene.Get<ReplayRisk>().HandleAsync(RiskPolicy.Default, actor, Stop)),
    ];

    private static UseCase[] OwnAccount() =>
    [
        new("GetSetupChecklist.HandleAsync", Admins, async (scene, actor) => await scene.Get<GetSetupChecklist>().HandleAsync(actor, Stop)),
        new("DismissSetupChecklist.HandleAsync", Admins, async (scene, actor) => await scene.Get<DismissSetupChecklist>().HandleAsync(actor, Stop)),
        new("GetProfile.HandleAsync", Everybody, async (scene, actor) => await scene.Get<GetProfile>().HandleAsync(actor, Stop)),
        new("UpdateProfile.HandleAsync", Everybody, async (scene, actor) => await scene.Get<UpdateProfile>().HandleAsync(new ProfileChange("Zoë", null, ThemeChoice.Dark), actor, Stop)),
        new("RequestEmailChange.HandleAsync", Everybody, async (scene, actor) =>
            await scene.Get<RequestEmailChange>().HandleAsync($"other@{actor.Id:N}.example", TestMember.Secret, actor, Stop)),
        new("ChangePassword.HandleAsync", Everybody, async (scene, actor) =>
            await scene.Get<ChangePassword>().HandleAsync(TestMember.Secret, new Secret("nine copper lanterns at dusk"), actor, Stop)),
        new("ChangePassword.FindOwnerAsync", Everybody, async (scene, actor) => await scene.Get<ChangePassword>().FindOwnerAsync(actor, Stop)) { Unguarded = true },
        new("ListSessions.HandleAsync", Everybody, async (scene, actor) => await scene.Get<ListSessions>().HandleAsync(actor, Stop)),
        new("EndSession.HandleAsync", Everybody, async (scene, actor) => await scene.Get<EndSession>().HandleAsync(scene.Session, actor, Stop)) { TakesId = true },
        new("EndOtherSessions.HandleAsync", Everybody, async (scene, actor) => await scene.Get<EndOtherSessions>().HandleAsync(actor, Stop)),
        new("EndReplacedSession.HandleAsync", Everybody, async (scene, actor) =>
        {
            await scene.Get<EndReplacedSession>().HandleAsync(actor, Stop);
            return null;
        }) { Unguarded = true },
        // Whoever shows a token may end it; the actor is the server that asks.
        new("RevokeAccess.HandleAsync", Everybody, async (scene, actor) => await scene.Get<RevokeAccess>().HandleAsync(new Secret("x"), actor, TestTenants.Origin, Stop)) { Unguarded = true },
        new("RevokeApiToken.HandleAsync", Everybody, async (scene, actor) => await scene.Get<RevokeApiToken>().HandleAsync("x", actor, TestTenants.Origin, Stop)) { Unguarded = true },
        new("SignOut.HandleAsync", Everybody, async (scene, actor) =>
        {
            await scene.Get<SignOut>().HandleAsync(actor, Stop);
            return null;
        }) { Unguarded = true },
    ];

    private static UseCase[] OwnSecondFactor() =>
    [
        new("GetMfa.HandleAsync", Everybody, async (scene, actor) => await scene.Get<GetMfa>().HandleAsync(actor, Stop)),
        new("BeginMfaEnrolment.HandleAsync", Everybody, async (scene, actor) => await scene.Get<BeginMfaEnrolment>().HandleAsync(actor, Stop)),
        new("ConfirmMfaEnrolment.HandleAsync", Everybody, async (scene, actor) => await scene.Get<ConfirmMfaEnrolment>().HandleAsync(scene.Phone!.Code(), actor, Stop))
        {
            PrepareAsync = async (scene, actor) => scene.Phone = new Authenticator(scene.Core, await scene.Core.BeginAsync(actor), []),
        },
        new("ConfirmByProgram.EnrolAsync", Everybody, async (scene, actor) => await scene.Get<ConfirmByProgram>().EnrolAsync(scene.Phone!.Code(), actor, Stop))
        {
            PrepareAsync = async (scene, actor) => scene.Phone = new Authenticator(scene.Core, await scene.Core.BeginAsync(actor), []),
        },
        new("RenewRecoveryCodes.HandleAsync", Everybody, async (scene, actor) => await scene.Get<RenewRecoveryCodes>().HandleAsync(actor, Stop)) { PrepareAsync = EnrolAsync },
        new("TurnOffMfa.HandleAsync", Everybody, async (scene, actor) => await scene.Get<TurnOffMfa>().HandleAsync(actor, Stop)) { PrepareAsync = EnrolAsync },
        new("ConfirmIdentity.AskAsync", Everybody, async (scene, actor) => await scene.Get<ConfirmIdentity>().AskAsync(actor, Stop)),
        new("ConfirmIdentity.HandleAsync", Everybody, async (scene, actor) => await scene.Get<ConfirmIdentity>().HandleAsync(TestMember.Secret, new Secret(""), actor, Stop)),
    ];

    private static async Task<string> EncryptAsync(Scene scene, string plaintext) => KeySteps.Encrypt(await scene.Core.CurrentKeyAsync(scene.Tenant), plaintext);

    private static async Task EnrolAsync(Scene scene, Actor actor) => scene.Phone = await scene.Core.EnrolAsync(scene.Tenant.Admin, actor);
}
