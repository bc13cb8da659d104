using System.Security.Cryptography;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>A tenant that one test or class has to itself, with a member of each role.</summary>
public sealed class OwnTenant
{
    private const string Password = "violet-kettle-orbit-47";
    private static readonly RequestOrigin Origin = new("203.0.113.7", null, "test");
    private static int _number;

    private readonly ConsoleServer _server;

    private OwnTenant(ConsoleServer server, Guid id, string name, IReadOnlyDictionary<Role, Person> people) => (_server, Id, Name, People) = (server, id, name, people);

    public Guid Id { get; }

    public string Name { get; }

    public IReadOnlyDictionary<Role, Person> People { get; }

    public Person Admin => People[Role.TenantAdmin];

    public Person Developer => People[Role.Developer];

    public Person Reviewer => People[Role.SecurityReviewer];

    public Person Cashier => People[Role.Cashier];

    private Actor Program => Actor.System(Id, "setup");

    public static async Task<OwnTenant> NewAsync(ConsoleServer server)
    {
        var number = Interlocked.Increment(ref _number);
        var domain = $"tenant{number}.example";
        var admin = new Person(default, "Ada Admin", $"admin@{domain}", Password, Role.TenantAdmin);
        var request = new OnboardTenantRequest($"Tenant {number}", domain, admin.Name, admin.Email, new Secret(Password));
        var onboarded = (await server.Get<OnboardTenant>().HandleAsync(request, Origin, Stop)).Value!;
        var people = new Dictionary<Role, Person> { [Role.TenantAdmin] = admin with { Id = onboarded.AdminId } };

        var hash = server.Get<IPasswordHasher<ConsoleUser>>().HashPassword(null!, Password);
        await using var context = server.Get<ConsoleDb>().Open(onboarded.TenantId);
        foreach (var (role, name) in new[] { (Role.Developer, "Dev Eloper"), (Role.SecurityReviewer, "Rae Viewer"), (Role.Cashier, "Cass Hier") })
        {
            var member = server.Get<NewMember>().Make(onboarded.TenantId, name, $"{role}@{domain}".ToLowerInvariant(), role, hash);
            context.Add(member);
            people[role] = new Person(member.Id, name, member.Email!, Password, role);
        }

        await context.SaveChangesAsync(Stop);
        return new OwnTenant(server, onboarded.TenantId, request.TenantName, people);
    }

    /// <summary>Makes a token behind the pages' back; live at once unless it is to stay pending.</summary>
    public async Task<NewApiToken> AddTokenAsync(
        string name, TokenEnvironment environment = TokenEnvironment.Development, TokenExpiry expiry = TokenExpiry.Months3, string[]? scopes = null, bool pending = false)
    {
        var request = new CreateApiTokenRequest(
            name, environment, expiry, scopes ?? ["read:*"], null, null, new CashierCredentials(Cashier.Email, new Secret(Password)),
            pending ? TokenHandover.AwaitsAcknowledgement : TokenHandover.Immediate);
        return (await _server.Get<CreateApiToken>().HandleAsync(request, Program, Stop)).Value!;
    }

    /// <summary>Changes a token's row behind the program's back, for what only time would bring.</summary>
    public async Task ChangeTokenAsync(string name, Action<UpdateSettersBuilder<ApiToken>> change)
    {
        await using var context = _server.Get<ConsoleDb>().Open(Id);
        await context.Set<ApiToken>().Where(token => token.Name == name).ExecuteUpdateAsync(change, Stop);
    }

    /// <summary>Disables a token behind the pages' back.</summary>
    public async Task DisableAsync(string name) =>
        Assert.True((await _server.Get<SetTokenDisabled>().HandleAsync((await TokensAsync(name))[0].Id, true, Program, Stop)).Succeeded);

    /// <summary>Invalidates a token behind the pages' back.</summary>
    public async Task InvalidateAsync(string name)
    {
        var request = new InvalidateApiTokenRequest((await TokensAsync(name))[0].Id, InvalidationReason.NoLongerNeeded, null);
        Assert.True((await _server.Get<InvalidateApiToken>().HandleAsync(request, Program, Stop)).Succeeded);
    }

