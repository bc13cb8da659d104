using System.Reflection;
using FinConsole.Core;
using FinConsole.Web;
using FinConsole.Web.EncryptionKeys;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Texts for people are in the resource file beside their feature, in Core as in Web.</summary>
public sealed class TextTests
{
    // Two words that are no text for people, each with its reason.
    private static readonly string[] NamesInCore =
    [
        // Stored in audit entries and login history, and read from there: they never change.
        "password and authenticator app", "password and recovery code", "authenticator app", "attempt ", " on ", "(unknown refresh token)",
        "(unnamed client)", "Encryption key", "Audit log", "Login history",
        // Workers, as logs know them.
        "usage retention", "token failures", "login retention", "audit volume",
        // Products, and words that a password must not be built from.
        "Samsung Internet", "Mac OS X", " FinConsole", "FinConsole ",
        // Syntax.
        ") AS new (", "blob ", "text ", "Data Source=design-time.db",
    ];

    private static readonly string[] NamesInWeb =
    [
        // Stored in audit entries, and in the certificate.
        "Encryption key", "Audit log", "Login history", "CN=FinConsole key ring",
        // Products, fields of the API's bodies, and what a field of the log is called in it.
        "Web Crypto", "Python: PyCryptodome", "currentPassword, newPassword", "transactionPin, userPin", "email, firstName, amount", " mfa",
        // Syntax of headers and of connection strings.
        "public, max-age=", "Basic ", "Data Source=\"",
        // Classes and ids that a page puts together.
        "swatch ", "note ", "-unit ", "-error ",
    ];

    private static readonly string[] NamesInScripts = ["; Secure"];

    // Lines of code that the page of encryption keys shows; tests run each in its language.
    private static IEnumerable<string> ShownCode =>
        typeof(OaepFixes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(each => each.GetValue(null)).OfType<OaepFix>().Select(fix => fix.Line);

    [Fact]
    public void Core_has_no_sentence_in_its_code()
    {
        var found = HardCodedTexts.Of(typeof(CoreServices).Assembly.Location)
            .Where(text => !text.Type.StartsWith("FinConsole.Core.Demo.", StringComparison.Ordinal) && !IsTableOfNames(text.Type)).ToList();

        Assert.DoesNotContain(found, text => !NamesInCore.Contains(text.Text));
        Assert.Empty(NamesInCore.Except(found.Select(text => text.Text)));
    }

    [Fact]
    public void Web_has_no_sentence_in_its_code_and_pages()
    {
        var found = HardCodedTexts.Of(typeof(ConsoleUrls).Assembly.Location).Where(text => !ShownCode.Contains(text.Text)).ToList();

        Assert.DoesNotContain(found, text => !NamesInWeb.Contains(text.Text));
        Assert.Empty(NamesInWeb.Except(found.Select(text => text.Text)));
    }

    [Fact]
    public void Scripts_take_their_texts_from_the_page()
    {
        var found = HardCodedTexts.OfScripts();

        Assert.Equal(NamesInScripts.Order(StringComparer.Ordinal), found.Select(text => text.Text).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_sentence_in_the_code_is_found_and_a_message_for_developers_is_not()
    {
        var found = HardCodedTexts.Of(typeof(TextTests).Assembly.Location).Where(text => text.Type.EndsWith(nameof(TextSamples), StringComparison.Ordinal));

        Assert.Equal(["Choose a role, please.", "Choose at most ", " roles.", "This role is taken."], found.Select(text => text.Text));
    }

    [Fact]
    public void A_text_in_a_page_is_found_whether_it_is_shown_read_out_or_handed_to_a_component()
    {
        var found = HardCodedTexts.Of(typeof(TextTests).Assembly.Location).Where(text => text.Type.EndsWith(nameof(PageSample), StringComparison.Ordinal));

        Assert.Equal(["<p>Roles</p>", "<img src=\"a.png\" alt=\"A role\">", "Close the list"], found.Select(text => text.Text));
    }

    [Fact]
    public void Every_text_in_a_resource_file_is_used_and_says_something()
    {
        using var core = ModuleDefinition.ReadModule(typeof(CoreServices).Assembly.Location);
        using var web = ModuleDefinition.ReadModule(typeof(ConsoleUrls).Assembly.Location);
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

    public static string Route() => Describe("This role is taken.".Trim(), "Roles are listed here.");

    private static string Describe(string refusal, string description) => refusal + description;

    public static void Developer(int most) => throw new InvalidOperationException($"There are more than {most} of these things.");
}

internal sealed class PageSample : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<p>Roles</p>");
        builder.AddMarkupContent(1, "<img src=\"a.png\" alt=\"A role\">");
        builder.AddMarkupContent(2, "<code>X-Auth-Token</code>");
        builder.OpenElement(3, "button");
        builder.AddAttribute(4, "title", "Close the list");
        builder.CloseElement();
    }
}
