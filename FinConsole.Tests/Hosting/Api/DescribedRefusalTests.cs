using System.Text.Json;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiDocs;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>The description is made from what each route declares that it refuses; <see cref="RefusalWatch"/> holds every test of the API to that.</summary>
public sealed class DescribedRefusalTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private IEnumerable<RouteEndpoint> Routes => console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<ApiAccess>() is not null && route.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
        // Gateways read the status alone, and get no body.
        .Where(route => route.Metadata.GetMetadata<NeverNegotiates>() is null);

    [Fact]
    public void Every_route_describes_each_of_its_refusals_with_the_code_and_the_text_that_it_has_there()
    {
        foreach (var route in Routes)
        {
            var name = route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;
            var operation = console.Description.Operations.Single(each => each.Json.GetProperty("operationId").GetString() == name);
            var declared = route.Metadata.GetOrderedMetadata<DeclaredRefusal>().Select(each => (each.Problem.Status, each.Problem.Code, each.Problem.Title)).ToList();
            Assert.NotEmpty(declared);

            Assert.Equal(declared.Order(), Described(operation).Order());
            Assert.All(declared, refusal => Assert.Contains($"`{refusal.Code}`: {refusal.Title}", DescriptionOf(operation, refusal.Status), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void One_code_says_at_each_operation_what_it_means_there()
    {
        Assert.Contains((409, "rotated_meanwhile", ApiTokenErrors.RotatedMeanwhile.Message), Described(Operation("rotateToken")));
        Assert.Contains((409, "rotated_meanwhile", EncryptionKeyErrors.RotatedMeanwhile.Message), Described(Operation("rotateEncryptionKey")));
        Assert.DoesNotContain(Described(Operation("whoAmI")), refusal => refusal.Status is 404 or 409 or 422);
        Assert.DoesNotContain(Described(Operation("getToken")), refusal => refusal.Code == "name_taken");
    }

    [Fact]
    public void Groups_are_those_that_operations_have_and_each_says_what_it_is()
    {
        var used = console.Description.Operations.SelectMany(operation => operation.Json.GetProperty("tags").EnumerateArray()).Select(tag => tag.GetString()!).ToHashSet();
        var listed = console.Description.Root.GetProperty("tags").EnumerateArray().ToList();

        Assert.Equal(used.Order(StringComparer.Ordinal), listed.Select(tag => tag.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(listed, tag => Assert.NotEmpty(tag.GetProperty("description").GetString()!));
        Assert.DoesNotContain(used, name => name.EndsWith("Api", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_reference_lists_the_codes_that_operations_send_and_no_others()
    {
        var groups = await console.Services.GetRequiredService<ApiReference>().GroupsAsync();
        var sent = console.Description.Operations.SelectMany(Described).ToList();

        var listed = ErrorCatalogue.Of(groups);

        string[] pathsWithoutOperation = [ApiProblem.NoSuchRoute.Code, ApiProblem.WrongMethod.Code];
        Assert.Equal(sent.Select(each => each.Code).Concat(pathsWithoutOperation).Distinct().Order(StringComparer.Ordinal), listed.Select(error => error.Code).Order(StringComparer.Ordinal));
        Assert.All(listed, error => Assert.All(error.Meanings, meaning => Assert.True(
            sent.Any(each => each.Code == error.Code && each.Title == meaning.Text) || pathsWithoutOperation.Contains(error.Code), $"{error.Code}: {meaning.Text}")));
        var meanings = listed.Single(error => error.Code == "rotated_meanwhile").Meanings;
        Assert.Equal(["Rotate the encryption key"], meanings.Single(each => each.Text == EncryptionKeyErrors.RotatedMeanwhile.Message).Operations.Select(operation => operation.Summary));
        Assert.Contains("rotateToken", meanings.Single(each => each.Text == ApiTokenErrors.RotatedMeanwhile.Message).Operations.Select(operation => operation.Id));
    }

    [Fact]
    public async Task The_page_shows_each_code_at_its_operation_with_its_text_there()
    {
        var page = await console.Api.GetStringAsync("/docs", Stop);
        var groups = await console.Services.GetRequiredService<ApiReference>().GroupsAsync();
        foreach (var id in groups.SelectMany(group => group.Operations).Select(each => each.Id))
        {
            var operation = Operation(id);
            var start = page.IndexOf($"<article id=\"{id}\"", StringComparison.Ordinal);
            var article = System.Net.WebUtility.HtmlDecode(page[start..page.IndexOf("</article>", start, StringComparison.Ordinal)]);
            Assert.All(Described(operation), refusal => Assert.Matches($">{refusal.Code}</code></a>\\s*{System.Text.RegularExpressions.Regex.Escape(refusal.Title)}", article));
        }
    }

    [Fact]
    public void A_refusal_that_its_route_does_not_declare_fails_the_test_that_provokes_it()
    {
        var route = Routes.Single(each => each.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName == "getToken").Metadata;

        Assert.Null(RefusalWatch.FindFault(route, 404, ApiProblems.Of(ApiTokenErrors.NotFound)));
        Assert.NotNull(RefusalWatch.FindFault(route, 409, ApiProblems.Of(ApiTokenErrors.NameTaken)));
        Assert.NotNull(RefusalWatch.FindFault(route, 404, ApiProblems.Of(ApiTokenErrors.NotFound) with { Title = "Another text." }));
        Assert.NotNull(RefusalWatch.FindFault(route, StatusCodes.Status418ImATeapot, null));
    }

    private DescribedOperation Operation(string id) => console.Description.Operations.Single(each => each.Json.GetProperty("operationId").GetString() == id);

    private static string DescriptionOf(DescribedOperation operation, int status) =>
        operation.Json.GetProperty("responses").GetProperty($"{status}").GetProperty("description").GetString()!;

    private static IEnumerable<(int Status, string Code, string Title)> Described(DescribedOperation operation) =>
        from response in operation.Json.GetProperty("responses").EnumerateObject()
        where response.Value.TryGetProperty("content", out _)
        from media in response.Value.GetProperty("content").EnumerateObject()
        where media.Value.TryGetProperty("examples", out _)
        from example in media.Value.GetProperty("examples").EnumerateObject()
        let body = example.Value.GetProperty("value")
        where body.TryGetProperty("code", out JsonElement _)
        select (body.GetProperty("status").GetInt32(), body.GetProperty("code").GetString()!, body.GetProperty("title").GetString()!);
}
