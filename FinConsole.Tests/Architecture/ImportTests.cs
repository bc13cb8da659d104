using System.Reflection;
using FinConsole.Core;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Who may import whom, held on the compiled assemblies: a feature imports what lies below it, and never its neighbor.</summary>
public sealed class ImportTests
{
    // Lowest first; those on one line are neighbors. A new folder of Core needs its place here before it compiles into anything.
    private static readonly string[][] Layers =
    [
        ["Common"],
        ["Email", "Tenants"],
        ["Members"],
        ["Data"],
        ["Access"],
        ["AuditLog"],
        ["UseCases"],
        ["Audit"],
        ["Policies"],
        ["LoginHistory"],
        ["Mfa"],
        ["SignIn"],
        ["EncryptionKeys"],
        ["Team"],
        ["Onboarding", "Profile", "ApiTokens", "SavedViews"],
        ["Usage", "ServiceTokens", "Checklist"],
        ["Demo"],
    ];

    private static readonly string[] SignInManager = ["Microsoft.AspNetCore.Identity.SignInManager`1"];

    // DbException says that the database failed, whichever it is; the API answers 503 then.
    private static readonly string[] Database =
        ["Microsoft.EntityFrameworkCore.", "Npgsql.", "Microsoft.Data.", "System.Data.", "FinConsole.Core.Data.ConsoleDb", "Microsoft.AspNetCore.Identity.UserManager`1"];

    public static TheoryData<Type> Samples =>
        [.. typeof(ImportTests).Assembly.GetTypes().Where(type => type is { Namespace: "FinConsole.Tests.Architecture.Samples.Below", IsNested: false })];

    [Fact]
    public void Every_folder_of_Core_has_its_layer_and_every_layer_its_folder()
    {
        var folders = SourceTree.Files("FinConsole.Core", ".cs").Select(file => file.Feature).Where(feature => feature != "").Distinct();

        Assert.Equal(Layers.SelectMany(layer => layer).Order(), folders.Order());
    }

    [Fact]
    public void Features_of_Core_import_only_what_lies_below_them() => Assert.Empty(
        from use in CompiledDependencies.Program
        let user = FeatureOf(use.From)
        let used = FeatureOf(use.To)
        where LayerOf(user) >= 0 && used is not (null or "") && used != user && LayerOf(used) >= LayerOf(user)
        select use);

    [Fact]
    public void Core_knows_no_request_no_component_and_no_sign_in_manager()
    {
        string[] banned = ["Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Routing", "FinConsole.Web"];

        Assert.Empty(UsesOf([.. banned, .. SignInManager], from => Is(from, "FinConsole.Core")));
    }

    [Fact]
    public void Web_knows_no_database_no_user_manager_and_no_SQL() => Assert.DoesNotContain(
        UsesOf(Database, from => Is(from, "FinConsole.Web")), use => use.To != "System.Data.Common.DbException");

    [Fact]
    public void Only_account_pages_and_hosting_touch_the_sign_in_manager() => Assert.Empty(
        UsesOf(SignInManager, from => !Is(from, "FinConsole.Web.Account") && !Is(from, "FinConsole.Web.Hosting")));

    [Fact]
    public void Nothing_imports_the_tests() => Assert.Empty(UsesOf(["FinConsole.Tests", "FinConsole.E2E"], from => true));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_use_is_seen_however_it_is_written(Type sample) => Assert.Contains(
        CompiledDependencies.Samples.Where(use => Is(use.From, sample.FullName!)),
        use => Is(use.To, "FinConsole.Tests.Architecture.Samples.Above"));

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

    private static IEnumerable<Dependency> UsesOf(string[] banned, Func<string, bool> from) =>
        CompiledDependencies.Program.Where(use => from(use.From) && banned.Any(prefix => use.To.StartsWith(prefix, StringComparison.Ordinal)));

    // The type itself or one inside it, or the namespace or one inside that.
    private static bool Is(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] is '.' or '+' or '`' or '/');

    // The folder of a type of Core; empty for what lies at the top, null for everything that is not Core's.
    private static string? FeatureOf(string name) =>
        !Is(name, "FinConsole.Core") ? null : name.Split('.') is { Length: > 3 } parts ? parts[2] : "";

    private static int LayerOf(string? feature) => Array.FindIndex(Layers, layer => layer.Contains(feature));

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
}
