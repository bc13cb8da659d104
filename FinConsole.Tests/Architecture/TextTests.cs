using FinConsole.Core;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Texts for people are in the resource file beside their feature, in Core as in Web.</summary>
public sealed class TextTests
{
    // Two words that are no text for people, each with its reason.
    private static readonly string[] Names =
    [
        // Stored in audit entries and login history, and read from there: they never change.
        "password and authenticator app", "password and recovery code", "authenticator app", "attempt ", " on ", "(unknown refresh token)",
        "(unnamed client)", "Encryption key", "Audit log", "Login history",
        // Workers, as logs know them.
        "usage retention", "token failures", "login retention", "audit volume",
        // Products, and words that a password must not be built from.
        "Samsung Internet", "Mac OS X", " FinConsole",
        // Syntax.
        ") AS new (", "blob ", "text ", "Data Source=design-time.db",
    ];

    [Fact]
    public void Core_has_no_sentence_in_its_code()
    {
        var found = HardCodedTexts.Of(typeof(CoreServices).Assembly.Location)
            .Where(text => !text.Type.StartsWith("FinConsole.Core.Demo.", StringComparison.Ordinal) && !IsTableOfNames(text.Type)).ToList();

        Assert.DoesNotContain(found, text => !Names.Contains(text.Text));
        Assert.Empty(Names.Except(found.Select(text => text.Text)));
    }

    [Fact]
    public void A_sentence_in_the_code_is_found_and_a_message_for_developers_is_not()
    {
        var found = HardCodedTexts.Of(typeof(TextTests).Assembly.Location).Where(text => text.Type.EndsWith(nameof(TextSamples), StringComparison.Ordinal));

        Assert.Equal(["Choose a role, please.", "Choose at most ", " roles."], found.Select(text => text.Text));
    }

    [Fact]
    public void Every_text_in_a_resource_file_is_used_and_says_something()
    {
        using var core = ModuleDefinition.ReadModule(typeof(CoreServices).Assembly.Location);
        using var web = ModuleDefinition.ReadModule(typeof(FinConsole.Web.ConsoleUrls).Assembly.Location);
        TypeDefinition[] types = [.. core.GetAllTypes(), .. web.GetAllTypes()];
        var files = types.Where(type => type.Name.EndsWith("Texts", StringComparison.Ordinal) && type.Properties.Any(property => property.Name == "ResourceManager")).ToList();
        var texts = files.SelectMany(file => file.Properties.Where(property => property.PropertyType.FullName == "System.String").Select(property => $"{file.FullName}.{property.Name}"));
        var used =
            from type in types.Except(files)
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            let called = instruction.Operand as MethodReference
            where called is not null && called.Name.StartsWith("get_", StringComparison.Ordinal)
            select $"{called.DeclaringType.FullName}.{called.Name[4..]}";

        Assert.NotEmpty(files);
        Assert.Empty(texts.Except(used.ToHashSet()));
        Assert.All(files, file => Assert.All(ValuesOf(file), value => Assert.False(string.IsNullOrWhiteSpace(value))));
    }

    private static IEnumerable<string?> ValuesOf(TypeDefinition file)
    {
        var type = Type.GetType($"{file.FullName}, {file.Module.Assembly.FullName}", throwOnError: true)!;
        return type.GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => (string?)property.GetValue(null));
    }

    // Names of countries, in English as ISO 3166 has them, and which of them border on each other.
    private static bool IsTableOfNames(string type) => type.EndsWith(".CountryNames", StringComparison.Ordinal) || type.EndsWith(".Borders", StringComparison.Ordinal);
}

internal static class TextSamples
{
    public static string Whole(bool lacks) => lacks ? "Choose a role, please." : "";

    public static string Part(int most) => $"Choose at most {most} roles.";

    public static void Developer(int most) => throw new InvalidOperationException($"There are more than {most} of these things.");
}
