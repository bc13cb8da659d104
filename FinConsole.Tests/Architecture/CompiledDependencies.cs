using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Above = FinConsole.Tests.Architecture.Samples.Above;
using Assembly = System.Reflection.Assembly;
using Below = FinConsole.Tests.Architecture.Samples.Below;

namespace FinConsole.Tests.Architecture;

/// <summary>One type that uses another.</summary>
/// <param name="From">Full name; a nested type is written with <c>+</c>.</param>
/// <param name="To">Likewise.</param>
internal readonly record struct Dependency(string From, string To)
{
    public override string ToString() => $"{From} -> {To}";
}

/// <summary>
/// Which types use which, read from compiled assemblies: however the source wrote it (qualified, generic argument, attribute, lambda,
/// async method, caught exception). What the compiler folds into a literal (<c>nameof</c>, constants) is in no assembly, and not seen.
/// </summary>
internal static class CompiledDependencies
{
    private static readonly Assembly[] Assemblies = [typeof(FinConsole.Core.CoreServices).Assembly, typeof(FinConsole.Web.ConsoleUrls).Assembly];

    private static readonly Lazy<IReadOnlyList<Dependency>> OfProgram = new(() => Read(new ArchLoader().LoadAssemblies(Assemblies), Assemblies));

    private static readonly Lazy<IReadOnlyList<Dependency>> OfSamples = new(() =>
    {
        var tests = typeof(CompiledDependencies).Assembly;
        return Read(new ArchLoader().LoadNamespacesWithinAssembly(tests, typeof(Above.Upper).Namespace!, typeof(Below.ALambda).Namespace!), tests);
    });

    /// <summary>Those of Core and Web, read once.</summary>
    public static IReadOnlyList<Dependency> Program => OfProgram.Value;

    /// <summary>Those of the samples beside this file.</summary>
    public static IReadOnlyList<Dependency> Samples => OfSamples.Value;

    private static IReadOnlyList<Dependency> Read(ArchLoader loader, params Assembly[] assemblies)
    {
        var architecture = loader.Build();
        return
        [
            .. architecture.Types
                .SelectMany(type => type.Dependencies.SelectMany(TargetsOf).Select(target => new Dependency(type.FullName, target)))
                .Concat(assemblies.SelectMany(CaughtIn)).Distinct(),
        ];
    }

    private static IEnumerable<string> TargetsOf(ITypeDependency dependency) =>
        dependency.TargetGenericArguments.SelectMany(NamesOf).Prepend(dependency.Target.FullName);

    // ArchUnitNET knows type parameters by their name alone, and so takes one generic type's T for another's.
    private static IEnumerable<string> NamesOf(GenericArgument argument) => argument.Type is ArchUnitNET.Domain.GenericParameter
        ? []
        : argument.GenericArguments.SelectMany(NamesOf).Prepend(argument.Type.FullName);

    // The types of catch clauses, which ArchUnitNET leaves out.
    private static IEnumerable<Dependency> CaughtIn(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. from type in module.GetAllTypes()
               from method in type.Methods
               where method.HasBody
               from handler in method.Body.ExceptionHandlers
               where handler.CatchType is not null
               select new Dependency(NameOf(type), NameOf(handler.CatchType)),
        ];
    }

    private static string NameOf(TypeReference type) => type.FullName.Replace('/', '+');
}
