using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Profile;
using FinConsole.Core.ServiceTokens;
using FinConsole.Core.Team;
using FinConsole.Core.Tenants;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Team;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Common;

/// <summary>Every field that a name is given in, with the invisible twin of a good name.</summary>
public sealed class NameFieldTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly int[] Invisible =
    [
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x200C, 0x200D, 0x2028, 0x206A, 0x206F, 0x2800, 0x3164, 0xFE0F, 0xFFA0, 0xFFF9, 0xFFFB, 0xE0001, 0xE007F, 0xA0, 0x3000,
    ];

    private delegate Task<Error?> Field(TestTenant tenant, Actor admin, string name);

    private Dictionary<string, (string Named, Field Send)> Fields => new()
    {
        ["a new token's name"] = ("Name", async (tenant, admin, name) => (await core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant, name), admin, Stop)).Error),
        ["a new token's holder"] = ("Holder", async (tenant, admin, name) => (await core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant, "Held") with { Holder = name }, admin, Stop)).Error),
        ["a token's new name"] = ("Name", async (tenant, admin, name) => (await core.Get<EditApiToken>().HandleAsync(new EditApiTokenRequest(await TokenAsync(tenant, admin), name), admin, Stop)).Error),
        ["a token's new holder"] = ("Holder", async (tenant, admin, name) =>
            (await core.Get<EditApiToken>().HandleAsync(new EditApiTokenRequest(await TokenAsync(tenant, admin), Holder: name), admin, Stop)).Error),
        ["one's own name"] = ("Name", async (_, admin, name) => (await core.Get<UpdateProfile>().HandleAsync(new ProfileChange(name, null, ThemeChoice.System), admin, Stop)).Error),
        ["an invited member's name"] = ("Name", async (tenant, admin, name) =>
            (await core.Get<InviteMember>().HandleAsync(new InviteMemberRequest($"{Guid.NewGuid():N}@acme.example", name, Role.Cashier), admin, Stop)).Error),
        ["a joining member's name"] = ("Name", async (tenant, _, name) =>
            (await core.AcceptAsync(TeamSteps.SecretOf(await core.InviteAsync(tenant, $"{Guid.NewGuid():N}@acme.example")), name)).Error),
        ["a tenant's name at onboarding"] = ("TenantName", async (_, _, name) => (await OnboardAsync(name, "Ann Archer")).Error),
        ["an admin's name at onboarding"] = ("AdminName", async (_, _, name) => (await OnboardAsync($"Tenant {Guid.NewGuid():N}", name)).Error),
        ["a tenant's name by command"] = ("TenantName", async (_, _, name) =>
            (await core.Get<AddTenant>().HandleAsync(new AddTenantRequest(name, null, $"{Guid.NewGuid():N}@acme.example"), Stop)).Error),
        ["a service token's name"] = ("Name", async (_, _, name) => (await core.Get<AddServiceToken>().HandleAsync(name, null, Stop)).Error),
    };

    [Fact]
    public async Task Refuses_what_cannot_be_seen_and_names_the_field()
    {
        var tenant = await core.NewTenantAsync();
        var admin = await core.NewSessionAsync(tenant.Admin);
        foreach (var (what, (named, send)) in Fields)
        {
            foreach (var point in Invisible)
            {
                var error = await send(tenant, admin, $"Bil{char.ConvertFromUtf32(point)}ling");
                Assert.Equal((what, point, ErrorKind.Invalid), (what, point, error?.Kind));
                Assert.Equal((what, "Use visible characters on one line."), (what, error!.Fields?.GetValueOrDefault(named)));
            }

            Assert.Null((await send(tenant, admin, $"Büro 山田 {Guid.NewGuid():N}"[..20]))?.Code);
        }
    }

    [Fact]
    public async Task Names_that_were_taken_before_are_read_and_found()
    {
        var (tenant, name) = (await core.NewTenantAsync(), $"Ac\u00ADme\u00A0{Guid.NewGuid():N}");
        await using (var context = core.Db.OpenForOperator())
        {
            await context.Set<Tenant>().Where(row => row.Id == tenant.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, name).SetProperty(row => row.NameKey, name.ToLowerInvariant()), Stop);
        }

        Assert.Contains(await core.Get<ListTenants>().HandleAsync(Stop), row => row.Name == name);
        Assert.Equal(name, (await core.Get<CloseTenant>().HandleAsync(name, Stop)).Value!.Name);
    }

    private async Task<Guid> TokenAsync(TestTenant tenant, Actor admin)
    {
        var made = await core.Get<CreateApiToken>().HandleAsync(TokenSteps.RequestFor(tenant, $"Token {Guid.NewGuid():N}") with { Handover = TokenHandover.Immediate }, admin, Stop);
        return made.Value!.Token.Id;
    }

    private Task<Result<OnboardedTenant>> OnboardAsync(string tenant, string admin) => core.Get<OnboardTenant>().HandleAsync(
        new OnboardTenantRequest(tenant, null, admin, $"{Guid.NewGuid():N}@acme.example", TestMember.Secret), RequestOrigin.None, Stop);
}
