using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FinConsole.Core.Common;
using Microsoft.AspNetCore.Mvc;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Reads a request's query string against the parameters that its route binds, before the route runs: a name or value that is not understood
/// is refused, since a filter that is silently left out answers another question than the one that was asked (ADR 0024).
/// </summary>
internal sealed partial class ApiQuery
{
    private readonly ConcurrentDictionary<Endpoint, IReadOnlyDictionary<string, Type>> _parameters = new();

    /// <summary>A refusal that names the parameter; null when all are understood. Words of an enum are the route's own to read.</summary>
    public ApiProblem? FindFault(HttpContext http, Endpoint endpoint)
    {
        if (http.Request.Query.Count == 0)
            return null;
        var known = _parameters.GetOrAdd(endpoint, ReadParameters);
        var faults = new Dictionary<string, string>();
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.TryGetValue(name, out var type))
                faults[name] = known.Count == 0 ? ApiErrorTexts.NoParameters : Texts.Format(ApiErrorTexts.NoSuchParameter, string.Join(", ", known.Keys.Order(StringComparer.Ordinal)));
            else if (values.Count != 1)
                faults[NameOf(known, name)] = ApiErrorTexts.SendOnce;
            else if (FindFault(type, values[0] ?? "") is { } fault)
                faults[NameOf(known, name)] = fault;
        }

        return faults.Count == 0 ? null : ApiProblem.Malformed with { Errors = faults };
    }

    private static string NameOf(IReadOnlyDictionary<string, Type> known, string name) => known.Keys.First(each => each.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? FindFault(Type type, string value)
    {
        if (type == typeof(bool))
            return bool.TryParse(value, out _) ? null : ApiErrorTexts.UseBoolean;
        if (type == typeof(int))
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : ApiErrorTexts.UseNumber;
        if (type == typeof(long))
            return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : ApiErrorTexts.UseNumber;
        if (type == typeof(DateTimeOffset))
            return IsTime(value) ? null : ApiErrorTexts.UseTime;
        // Nothing that can be looked for: the filter would be left out.
        if (type == typeof(string))
            return string.IsNullOrWhiteSpace(PlainText.ForStorage(value.Trim(), value.Length)) ? ApiErrorTexts.UseText : null;
        return null;
    }

    /// <summary>Whether this is a time by RFC 3339, with its offset.</summary>
    public static bool IsTime(string text) => Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _);


    private static Dictionary<string, Type> ReadParameters(Endpoint endpoint)
    {
        var found = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        {
            if (parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
            {
                foreach (var property in parameter.ParameterType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead))
                    found[FieldNames.Of(property.Name)] = property.IsDefined(typeof(OneOfAttribute)) ? typeof(Enum) : Plain(property.PropertyType);
            }
            else if (parameter.GetCustomAttribute<FromQueryAttribute>() is not null)
            {
                found[parameter.Name!] = Plain(parameter.ParameterType);
            }
        }

        return found;
    }

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$")]
    private static partial Regex Rfc3339();
}
