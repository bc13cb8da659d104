using FinConsole.Core.AuditLog;
using Xunit;

namespace FinConsole.Tests.AuditLog;

/// <summary>Numbers and names of actions, as written into logs that nobody can rewrite. A line here is added, never changed.</summary>
public sealed class AuditActionTests
{
    private const string Golden = """
        1 tenant.onboard
        2 tenant.close
        20 session.start
        21 session.end
        22 session.end-others
        23 session.confirm
        24 session.end-by-reviewer
        25 session.refresh
        26 session.refresh-reuse
        30 access.refused
        40 profile.update
        41 email.change-request
        42 email.change
        43 password.change
        44 password.reset-request
        45 password.reset
        46 password.reset-demand
        50 mfa.enrol
        51 mfa.turn-off
        52 mfa.recovery-codes
        53 mfa.reset
        60 member.add
        61 member.deactivate
        62 member.reactivate
        63 member.role-change
        64 member.invite
        65 member.invite-resend
        66 member.invite-revoke
        67 member.invite-accept
        100 token.create
        101 token.acknowledge
        102 token.rotate
        103 token.retire
        104 token.invalidate
        105 token.disable
        106 token.enable
        107 token.edit
        108 token.void
        109 token.expire
        110 token.remind
        111 token.refuse
        120 encryption-key.rotate
        121 encryption-key.export
        122 encryption-key.erase
        123 encryption-key.decrypt
        130 policy.update
        140 login.mark
        141 login.note
        142 login.export
        143 login.prune
        150 service-token.add
        151 service-token.revoke
        160 saved-view.create
        161 saved-view.edit
        162 saved-view.delete
        200 audit.verify
        201 audit.checkpoint
        202 audit.export
        203 audit.register
        """;

    [Fact]
    public void Numbers_and_names_never_change_meaning() =>
        Assert.Equal(Golden.ReplaceLineEndings("\n"), string.Join('\n', Enum.GetValues<AuditAction>().Select(action => $"{(int)action} {action.Name()}")));

    [Fact]
    public void Every_action_is_listed_once_and_found_by_its_name()
    {
        Assert.Equal(Enum.GetValues<AuditAction>().Order(), AuditActions.All.Order());
        Assert.All(AuditActions.All, action => Assert.Equal(action, AuditActions.Parse(action.Name().ToUpperInvariant())));
        Assert.Null(AuditActions.Parse("no.such"));
    }
}
