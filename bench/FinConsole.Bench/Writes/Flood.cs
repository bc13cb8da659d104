using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;
using Microsoft.AspNetCore.Identity;

namespace FinConsole.Bench.Writes;

/// <summary>Writes so many entries of one kind, through the program's own use cases. Where flushes are counted it is all that a process does.</summary>
internal static class Flood
{
    public const string Refusals = "refusals";
    public const string Attempts = "attempts";
    public const string Checks = "checks";
    public const string Tokens = "tokens";

    private const int Writers = 64;
    private const string Email = "flood@acme.example";
    private static readonly Secret Password = new(new string('x', PasswordRules.ShortestAlone));

    /// <summary>Adds the cashier of <see cref="Checks"/> and <see cref="Tokens"/>.</summary>
    public static async Task SettleAsync(BenchHost host)
    {
        await using var context = host.Get<ConsoleDb>().Open(host.TenantId);
        context.Add(new NewMember(host.Get<TimeProvider>()).Make(
            host.TenantId, "Cashier", Email, Role.Cashier, host.Get<IPasswordHasher<ConsoleUser>>().HashPassword(null!, Password.Reveal())));
        await context.SaveChangesAsync();
    }

    public static Task RunAsync(BenchHost host, string kind, int count) => kind switch
    {
        Refusals => TogetherAsync(count, _ => RefuseAsync(host)),
        Attempts => TogetherAsync(count, _ => AttemptAsync(host)),
        Checks => InTurnAsync(count, _ => CheckAsync(host)),
        Tokens => InTurnAsync(count, number => CreateAsync(host, number)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static async Task TogetherAsync(int count, Func<int, Task> writeAsync)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= count)
                await writeAsync(number);
        }));
    }

    private static async Task InTurnAsync(int count, Func<int, Task> writeAsync)
    {
        for (var number = 1; number <= count; number++)
            await writeAsync(number);
    }

    private static Task RefuseAsync(BenchHost host) => host.Get<AuditedTransactions>().RefuseAsync(
        host.Admin, Permission.ManageMembers, AuditAction.AccessRefused, new AuditSubject(AuditResource.Member, host.Admin.Id, host.Admin.Name));

    private static Task AttemptAsync(BenchHost host)
    {
        var recorder = host.Get<LoginRecorder>();
        var account = new AttemptedAccount(host.TenantId, host.Admin.Id, host.Admin.Name);
        return recorder.RecordAsync(recorder.Attempt(account, SignInChannel.Console, LoginOutcome.WrongPassword, host.Admin.Origin));
    }

    private static async Task CheckAsync(BenchHost host)
    {
        var question = new PasswordQuestion(Email, Password, SignInChannel.CashierCheck, host.Admin.Origin, host.TenantId, Role.Cashier);
        Require((await host.Get<PasswordCheck>().CheckAsync(question, CancellationToken.None)).Succeeded);
    }

    private static async Task CreateAsync(BenchHost host, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Token {number} of {Environment.ProcessId}");
        var request = new CreateApiTokenRequest(name, TokenEnvironment.Production, TokenExpiry.Year1, ["read:payments"], null, null, new CashierCredentials(Email, Password));
        Require((await host.Get<CreateApiToken>().HandleAsync(request, host.Admin, CancellationToken.None)).Succeeded);
    }

    private static void Require(bool succeeded)
    {
        if (!succeeded)
            throw new InvalidOperationException("What is measured was refused.");
    }
}
