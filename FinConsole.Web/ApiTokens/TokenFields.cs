using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;

namespace FinConsole.Web.ApiTokens;

/// <summary>Which element of a list an error is about: Core reads lists as people type them, a program sends them element by element.</summary>
internal static class TokenFields
{
    /// <summary>The error with <c>Scopes[2]</c> in place of <c>Scopes</c>, and likewise for the allowlist; itself where no single element is wrong.</summary>
    public static Error Place(Error error, IReadOnlyList<string>? scopes, IReadOnlyList<string>? allowlist)
    {
        if (error.Fields.Count == 0)
            return error;
        return error with
        {
            Fields = error.Fields.ToDictionary(
                field => field.Key switch
                {
                    "Scopes" => At(field.Key, scopes, scope => TokenScopes.Canonical([scope]) is null),
                    "Allowlist" => At(field.Key, allowlist, network => !IsNetwork(network)),
                    _ => field.Key,
                },
                field => field.Value),
        };
    }

    /// <summary>Whether an element of an allowlist names a network, or several.</summary>
    public static bool IsNetwork(string? element) => IpAllowlist.Parse(element, out var networks) is null && networks.Count > 0;

    private static string At(string field, IReadOnlyList<string>? elements, Predicate<string> isWrong)
    {
        for (var index = 0; index < (elements?.Count ?? 0); index++)
        {
            if (isWrong(elements![index]))
                return $"{field}[{index}]";
        }

        return field;
    }
}
