using System.Net.Http.Headers;
using System.Text;
using FinConsole.Core.Access;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>Refusals that a route declares by who may call it, what it reads and what can fail anywhere: one request each, made alike for all routes.</summary>
internal sealed class CommonRefusals(ProvokingConsole console, Provoker provoker)
{
    private readonly Dictionary<string, (string, string)> _roles = [];
    private string _token = "";
    private string _other = "";
    private string _bound = "";
    private (string, string) _service;
    private (string, string) _ended;
    private (string, string) _unenrolled;

    public async Task ProvokeAsync()
    {
        await PrepareAsync();
        foreach (var route in console.Routes)
        {
            foreach (var declared in route.Declared)
            {
                if (AskFor(route, declared) is { } asked)
                    await provoker.ExpectAsync(route.Name, declared, asked);
            }
        }

        await LimitAsync();
        await TakeDatabaseAwayAsync();
    }

    private async Task PrepareAsync()
    {
        foreach (var member in new[] { console.Tenant.Developer, console.Tenant.Reviewer, console.Tenant.Cashier })
            _roles[AccessErrors.Forbidden(member.Role).Message] = await console.SignInAsync(member);
        _token = (await console.MakeTokenAsync("Weak", "write:accounts")).Secret.Reveal();
        _other = (await console.MakeTokenAsync("Other", "write:accounts")).Secret.Reveal();
        _bound = (await console.MakeTokenAsync(console.Tenant, "Bound", "203.0.113.0/24", "read:*")).Secret.Reveal();
        _service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("common")).Reveal());

        // Ended where this instance does not hear of it: what it holds in memory lets the session in, and Core finds that it is over.
        var member2 = await TestTenants.NewMemberAsync(console.Services, console.Tenant.Id, Role.TenantAdmin, $"ended@{console.Tenant.Id:N}.example");
        _ended = await console.SignInAsync(member2);
        await provoker.SucceedAsync("whoAmI", new Asked { By = [_ended] });
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id))
        {
            await db.Set<MemberSession>().Where(session => session.MemberId == member2.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, session => session.CreatedAt).SetProperty(session => session.EndReason, SessionEnd.SignedOut), Stop);
        }

        var strict = await console.NewTenantAsync();
        await using (var db = console.Services.GetRequiredService<ConsoleDb>().Open(strict.Id))
            await db.Set<Tenant>().Where(tenant => tenant.Id == strict.Id).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, true), Stop);
        _unenrolled = await console.SignInAsync(strict.Admin);
    }

    private Asked? AskFor(ProvokedRoute route, ApiProblem declared) => declared.Code switch
    {
        // An open route that reads credentials itself: none is needed, and its query string is not looked at.
        "invalid_token" when route.Access.TakesAnybody => new Asked { By = [("X-Auth-Token", _token)] },
        "malformed_request" when route.Access.TakesAnybody => new Asked { Body = Form(""), At = "token" },
        OAuthErrors.UnsupportedTokenType => new Asked { Body = Form("token=" + _service.Item2["Bearer ".Length..]), At = "token" },
        "not_acceptable" => new Asked { Headers = [("Accept", "text/html")] },
        "internal_error" => new Asked { Headers = [(ProvokingConsole.BugHeader, "1")] },
        "audit_chain_broken" => new Asked { Headers = [(ProvokingConsole.BrokenChainHeader, "1")] },
        "no_such_route" => new Asked { Id = "not-an-id" },
        "malformed_request" => new Asked { Query = "?unheardOf=1", At = "unheardOf" },
        "malformed_token" => new Asked { By = [("X-API-Key", _token[..^1])], At = "X-API-Key" },
        "ambiguous_credentials" => new Asked { By = [("X-Auth-Token", _token), ("X-API-Key", _other)], At = "X-API-Key,X-Auth-Token" },
        "invalid_token" => new Asked { By = [] },
        "ip_not_allowed" => new Asked { By = [("X-Auth-Token", _bound)] },
        "member_required" => new Asked { By = [("X-Auth-Token", _token)] },
        "token_required" or "service_token_required" => new Asked { By = [_roles.Values.First()] },
        "tenant_credential_required" => new Asked { By = [_service] },
        ApiProblem.InsufficientScope => new Asked { By = [_roles.TryGetValue(declared.Title, out var role) ? role : ("X-Auth-Token", _token)] },
        "session_ended" => new Asked { By = [_ended] },
        "mfa_enrolment_required" => new Asked { By = [_unenrolled] },
        "malformed_json" => new Asked { Body = new StringContent("{", Encoding.UTF8, "application/json"), At = ApiBody.Whole },
        // A server that refuses a large body closes the connection; asking first lets the client hear why.
        "body_too_large" => new Asked { Body = Large(route.Described.BodyType!), Headers = [("Expect", "100-continue")] },
        "unsupported_media_type" => new Asked { Body = new StringContent("{}", new MediaTypeHeaderValue("text/plain")) },
        "malformed_idempotency_key" => new Asked { Headers = [("Idempotency-Key", new string('k', 256))], At = "Idempotency-Key" },
        _ => null,
    };

    public static StringContent Form(string text) => new(text, new MediaTypeHeaderValue(ClientAuthentication.FormType));

    private static StringContent Large(string type) => new(
        type == "application/json" ? $"\"{new string('x', ApiInput.LargestBody)}\"" : "token=" + new string('x', ApiInput.LargestBody), new MediaTypeHeaderValue(type));

    private async Task LimitAsync()
    {
        var (limiter, address) = (console.Services.GetRequiredService<ApiLimiter>(), System.Net.IPAddress.Parse("198.51.100.7"));
        foreach (var route in console.Routes)
        {
            if (route.Declared.FirstOrDefault(declared => declared.Code == "rate_limited") is { } limited)
                await provoker.ExpectLimitedAsync(route.Name, limited, UseUp, new Asked { By = [], From = $"{address}" });
        }

        void UseUp()
        {
            while (limiter.TakeAddress(address) is null)
            {
            }
        }
    }

    // Who asks is not known to this instance yet, or the route reads the database itself.
    private async Task TakeDatabaseAwayAsync()
    {
        var member = await console.SignInAsync(console.Tenant.Admin);
        var service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("late")).Reveal());
        var token = ("X-Auth-Token", (await console.MakeTokenAsync("Late", "rotate:self")).Secret.Reveal());
        console.DatabaseIsAway = true;
        try
        {
            foreach (var route in console.Routes)
            {
                (string, string)[] by = route.Access.TakesAnybody ? [] : [route.Access.TakesServices ? service : route.Access.TakesMembers ? member : token];
                if (route.Declared.FirstOrDefault(declared => declared.Code == ApiProblem.Unavailable.Code) is { } unavailable)
                    await provoker.ExpectAsync(route.Name, unavailable, new Asked { By = by, Body = route.Name == "revoke" ? Form($"token={RefreshToken.NewSecret().Reveal()}") : null });
            }
        }
        finally
        {
            console.DatabaseIsAway = false;
        }
    }
}
