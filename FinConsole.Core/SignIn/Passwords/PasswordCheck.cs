using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>A password to be checked.</summary>
/// <param name="Email">As typed.</param>
/// <param name="Password">As typed.</param>
/// <param name="Way">Through which door, for login history.</param>
/// <param name="Origin">From where.</param>
/// <param name="Tenant">Only members of this tenant count; null for signing in.</param>
/// <param name="Role">Only this role may be used here; null for any.</param>
/// <param name="Open">Decrypts a password that came encrypted; null where none does.</param>
public sealed record PasswordQuestion(string Email, Secret Password, SignInChannel Way, RequestOrigin Origin, Guid? Tenant = null, Role? Role = null, OpenSecret? Open = null)
{
    /// <summary>Where the password had to be opened first: when the call came, for those that came with it.</summary>
    internal CredentialsInFlight.Arrival? Arrival { get; init; }
}

/// <summary>What a secret that may have come encrypted says.</summary>
/// <param name="Text">The plaintext: the secret itself where it was not encrypted; null for a ciphertext that does not open.</param>
/// <param name="PlaintextRefused">It came in plaintext, which the tenant's policy does not take. Said to nobody but who knows the password.</param>
public readonly record struct OpenedSecret(Secret? Text, bool PlaintextRefused = false);

/// <summary>Reads a secret that may have come encrypted.</summary>
/// <param name="sent">As it came.</param>
/// <param name="tenantId">Whose key it should be encrypted with; null for an unknown account's.</param>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task<OpenedSecret> OpenSecret(Secret sent, Guid? tenantId, CancellationToken cancellationToken);

/// <summary>Whose password it was, as of the check.</summary>
/// <param name="Stamp">Changes with the password and the second factor, so that a later step can see whether they are still the same.</param>
/// <param name="HasMfa">A second factor is to be given as well, before anything is granted.</param>
public sealed record CheckedMember(Guid Id, Guid TenantId, string Email, Role Role, string? Stamp, bool HasMfa);

/// <summary>
/// The one place where passwords are checked, whatever the door. Every path does the same work in the same order (read, count,
/// hash, record), so that neither the answer nor its time tells an unknown account from a locked or a real one.
/// </summary>
public sealed class PasswordCheck(ConsoleDb db, WriteQueue queue, PasswordHashing hashing, SignInLimiter limiter, LoginRecorder recorder, TimeProvider time)
{
    private readonly CredentialsInFlight _inFlight = new();

    /// <summary>Announces a password that is to be opened before it is checked. To be disposed when it has been.</summary>
    internal CredentialsInFlight.Arrival Arrive(string email, Guid? tenant) => _inFlight.Arrive(email, tenant);

    /// <summary>
    /// Checks, counts a failure towards the lockout, and records it. A success is left to the caller to record, in the
    /// transaction of what it was for; a right password in the wrong role is recorded here.
    /// </summary>
    /// <remarks>
    /// Of calls that overlap and bring the same credentials, the first is evaluated; the others wait for it. If the password was right
    /// they share that, provided that the account, read anew, is still the one it was right for. If not, each is evaluated by itself.
    /// </remarks>
    public async Task<Result<CheckedMember>> CheckAsync(PasswordQuestion question, CancellationToken cancellationToken)
    {
        using var arrival = question.Arrival is null ? Arrive(question.Email, question.Tenant) : null;
        var flight = (question.Arrival ?? arrival!).Join(question, out var leads);
        if (leads)
        {
            using (flight)
                return await EvaluateAsync(question, flight, cancellationToken);
        }

        if (flight is not null && await flight.Verified.WaitAsync(cancellationToken) is { } hash
            && await ShareAsync(question, hash, cancellationToken) is { } shared)
        {
            return shared;
        }

        return await EvaluateAsync(question, flight: null, cancellationToken);
    }

    // Null: the account is not, or no longer, one that could sign in with what was right a moment ago.
    private async Task<CheckedMember?> ShareAsync(PasswordQuestion question, string hash, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var found = await FindAsync(context, question, cancellationToken);
        var good = found is { Deactivated: false, Closed: false, MustReset: false } && found.Hash == hash
            && !(found.LockedUntil > time.GetUtcNow()) && (question.Role ?? found.Role) == found.Role;
        return good ? found!.AsChecked() : null;
    }

    private async Task<Result<CheckedMember>> EvaluateAsync(PasswordQuestion question, CredentialsInFlight.Flight? flight, CancellationToken cancellationToken)
    {
        if (limiter.TryTake(question.Origin.Ip) is { } wait)
            return SignInErrors.TooManyTries(wait);

        using var place = await hashing.EnterAsync(cancellationToken);
        return place is null ? SignInErrors.Busy : await EvaluateAsync(question, flight, place);
    }

