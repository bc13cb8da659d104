using System.Net;
using System.Reflection;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Tests.Architecture.RoleMatrix;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.Architecture;

/// <summary>Makes what use cases are called with, by the types of their parameters. Texts come from the caller, each by its place.</summary>
/// <param name="Scene">Whose rows the ids are.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="TextAt">The text for a place, for example <c>request.Name</c>, given the usual one.</param>
internal sealed record UseCaseInput(Scene Scene, Actor Actor, Func<string, string, string> TextAt)
{
    private static readonly Type[] Plain =
    [
        typeof(Guid), typeof(long), typeof(int), typeof(bool), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan), typeof(CancellationToken), typeof(TimeZoneInfo), typeof(Actor),
        typeof(RequestOrigin), typeof(IPAddress), typeof(AuditSearchClock),
    ];

    private static readonly Type[] Texts = [typeof(string), typeof(Secret), typeof(AuditSearch)];

    public static bool CanMake(Type type) =>
        Plain.Contains(type) || Texts.Contains(type) || type.IsEnum || Nullable.GetUnderlyingType(type) is not null
        || (ItemOf(type) is { } item ? CanMake(item) : ConstructorOf(type) is { } made && Array.TrueForAll(made.GetParameters(), parameter => CanMake(parameter.ParameterType)));

    /// <summary>What has a default may be anything.</summary>
    public static bool CanMake(ParameterInfo parameter) => parameter.HasDefaultValue || CanMake(parameter.ParameterType);

    public static bool HoldsText(Type type) =>
        Texts.Contains(type)
        || (!Plain.Contains(type) && (ItemOf(type) is { } item ? HoldsText(item) : ConstructorOf(type) is { } made && Array.Exists(made.GetParameters(), parameter => HoldsText(parameter.ParameterType))));

    public object? Make(ParameterInfo parameter) =>
        CanMake(parameter.ParameterType) ? Make(parameter.ParameterType, parameter.Name!, parameter.Name!) : parameter.DefaultValue;

    private object? Make(Type type, string place, string name)
    {
        if (Texts.Contains(type))
            return MakeText(type, TextAt(place, UsualText(name)));
        if (Nullable.GetUnderlyingType(type) is not null)
            return null;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (Plain.Contains(type))
            return MakePlain(type, name);
        if (ItemOf(type) is { } item)
        {
            var array = Array.CreateInstance(item, 1);
            array.SetValue(Make(item, place + "[0]", name), 0);
            return array;
        }

        var made = ConstructorOf(type)!;
        return made.Invoke([.. made.GetParameters().Select(parameter => Make(parameter.ParameterType, $"{place}.{parameter.Name}", parameter.Name!))]);
    }

    private static object MakeText(Type type, string text)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(Secret))
            return new Secret(text);
        var (quoted, clock) = (AuditSearchEdit.Quote(text), new AuditSearchClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc));
        return AuditSearchParser.Parse($"actor:{quoted} resource:{quoted} {quoted}", clock).Search ?? AuditSearch.Everything;
    }

    private object MakePlain(Type type, string name) => type switch
    {
        _ when type == typeof(Guid) => IdOf(name.ToLowerInvariant()),
        _ when type == typeof(long) => Scene.Attempt,
        _ when type == typeof(int) => 10,
        _ when type == typeof(bool) => false,
        _ when type == typeof(DateTimeOffset) => Scene.Core.Time.GetUtcNow(),
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Scene.Core.Time.GetUtcNow().UtcDateTime),
        _ when type == typeof(TimeSpan) => TimeSpan.FromHours(1),
        _ when type == typeof(CancellationToken) => Stop,
        _ when type == typeof(TimeZoneInfo) => TimeZoneInfo.Utc,
        _ when type == typeof(RequestOrigin) => TestTenants.Origin,
        _ when type == typeof(IPAddress) => IPAddress.Loopback,
        _ when type == typeof(AuditSearchClock) => new AuditSearchClock(Scene.Core.Time.GetUtcNow(), TimeZoneInfo.Utc),
        _ => Actor,
    };

    private Guid IdOf(string name) => name switch
    {
        _ when name.Contains("tenant", StringComparison.Ordinal) => Scene.Tenant.Id,
        _ when name.Contains("member", StringComparison.Ordinal) => Scene.Member,
        _ when name.Contains("key", StringComparison.Ordinal) => Scene.Key,
        _ when name.Contains("invitation", StringComparison.Ordinal) => Scene.Invitation,
        _ when name.Contains("session", StringComparison.Ordinal) => Scene.Session,
        _ => Scene.Token,
    };

    private string UsualText(string name) => name.ToLowerInvariant() switch
    {
        var lower when lower.Contains("email", StringComparison.Ordinal) => Scene.Tenant.Cashier.Email,
        var lower when lower.Contains("password", StringComparison.Ordinal) => TestMember.Password,
        var lower when lower.Contains("allowlist", StringComparison.Ordinal) || lower == "ip" => "203.0.113.7",
        var lower when lower.Contains("scope", StringComparison.Ordinal) => "read:payments",
        _ => "Plain",
    };

    private static Type? ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlyCollection<>) || open == typeof(IEnumerable<>) || open == typeof(ICollection<>)) ? type.GetGenericArguments()[0]
        : null;

    private static ConstructorInfo? ConstructorOf(Type type) =>
        type is { IsClass: true, IsAbstract: false } or { IsValueType: true, IsPrimitive: false } && type.Namespace?.StartsWith("FinConsole", StringComparison.Ordinal) == true
            ? type.GetConstructors().OrderByDescending(made => made.GetParameters().Length).FirstOrDefault() : null;
}
