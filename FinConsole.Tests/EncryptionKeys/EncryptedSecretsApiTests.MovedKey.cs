using System.Net;
using FinConsole.Core.Data;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

public sealed partial class EncryptedSecretsApiTests
{
    [Theory]
    [MemberData(nameof(SignedInFields))]
    public async Task A_private_key_that_was_moved_in_the_database_opens_nothing_and_breaks_nothing(string route, string field)
    {
        var (program, cashier) = (await web.NewProgramAsync(Role.Developer), (await web.NewMemberAsync(Role.Cashier)).Email);
        var encrypt = await EncryptorAsync(program);
        var body = await BodyAsync(route, program, cashier, encrypt);
        Set(body.Json, field, encrypt(WebConsole.Password));
        var own = await SetPrivateKeyAsync(web.Services.GetRequiredService<RecordProtector>().Protect(KeyPairs.ProtectedKind, Guid.NewGuid(), Guid.NewGuid(), KeySteps.FirstPrivateKey));
        try
        {
            await AccessWebConsole.RefusedAsync(await SendAsync(program, body.Route, body.Json), HttpStatusCode.UnprocessableEntity, "decryption_failed");
            await AccessWebConsole.RefusedAsync(await LoginAsync(program.Email, encrypt(WebConsole.Password)), HttpStatusCode.Unauthorized, "invalid_credentials");
            Assert.Equal(LoginOutcome.Undecryptable, await LastOutcomeAsync(program.Email));
        }
        finally
        {
            await SetPrivateKeyAsync(own);
        }

        await web.SignInProgramAsync(program.Email);
        await web.SignInProgramAsync(cashier);
    }

    private async Task<byte[]> SetPrivateKeyAsync(byte[] stored)
    {
        await using var context = web.Services.GetRequiredService<ConsoleDb>().Open(await web.TenantIdAsync());
        var key = await context.Set<EncryptionKey>().SingleAsync(row => row.EndedAt == null, Stop);
        (var before, key.PrivateKey) = (key.PrivateKey!, stored);
        await context.SaveChangesAsync(Stop);
        return before;
    }
}