    // To its end, whether anybody waits for it or not: who hangs up in the middle takes back neither the failure nor its line of history.
    private async Task<Result<CheckedMember>> EvaluateAsync(PasswordQuestion question, CredentialsInFlight.Flight? flight, PasswordHashing.Place place)
    {
        await using var context = db.OpenForOperator();
        var found = await FindAsync(context, question, CancellationToken.None);
        var opened = question.Open is { } open ? await open(question.Password, found?.TenantId, CancellationToken.None) : new OpenedSecret(question.Password);
        var (outcome, hash) = await TryAsync(context, place, found, question, opened);
        if (hash is not null)
            flight?.Succeed(hash);
        if (outcome == LoginOutcome.Success)
            return found!.AsChecked();

        var tenant = found?.TenantId ?? question.Tenant ?? await recorder.OwnerOfUnknownAsync(question.Email, CancellationToken.None);
        var account = new AttemptedAccount(tenant, found?.Id, found?.Email ?? question.Email);
        await recorder.RecordAsync(recorder.Attempt(account, question.Way, outcome, question.Origin));
        return outcome switch
        {
            LoginOutcome.ResetRequired => SignInErrors.ResetRequired,
            LoginOutcome.Unencrypted => SignInErrors.EncryptionRequired.On(nameof(question.Password)),
            _ => SignInErrors.InvalidCredentials,
        };
    }

    // A password that did not open (null) is no guess: it is counted towards nobody's lockout, and costs what a wrong one costs.
    // A right one in plaintext that the policy does not take gives its place back. With the hash that the account has now, where the
    // password was right and goes on to be used.
    private async Task<(LoginOutcome Outcome, string? Hash)> TryAsync(
        ConsoleDbContext context, PasswordHashing.Place place, Found? found, PasswordQuestion question, OpenedSecret opened)
    {
        var password = opened.Text;
        var counted = password is null ? null : found?.Id;
        var taken = await WriteAsync(context, () => Lockout.TryTakeAsync(context, counted ?? Guid.Empty, time.GetUtcNow(), CancellationToken.None));
        var usable = taken is not null && found is { Closed: false } && password!.Reveal().Length <= PasswordRules.Longest * 2;
        var verified = await place.VerifyAsync(usable ? found!.Hash : null, password ?? question.Password);
        if (found is null)
            return (LoginOutcome.UnknownAccount, null);
        if (found.Deactivated || found.Closed)
            return (LoginOutcome.Deactivated, null);
        if (password is null)
            return (LoginOutcome.Undecryptable, null);
        if (taken is null)
            return (LoginOutcome.Locked, null);
        if (verified == PasswordVerificationResult.Failed)
            return (LoginOutcome.WrongPassword, null);
        if (opened.PlaintextRefused)
        {
            await WriteAsync(context, () => Lockout.GiveBackAsync(context, found.Id, taken, CancellationToken.None));
            return (LoginOutcome.Unencrypted, null);
        }

        var hash = await WriteAsync(context, () => AcceptAsync(context, place, found, taken, password, verified));
        if (question.Role is { } role && role != found.Role)
            return (LoginOutcome.WrongRole, hash);
        return (found.MustReset ? LoginOutcome.ResetRequired : LoginOutcome.Success, hash);
    }

    private static async Task<string?> AcceptAsync(
        ConsoleDbContext context, PasswordHashing.Place place, Found found, LockoutPlace taken, Secret password, PasswordVerificationResult verified)
    {
        if (found.HasMfa)
            await Lockout.GiveBackAsync(context, found.Id, taken, CancellationToken.None);
        else
            await Lockout.ClearAsync(context, found.Id, CancellationToken.None);
        if (verified != PasswordVerificationResult.SuccessRehashNeeded)
            return found.Hash;
        var hash = await place.HashAsync(password);
        await context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(member => member.Id == found.Id && member.PasswordHash == found.Hash)
            .ExecuteUpdateAsync(set => set.SetProperty(member => member.PasswordHash, hash), CancellationToken.None);
        return hash;
    }

    private async Task WriteAsync(ConsoleDbContext context, Func<Task> write)
    {
        using var turn = await queue.EnterAsync(context.Dialect, CancellationToken.None);
        await write();
    }

    private async Task<T> WriteAsync<T>(ConsoleDbContext context, Func<Task<T>> write)
    {
        using var turn = await queue.EnterAsync(context.Dialect, CancellationToken.None);
        return await write();
    }

    private static async Task<Found?> FindAsync(ConsoleDbContext context, PasswordQuestion question, CancellationToken cancellationToken)
    {
        var email = Members.Emails.Normalize(question.Email);
        return await (
            from member in context.Set<ConsoleUser>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where member.NormalizedEmail == email && (question.Tenant == null || member.TenantId == question.Tenant)
            select new Found(
                member.Id, member.TenantId, member.Email!, member.PasswordHash, member.SecurityStamp, member.Role, member.DeactivatedAt != null, tenant.ClosedAt != null,
                member.TwoFactorEnabled, member.MustResetPassword, member.LockoutEnd))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Found(
        Guid Id, Guid TenantId, string Email, string? Hash, string? Stamp, Role Role, bool Deactivated, bool Closed, bool HasMfa, bool MustReset,
        DateTimeOffset? LockedUntil)
    {
        public CheckedMember AsChecked() => new(Id, TenantId, Email, Role, Stamp, HasMfa);
    }
}
