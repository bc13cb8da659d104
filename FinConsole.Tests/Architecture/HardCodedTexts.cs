using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace FinConsole.Tests.Architecture;

/// <summary>A text in a compiled method.</summary>
internal sealed record CompiledText(string Type, string Method, string Text)
{
    public override string ToString() => $"{Type}.{Method}: {Text.ReplaceLineEndings(" ")}";
}

/// <summary>
/// Literals that read like a sentence, or a part of one, in an assembly. Those for developers are left out by rule: log messages, messages
/// of the framework's exceptions, what documents a route or an instrument, names under which something is stored, SQL, and markup.
/// </summary>
internal static partial class HardCodedTexts
{
    // Instructions between a text and what takes it, in the longest of the program's calls.
    private const int Reach = 60;

    // Calls whose arguments are no texts for people who use the console.
    private static readonly string[] Takers =
    [
        // Documentation of a route stands beside the route, as a doc comment does; of an instrument, beside the instrument.
        "Describe", "CreateCounter", "CreateHistogram", "CreateUpDownCounter", "CreateObservableGauge", "CreateObservableCounter",
        // Log messages; names that are stored, which never change.
        "Define", "System", "DeriveKey", "HasFilter",
    ];

    public static IReadOnlyList<CompiledText> Of(string assemblyFile)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(assemblyFile));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(assemblyFile, new ReaderParameters { AssemblyResolver = resolver });
        return
        [
            .. from type in module.GetAllTypes()
               where !IsGenerated(type) && !type.FullName.Contains(".Migrations.", StringComparison.Ordinal)
               from method in type.Methods
               where method.HasBody && !IsGenerated(method) && method.Name is not ("PrintMembers" or "ToString")
               from instruction in method.Body.Instructions
               where instruction.OpCode == OpCodes.Ldstr
               where IsMarkup(instruction)
                   ? IsShown((string)instruction.Operand)
                   : IsSentence((string)instruction.Operand) && !IsForDevelopers(instruction)
               select new CompiledText(OuterOf(type).FullName, method.Name, (string)instruction.Operand),
        ];
    }

    /// <summary>The same in scripts, which take their texts from attributes that the page writes.</summary>
    public static IReadOnlyList<CompiledText> OfScripts() =>
    [
        .. from file in SourceTree.Files("FinConsole.Web", ".js")
           from line in file.Code
           from literal in ScriptText().Matches(line.Line)
           where IsSentence(literal.Groups[1].Value)
           select new CompiledText(file.Path, $"{line.Number}", literal.Groups[1].Value),
    ];

    // Two words with a blank between them that are neither SQL, nor markup, nor a style sheet, nor a format of times.
    private static bool IsSentence(string text) => text.Any(char.IsLower) && Describe().IsMatch(text) && !Technical().IsMatch(text);

    // What a page holds as it stands. What it computes, and what it hands to a component or an attribute, is looked at like other code.
    private static bool IsMarkup(Instruction text) => text.Next.Operand is MethodReference { Name: "AddMarkupContent" or "AddContent" };

    // In a page: words between its tags, be it one, unless they are code; and words in the attributes that are read out or shown.
    private static bool IsShown(string markup) =>
        Word().IsMatch(Tag().Replace(Code().Replace(markup, " "), " ").Replace("FinConsole", "", StringComparison.Ordinal)) || ReadOut().IsMatch(markup);

    private static bool IsForDevelopers(Instruction text)
    {
        var at = text.Next;
        for (var step = 0; step < Reach && at is not null; step++, at = at.Next)
        {
            if (at.OpCode == OpCodes.Newobj && IsFrameworkException(((MethodReference)at.Operand).DeclaringType))
                return true;
            if (at.Operand is MethodReference called && Takers.Contains(called.Name))
                return called.Name != "Describe" || StandsBeside(text, at);
            if (at.OpCode.FlowControl is FlowControl.Return or FlowControl.Throw or FlowControl.Branch || at.OpCode == OpCodes.Stsfld || at.OpCode == OpCodes.Stfld)
                return false;
        }

        return false;
    }

    // The texts of a route's description follow each other; one that stands earlier in the same chain of calls is a refusal's, or an answer's.
    private static bool StandsBeside(Instruction text, Instruction call)
    {
        for (var at = text.Next; at != call; at = at.Next)
        {
            if (at.OpCode != OpCodes.Ldstr && at.Operand is not MethodReference { Name: "Concat" })
                return false;
        }

        return true;
    }

    // Ours are read by the operator, who is no developer of this program.
    private static bool IsFrameworkException(TypeReference type) =>
        type.Name.EndsWith("Exception", StringComparison.Ordinal) && !type.FullName.StartsWith("FinConsole.", StringComparison.Ordinal);

    private static bool IsGenerated(ICustomAttributeProvider member) =>
        member.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "GeneratedCodeAttribute")
        || (member is TypeDefinition { DeclaringType: { } outer } && IsGenerated(outer));

    private static TypeDefinition OuterOf(TypeDefinition type) => type.DeclaringType is { } outer ? OuterOf(outer) : type;

    [GeneratedRegex(@"\p{L}{2,}[,;:.)’']*\s+\p{L}|^[,.:;]?\s\p{L}{2,}|\p{L}{2,}\s$")]
    private static partial Regex Describe();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex("""["`]([^"`]*)["`]""")]
    private static partial Regex ScriptText();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<code[^>]*>.*?</code>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("""(alt|title|placeholder|aria-label|aria-description)="[^"]*\p{L}{2,}""")]
    private static partial Regex ReadOut();

    [GeneratedRegex(@"""\w+""|\b(SELECT|UPDATE|INSERT|DELETE|CREATE|DROP|PRAGMA|LISTEN|NOTIFY|MERGE|WHEN|THEN|ELSE|VALUES|AND|FROM|IN) |<\w+|fc-|mud-|yyyy|d MMM|^MMM|charset=|rgb\(|monospace|-scheme:|'self'|'none'|Bearer")]
    private static partial Regex Technical();
}
