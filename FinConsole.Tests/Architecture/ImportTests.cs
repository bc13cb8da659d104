using System.Reflection;
using System.Text.RegularExpressions;
using FinConsole.Core;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Who may import whom: a feature imports what lies below it, and never its neighbour.</summary>
public sealed partial class ImportTests
{
    // Lowest first; those on one line are neighbours. A new folder of Core needs its place here before it compiles into anything.
    private static readonly string[][] Layers =
    [
        ["Common"],
        ["Mail", "Tenants"],
        ["Members"],
        ["Data"],
        ["Audit"],
        ["Policies"],
        ["LoginHistory"],
        ["Mfa"],
        ["SignIn"],
        ["Overview"],
        ["EncryptionKeys"],
        ["Team"],
        ["Onboarding", "Profile", "ApiTokens"],
        ["Usage", "ServiceTokens", "Alerts", "Posture", "Incidents"],
        ["Demo"],
    ];

    [Fact]
    public void Every_folder_of_Core_has_its_layer()
    {
        var folders = SourceTree.Files("FinConsole.Core", ".cs").Select(file => file.Feature).Where(feature => feature != "").Distinct();

        Assert.Empty(folders.Except(Layers.SelectMany(layer => layer)));
    }

    [Fact]
    public void Features_of_Core_import_only_what_lies_below_them()
    {
        var faults =
            from file in SourceTree.Files("FinConsole.Core", ".cs")
            where file.Feature != ""
            from line in file.Code
            from imported in ImportsOf(line.Line)
            where imported != file.Feature && LayerOf(imported) >= LayerOf(file.Feature)
            select $"{file}:{line.Number} {line.Line}";

        Assert.Empty(faults);
    }

    [Fact]
    public void Core_knows_no_request_no_component_and_no_sign_in_manager()
    {
        string[] banned = ["Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Routing", "FinConsole.Web"];

        var referenced = typeof(CoreServices).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(referenced, name => banned.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(Mentions("FinConsole.Core", SignInManager()));
    }

    [Fact]
    public void Web_knows_no_database_no_user_manager_and_no_SQL() => Assert.Empty(Mentions("FinConsole.Web", Database()));

    [Fact]
    public void Only_account_pages_and_hosting_touch_the_sign_in_manager() =>
        Assert.Empty(Mentions("FinConsole.Web", SignInManager(), file => file.Feature is not ("Account" or "Hosting")));

    [Fact]
    public void Web_holds_no_entity_in_any_field_parameter_or_variable()
    {
        var entities = typeof(CoreServices).Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces())
            .Where(each => each.Name.StartsWith("IEntityTypeConfiguration", StringComparison.Ordinal))
            .Select(each => each.GetGenericArguments()[0])
            .ToHashSet();
        Assert.Contains(typeof(ConsoleUser), entities);
        // What the change feed hands to its listeners: a notice, read-only, of no tracked row.
        entities.Remove(typeof(Change));

        var uses =
            from type in typeof(FinConsole.Web.ConsoleUrls).Assembly.GetTypes()
            from held in HeldBy(type)
            from part in PartsOf(held)
            where entities.Contains(part)
            select $"{type.FullName}: {part.Name}";

        Assert.Empty(uses.Distinct());
    }

    [Fact]
    public void Nothing_imports_the_tests() =>
        Assert.Empty(Mentions("FinConsole.Core", Tests()).Concat(Mentions("FinConsole.Web", Tests())));

    private static IEnumerable<string> Mentions(string project, Regex what, Func<SourceFile, bool>? where = null) =>
        from file in SourceTree.Files(project, ".cs", ".razor")
        where @where?.Invoke(file) ?? true
        from line in file.Code
        where what.IsMatch(line.Line)
        select $"{file}:{line.Number} {line.Line}";

    private static IEnumerable<string> ImportsOf(string line) => Import().Matches(line).Select(match => match.Groups[1].Value).Where(name => name != "CoreServices");

    private static IEnumerable<Type> HeldBy(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).ToList();
        return type.GetFields(All).Select(field => field.FieldType)
            .Concat(methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(methods.SelectMany(method => method.GetMethodBody()?.LocalVariables ?? []).Select(variable => variable.LocalType));
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        type.HasElementType ? PartsOf(type.GetElementType()!) : type.GetGenericArguments().SelectMany(PartsOf).Prepend(type);

    private static int LayerOf(string feature) => Array.FindIndex(Layers, layer => layer.Contains(feature));

    [GeneratedRegex(@"\bFinConsole\.Core\.(?!Tests)(\w+)(?<!^namespace.*)")]
    private static partial Regex Import();

    [GeneratedRegex(@"\bSignInManager\b")]
    private static partial Regex SignInManager();

    [GeneratedRegex(@"EntityFrameworkCore|\bConsoleDb\b|DbContext|\bUserManager\b|Npgsql|SqliteConnection|SqlConnection")]
    private static partial Regex Database();

    [GeneratedRegex(@"FinConsole\.(Tests|E2E)\b")]
    private static partial Regex Tests();
}
