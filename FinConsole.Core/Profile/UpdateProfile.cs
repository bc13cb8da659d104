using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Profile;

/// <param name="Name">1 to 80 characters.</param>
/// <param name="TimeZone">An IANA id; null follows the browser.</param>
/// <param name="Theme">Light, dark, or as the operating system says.</param>
public sealed record ProfileChange(string Name, string? TimeZone, ThemeChoice Theme);

/// <summary>Changes the actor's own name, time zone and theme.</summary>
public sealed class UpdateProfile(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(ProfileChange change, Actor actor, CancellationToken cancellationToken)
    {
        var subject = new AuditSubject(AuditResource.Member, actor.Id, actor.Name);
        var begun = await transactions.BeginAsync(actor, Permission.UseOwnAccount, AuditAction.ProfileUpdate, subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (Validate(change) is { Count: > 0 } faults)
            return Error.Invalid(faults);
        var member = await transaction.Db.Set<ConsoleUser>().SingleAsync(row => row.Id == actor.Id, cancellationToken);
        var name = PlainText.Clean(change.Name);
        var details = new AuditDetails()
            .Change(AuditField.Name, member.DisplayName, name)
            .Change(AuditField.TimeZone, member.TimeZone, change.TimeZone)
            .Change(AuditField.Theme, member.Theme, change.Theme);
        if (!details.HasChanges)
            return Result.Success;

        (member.DisplayName, member.TimeZone, member.Theme) = (name, change.TimeZone, change.Theme);
        transaction.Audit(AuditAction.ProfileUpdate, subject, details);
        transaction.Announce(ChangeKind.Member, actor.Id);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    private static Dictionary<string, string> Validate(ProfileChange change)
    {
        var faults = new Dictionary<string, string>();
        if (PlainText.Fault(change.Name, ConsoleUser.LongestName) is { } fault)
            faults[nameof(change.Name)] = fault;
        if (change.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            faults[nameof(change.TimeZone)] = ProfileErrorTexts.TimeZone;
        if (!Enum.IsDefined(change.Theme))
            faults[nameof(change.Theme)] = ProfileErrorTexts.Theme;
        return faults;
    }
}
