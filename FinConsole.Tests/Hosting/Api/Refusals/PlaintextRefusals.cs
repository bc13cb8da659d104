using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>Refusals of the routes that take a password or code, where the tenant's policy demands that it comes encrypted.</summary>
internal sealed class PlaintextRefusals(ProvokingConsole console, Provoker provoker, OwnAccounts accounts)
{
    public async Task ProvokeAsync()
    {
        var (token, owner) = ($"{(await console.MakeTokenAsync("In plaintext")).Token.Id}", await accounts.NewAsync(Role.Developer));
        var member = await accounts.SignInAsync();
        await DemandEncryptionAsync(true);
        try
        {
            object cashier = new { email = console.Tenant.Cashier.Email, password = TestMember.Password };
            object create = new { name = "Plain", environment = "staging", expiry = "24h", scopes = new[] { "read:*" }, cashier };
            object own = new { password = TestMember.Password };
            await RefusedAsync("login", new Asked { Body = new { email = owner.Email, password = TestMember.Password }, At = "password" });
            await RefusedAsync("createToken", new Asked { Body = create, At = "cashier.password" });
            await RefusedAsync("rotateToken", new Asked { Id = token, Body = new { overlap = "24h", cashier }, At = "cashier.password" });
            await RefusedAsync("beginMfa", new Asked { By = member, Body = own, At = "password" });
            await RefusedAsync("enableMfa", new Asked { By = member, Body = own, At = "password" });
            await RefusedAsync("confirmMfa", new Asked { By = member, Body = new { code = "123456" }, At = "code" });
            await RefusedAsync("turnOffMfa", new Asked { By = member, Body = new { password = TestMember.Password, code = "123456" }, At = "password" });
        }
        finally
        {
            await DemandEncryptionAsync(false);
        }
    }

    private Task RefusedAsync(string route, Asked asked) => provoker.ExpectAsync(route, SignInErrors.EncryptionRequired, asked);

    private async Task DemandEncryptionAsync(bool demanded)
    {
        await using var db = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        var policy = await db.Set<TenantPolicy>().SingleOrDefaultAsync(Stop) ?? db.Add(new TenantPolicy { TenantId = console.Tenant.Id }).Entity;
        policy.RequireEncryptedSecrets = demanded;
        await db.SaveChangesAsync(Stop);
    }
}
