using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace FinConsole.Tests.Fixtures;

/// <summary>bUnit asks for AngleSharp.Diffing 1.x; the copy in the output folder is 0.17.0, which does as well.</summary>
internal static class AngleSharpDiffing
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, Name + ".dll")) : null;
}
