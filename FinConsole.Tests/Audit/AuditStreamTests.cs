using System.Data.Common;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Sqlite;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Team;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>A log that is being streamed over the API is cut off when the credential ends that it was asked with, as a page's download is.</summary>
public sealed class AuditStreamTests(AuditStreamTests.Console console) : IClassFixture<AuditStreamTests.Console>
{
    private const int Entries = 3_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("token invalidated")]
    [InlineData("token disabled")]
    [InlineData("token narrowed")]
    [InlineData("allowlist changed")]
    [InlineData("cashier deactivated")]
    [InlineData("tenant closed")]
    [InlineData("session ended")]
    [InlineData("member deactivated")]
    [InlineData("role changed")]
    public async Task Is_broken_off_when_its_credential_ends(string way)
    {
        var tenant = await console.NewTenantAsync();
        await FillAsync(tenant);
        var token = await console.MakeTokenAsync(tenant, "Streams", "", "read:audit", "read:payments");
        var member = await console.SignInAsync(tenant.Reviewer);
        var byMember = way is "session ended" or "member deactivated" or "role changed";
        console.Reads.Hold(tenant.Id);
        using var request = ApiConsole.Get("/api/v1/audit?after=1", byMember ? member : ("X-Auth-Token", token.Secret.Reveal()), ("Accept", "application/x-ndjson"));
        using var answer = await console.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop).WaitAsync(Patience, Stop);
        Assert.True(answer.IsSuccessStatusCode);
        var read = answer.Content.ReadAsStringAsync(Stop);
        await console.Reads.Held.WaitAsync(Patience, Stop);
        Assert.False(read.IsCompleted);

        await EndAsync(tenant, token.Token.Id, way);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => read.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task Comes_whole_while_it_lasts()
    {
        var tenant = await console.NewTenantAsync();
        await FillAsync(tenant);
        var member = await console.SignInAsync(tenant.Reviewer);
        console.Reads.Hold(tenant.Id);
        using var request = ApiConsole.Get("/api/v1/audit?after=0", member, ("Accept", "application/x-ndjson"));
        using var answer = await console.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop).WaitAsync(Patience, Stop);
        var read = answer.Content.ReadAsStringAsync(Stop);
        await console.Reads.Held.WaitAsync(Patience, Stop);

        console.Reads.Release();

        Assert.InRange((await read.WaitAsync(Patience, Stop)).Count(each => each == '\n'), Entries, int.MaxValue);
    }

    private async Task FillAsync(TestTenant tenant)
    {
        var transactions = console.Services.GetRequiredService<AuditedTransactions>();
        var subject = new AuditSubject(AuditResource.Console, null, new string('x', 200));
        await Task.WhenAll(Enumerable.Range(0, Entries).Select(_ => transactions.RefuseAsync(tenant.Cashier.Actor, Permission.ReadAudit, AuditAction.AccessRefused, subject)));
    }

    private async Task EndAsync(TestTenant tenant, Guid id, string way)
    {
        var services = console.Services;
        var (developer, admin) = (tenant.Developer.Actor, tenant.Admin.Actor);
        var error = way switch
        {
            "token invalidated" => (await services.GetRequiredService<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(id, InvalidationReason.Compromised, null), developer, Stop)).Error,
            "token disabled" => (await services.GetRequiredService<SetTokenDisabled>().HandleAsync(id, true, developer, Stop)).Error,
            "token narrowed" => (await services.GetRequiredService<EditApiToken>().HandleAsync(new EditApiTokenRequest(id, Scopes: ["read:payments"]), developer, Stop)).Error,
            "allowlist changed" => (await services.GetRequiredService<EditApiToken>().HandleAsync(new EditApiTokenRequest(id, Allowlist: "192.0.2.1"), developer, Stop)).Error,
            "cashier deactivated" => (await services.GetRequiredService<DeactivateMember>().HandleAsync(tenant.Cashier.Id, admin, Stop)).Error,
            "session ended" => (await services.GetRequiredService<EndOtherSessions>().HandleAsync(tenant.Reviewer.Actor, Stop)).Error,
            "member deactivated" => (await services.GetRequiredService<DeactivateMember>().HandleAsync(tenant.Reviewer.Id, admin, Stop)).Error,
            "role changed" => (await services.GetRequiredService<ChangeRole>().HandleAsync(tenant.Reviewer.Id, Role.Developer, admin, Stop)).Error,
            _ => (await services.GetRequiredService<CloseTenant>().HandleAsync(tenant.Name, Stop)).Error,
        };
        Assert.Null(error);
    }

    public sealed class Console : ApiConsole
    {
        internal HeldReads Reads { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.ConfigureDbContext<SqliteConsoleDbContext>(options => options.AddInterceptors(Reads)));
        }

        public override async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            Reads.Release();
            await base.DisposeAsync();
        }
    }

    /// <summary>Lets the first pieces of a tenant's stream be read and holds the next: the stream is certainly under way.</summary>
    internal sealed class HeldReads : DbCommandInterceptor
    {
        private const int Free = 3;

        private TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _tenant = "";
        private int _reads;

        public Task Held => _held.Task;

        public void Hold(Guid tenantId)
        {
            (_tenant, _reads) = (tenantId.ToString(), 0);
            (_held, _open) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        public void Release() => _open.TrySetResult();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (IsPiece(command) && Interlocked.Increment(ref _reads) > Free)
            {
                _held.TrySetResult();
                await _open.Task.WaitAsync(cancellationToken);
            }

            return result;
        }

        private bool IsPiece(DbCommand command) => command.CommandText.Contains("FROM \"AuditEntries\"", StringComparison.Ordinal)
            && command.CommandText.Contains("\"Sequence\" > ", StringComparison.Ordinal) && command.CommandText.Contains("\"Metadata\"", StringComparison.Ordinal)
            && command.Parameters.Cast<DbParameter>().Any(parameter => string.Equals(parameter.Value?.ToString(), _tenant, StringComparison.OrdinalIgnoreCase));
    }
}
