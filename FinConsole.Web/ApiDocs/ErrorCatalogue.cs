using System.Reflection;
using FinConsole.Core;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiDocs;

/// <summary>A code that answers may bear, and what it means.</summary>
public sealed record DocumentedError(string Code, int Status, string Meaning);

/// <summary>Every code that is stated once and for all in the program: collected from where it is stated, so that none is forgotten here.</summary>
public static class ErrorCatalogue
{
    public static IReadOnlyList<DocumentedError> All { get; } = Collect();

    private static IReadOnlyList<DocumentedError> Collect()
    {
        var stated = typeof(CoreServices).Assembly.GetTypes().Where(type => type.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => field.GetValue(null)).OfType<Error>().Select(ApiProblems.Of);
        var ours = typeof(ApiProblem).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<ApiProblem>();
        ApiProblem[] made = [ApiProblem.ScopeMissing("…"), ApiProblem.TooMany("token", 1) with { Title = ApiDocsTexts.RateLimited }];
        return [.. ours.Concat(made).Concat(stated).GroupBy(problem => problem.Code)
            .Select(same => new DocumentedError(same.Key, same.First().Status, same.First().Title)).OrderBy(error => error.Status).ThenBy(error => error.Code, StringComparer.Ordinal)];
    }
}
