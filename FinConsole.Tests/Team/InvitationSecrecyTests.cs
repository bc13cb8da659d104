using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Team;

/// <summary>A canary: links with which one joins, or sets the console up, are found nowhere but in the email and in the answer.</summary>
public sealed class InvitationSecrecyTests
{
    private const string Chosen = "canary marmalade 77 sundial";

    [Fact]
    public async Task No_link_is_in_the_database_file_the_audit_log_or_the_logs()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        using var log = new CapturedLog();
        await using var instance = core.NewInstance(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var setUp = (await instance.GetRequiredService<SetUpConsole>().IssueLinkAsync(Stop))!.Reveal()[^43..];
        var tenant = await core.NewTenantAsync();
        var admin = tenant.Admin.Actor;
        var first = (await instance.GetRequiredService<InviteMember>().HandleAsync(new InviteMemberRequest("canary@invited.example", "Zoe", Role.Developer), admin, Stop)).Value!;
        var second = (await instance.GetRequiredService<ResendInvitation>().HandleAsync(first.Id, admin, Stop)).Value!;
        var added = (await instance.GetRequiredService<AddTenant>().HandleAsync(new AddTenantRequest("Canary Ltd", null, "boss@canary.example"), Stop)).Value!;
        Assert.False((await AcceptAsync(instance, first)).Succeeded);
        Assert.True((await AcceptAsync(instance, second)).Succeeded);

        string[] secrets = [setUp, .. new[] { first, second, added }.Select(made => TeamSteps.SecretOf(made).Reveal())];
        string[] canaries = [Chosen, .. secrets, .. secrets.Select(secret => secret[10..30])];
        var files = core.DatabaseFiles();
        Assert.True(Canaries.Finds(files, "canary@invited.example"), "The search does not even find the address, which is there.");
        Assert.NotEmpty(log.Lines);
        var logged = Encoding.UTF8.GetBytes(string.Join('\n', log.Lines));
        foreach (var canary in canaries)
        {
            Assert.False(Canaries.Finds(files, canary), $"The database holds {canary}");
            Assert.False(Canaries.Finds([logged], canary), $"The logs hold {canary}");
        }

        var audit = string.Join('\n', (await core.AuditAsync(tenant.Id)).Select(entry => entry.Metadata + entry.ResourceName + entry.ActorName));
        Assert.DoesNotContain(canaries, canary => audit.Contains(canary, StringComparison.Ordinal));
        Assert.DoesNotContain(secrets, secret => audit.Contains(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_new_invitation_and_its_acceptance_print_without_their_secrets()
    {
        var made = new NewInvitation(Guid.Empty, "a@b.example", new Secret("https://console.example/?token=canary"), default);
        Assert.DoesNotContain("canary", $"{made} {new AcceptInvitationRequest(new Secret("canary"), "Zoe", new Secret("canary"))}", StringComparison.Ordinal);
    }

    private static Task<Result<string>> AcceptAsync(ServiceProvider instance, NewInvitation made) => instance.GetRequiredService<AcceptInvitation>()
        .HandleAsync(new AcceptInvitationRequest(TeamSteps.SecretOf(made), "Zoe", new Secret(Chosen)), TestTenants.Origin, Stop);
}
