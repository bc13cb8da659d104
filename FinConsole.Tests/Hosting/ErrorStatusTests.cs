using System.Reflection;
using System.Security.Claims;
using FinConsole.Core;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Exports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>One refusal has one status, whoever answers with it.</summary>
public sealed class ErrorStatusTests(WebConsole console) : IClassFixture<WebConsole>
{
    // api.md's table.
    private static readonly Dictionary<ErrorKind, int> Table = new()
    {
        [ErrorKind.Invalid] = 400,
        [ErrorKind.Unauthenticated] = 401,
        [ErrorKind.Forbidden] = 403,
        [ErrorKind.MoreProofNeeded] = 403,
        [ErrorKind.NotFound] = 404,
        [ErrorKind.Conflict] = 409,
        [ErrorKind.Refused] = 422,
        [ErrorKind.TooManyRequests] = 429,
    };

    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Fact]
    public void Every_typed_error_has_the_status_of_its_kind()
    {
        var errors = typeof(CoreServices).Assembly.GetTypes().Where(type => type.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)).Select(field => field.GetValue(null)).OfType<Error>().ToList();

        Assert.True(errors.Count > 40, $"Only {errors.Count} errors were found.");
        Assert.All(errors, error => Assert.Equal((error.Code, Table[error.Kind]), (error.Code, ApiProblems.Of(error).Status)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_export_is_refused_with_the_status_of_the_API(ErrorKind kind)
    {
        var runs = console.Services.GetRequiredService<ExportRuns>();
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(ConsoleClaims.Tenant, Guid.NewGuid().ToString()), new(ConsoleClaims.Session, Guid.NewGuid().ToString())], "test"));
        var http = new DefaultHttpContext { User = person, RequestServices = console.Services };
        var link = runs.Begin(person, "/list", ExportFormat.Csv).Link.Split('?');
        (http.Request.Path, http.Request.QueryString) = (link[0], new QueryString("?" + link[1]));
        var answer = ActivatorUtilities.CreateInstance<ExportResponse>(console.Services);

        await answer.WriteAsync<string>(http, "list", [], (_, _, _) => Task.FromResult<Result<IAsyncEnumerable<string>>>(new Error(kind, "refused", "Refused.")));

        Assert.Equal(Table[kind], http.Response.StatusCode);
        Assert.Equal(ApiProblems.Of(new Error(kind, "refused", "Refused.")).Status, http.Response.StatusCode);
    }

    [Fact]
    public void A_failure_of_the_database_is_told_from_a_bug_in_one_place()
    {
        var database = new InvalidOperationException("outer", new InvalidOperationException("inner", new Microsoft.Data.Sqlite.SqliteException("locked", 5)));

        Assert.True(Failures.IsDatabase(database));
        Assert.False(Failures.IsDatabase(new InvalidOperationException("outer", new ArgumentException("inner"))));
        Assert.Equal((503, "unavailable"), (ApiProblems.Of(database).Status, ApiProblems.Of(database).Code));
        Assert.Equal((500, "internal_error"), (ApiProblems.Of(new ArgumentException("bug")).Status, ApiProblems.Of(new ArgumentException("bug")).Code));
    }
}
