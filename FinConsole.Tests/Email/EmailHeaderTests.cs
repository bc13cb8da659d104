using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FinConsole.Core;
using FinConsole.Core.Common;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace FinConsole.Tests.Email;

/// <summary>What stands at the head of every email that the program sends, as a mail server receives it.</summary>
public sealed partial class EmailHeaderTests
{
    private const string To = "zoe@acme.example";

    [Fact]
    public async Task Every_email_has_an_id_of_its_own_a_date_and_says_that_a_program_sent_it()
    {
        var emails = AllEmails();
        Assert.True(emails.Count >= 11, $"Only {emails.Count} kinds of email were found.");
        using var sink = new SmtpSink(emails.Count);
        var sent = DateTimeOffset.UtcNow;

        var messages = await SendAsync(emails, new EmailOptions { From = "console@mail.acme.example", SmtpHost = "127.0.0.1", SmtpPort = sink.Port, SmtpTls = false }, sink);

        var ids = new HashSet<string>();
        foreach (var headers in messages.Select(HeadersOf))
        {
            // RFC 5322 3.6.4: one, unique, with a domain after the @.
            Assert.Matches("^<[0-9a-f]{32}@mail.acme.example>$", headers["Message-ID"].Single());
            Assert.True(ids.Add(headers["Message-ID"].Single()));
            // RFC 3834 5.
            Assert.Equal("auto-generated", headers["Auto-Submitted"].Single());
            // RFC 5322 3.3.
            var date = DateTimeOffset.ParseExact(headers["Date"].Single(), "ddd, d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);
            Assert.InRange(date, sent.AddMinutes(-1), sent.AddMinutes(5));
            Assert.Equal("console@mail.acme.example", headers["From"].Single());
        }
    }

    [Theory]
    [InlineData("finconsole@localhost", "localhost")]
    [InlineData("FinConsole <console@bücher.example>", "xn--bcher-kva.example")]
    public async Task The_id_is_in_the_domain_of_the_sender(string from, string domain)
    {
        var folder = Directory.CreateTempSubdirectory("finconsole-mail-");
        try
        {
            var queue = new EmailQueue(Options.Create(new EmailOptions { From = from, PickupDirectory = folder.FullName }), TimeProvider.System, NullLogger<EmailQueue>.Instance);
            await queue.StartAsync(Stop);
            queue.Enqueue(AccountEmails.PasswordReset("ann@acme.example", "Ann", "https://console.example/"));
            await queue.StopAsync(Stop);

            var headers = HeadersOf(await File.ReadAllTextAsync(Assert.Single(folder.GetFiles("*.eml")).FullName, Stop));
            Assert.EndsWith($"@{domain}>", headers["Message-ID"].Single(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> SendAsync(IEnumerable<EmailMessage> emails, EmailOptions options, SmtpSink sink)
    {
        var queue = new EmailQueue(Options.Create(options), TimeProvider.System, NullLogger<EmailQueue>.Instance);
        await queue.StartAsync(Stop);
        foreach (var email in emails)
            queue.Enqueue(email);
        var messages = await sink.MessagesAsync(Stop);
        await queue.StopAsync(Stop);
        return messages;
    }

    // Whatever makes an email is a method that returns one.
    private static List<EmailMessage> AllEmails() =>
    [
        .. from type in typeof(CoreServices).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where method.ReturnType == typeof(EmailMessage) && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && type != typeof(EmailMessage)
           select (EmailMessage)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!,
    ];

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => parameter.Name == "to" ? To : "Zoë",
        var type when type == typeof(int) => 3,
        var type when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero),
        var type when type == typeof(Role) => Role.Developer,
        var type when type == typeof(Secret) => new Secret("link"),
        var type => throw new InvalidOperationException($"Give {parameter.Member.Name} a sample of {type.Name}."),
    };

    private static ILookup<string, string> HeadersOf(string message)
    {
        var head = Folding().Replace(message[..message.IndexOf("\r\n\r\n", StringComparison.Ordinal)], " ");
        return head.Split("\r\n").Select(line => line.Split(": ", 2)).ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folding();
}