    /// <summary>So many sign-ins of this person's from somewhere yesterday, their first, behind the pages' back, all of them evaluated.</summary>
    public async Task SettleAsync(Person person, Whereabouts from, int signIns)
    {
        var origin = new RequestOrigin(from.Ip, from.UserAgent, "test");
        var recorder = _server.Get<LoginRecorder>();
        await using (var context = _server.Get<ConsoleDb>().Open(Id))
        {
            for (var number = 0; number < signIns; number++)
                context.Add(recorder.Attempt(new AttemptedAccount(Id, person.Id, person.Email), SignInChannel.Console, LoginOutcome.Success, origin));
            await using var transaction = await context.Database.BeginTransactionAsync(Stop);
            await context.SaveChangesAsync(Stop);
            var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
            await context.Set<LoginAttempt>().Where(attempt => attempt.MemberId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(attempt => attempt.At, yesterday), Stop);
            await transaction.CommitAsync(Stop);
        }

        while (await _server.Get<RiskAnalyst>().EvaluatePendingAsync(Stop) > 0)
        {
        }
    }

    /// <summary>Invites a developer behind the pages' back.</summary>
    public Task InviteAsync(string email) => _server.Get<InviteMember>().HandleAsync(new InviteMemberRequest(email, null, Role.Developer), Program, Stop);

    /// <summary>As if the key had been made so long ago.</summary>
    public async Task AgeKeyAsync(int days)
    {
        var made = DateTimeOffset.UtcNow.AddDays(-days);
        await using var context = _server.Get<ConsoleDb>().Open(Id);
        await context.Set<EncryptionKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.CreatedAt, made), Stop);
    }

    /// <summary>As if five minutes had gone by since everybody last showed who they are.</summary>
    public async Task ForgetConfirmationsAsync()
    {
        await using var context = _server.Get<ConsoleDb>().Open(Id);
        await context.Set<MemberSession>().ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, default(DateTimeOffset)), Stop);
    }

    /// <summary>Changes a member's row behind the program's back, for what would need a whole story of its own.</summary>
    public async Task ChangeMemberAsync(Person person, Action<UpdateSettersBuilder<ConsoleUser>> change)
    {
        await using var context = _server.Get<ConsoleDb>().Open(Id);
        await context.Set<ConsoleUser>().Where(member => member.Id == person.Id).ExecuteUpdateAsync(change, Stop);
    }

    /// <summary>Makes many tokens at once, "Bulk 01" and so on, as rows alone: nobody knows their secrets.</summary>
    public async Task AddTokensAsync(int count)
    {
        var now = DateTimeOffset.UtcNow;
        await using var context = _server.Get<ConsoleDb>().Open(Id);
        for (var number = 1; number <= count; number++)
        {
            var name = $"Bulk {number:00}";
            context.Add(new ApiToken
            {
                Id = Guid.CreateVersion7(),
                TenantId = Id,
                Name = name,
                NameKey = name.ToLowerInvariant(),
                Environment = TokenEnvironment.Development,
                Scopes = "read:*",
                Allowlist = "",
                CashierId = Cashier.Id,
                Expiry = TokenExpiry.Months3,
                CreatedAt = now,
                CreatedById = Admin.Id,
                CreatedBy = Admin.Email,
                ExpiresAt = now.AddMonths(3),
                LookupKey = RandomNumberGenerator.GetBytes(32),
                Prefix = $"fc_dev_Bu{number:00}",
                LastFour = $"00{number:00}",
                AcknowledgedAt = now,
                PendingUntil = now,
            });
        }

        await context.SaveChangesAsync(Stop);
    }

    /// <summary>The tenant's tokens of this name, the newest first.</summary>
    public async Task<IReadOnlyList<TokenView>> TokensAsync(string name)
    {
        var page = await _server.Get<ListApiTokens>().HandleAsync(new TokenFilter(name, Nest: false), Program, Stop);
        return [.. page.Value!.Items.Select(row => row.Token).Where(token => token.Name == name)];
    }
}
