using System.Text;
using FinConsole.Core.Email;
using FinConsole.Tests.Fixtures;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using Xunit;

namespace FinConsole.Tests.Email;

/// <summary>How emails reach a mail server, or a folder: what it gets to read, and what happens when it does not take them.</summary>
public sealed class EmailDeliveryTests
{
    private const string To = "zoe@acme.example";
    private static readonly EmailMessage Hello = new(To, "Zoë’s link", "Hello Zoë,\n\nhttps://console.example/?token=" + new string('a', 120) + "\n\n.\nBye\n");

    [Fact]
    public async Task A_refused_email_is_tried_three_times_with_one_id_and_then_given_up()
    {
        using var logs = new CollectedLogs();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        using var sink = new SmtpSink(4) { Responds = said => said == "." ? "451 later" : null };
        var clock = new HastyClock();
        var queue = new EmailQueue(Options.Create(SettingsFor(sink)), clock, factory.CreateLogger<EmailQueue>());

        await queue.StartAsync(Stop);
        queue.Enqueue(Hello);
        queue.Enqueue(Hello with { Subject = "The next" });
        var ids = (await sink.MessagesAsync(Stop)).Select(message => Parse(message).MessageId).ToList();
        await queue.StopAsync(Stop);

        Assert.Single(ids.Take(3).Distinct());
        Assert.NotEqual(ids[0], ids[3]);
        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)], clock.Pauses.Take(2));
        Assert.Contains(logs.Entries, entry => entry is { Level: LogLevel.Error } && entry.Message == "An email \"Zoë’s link\" was given up");
    }

    [Fact]
    public async Task Lines_arrive_as_lines_and_none_is_longer_than_78_characters()
    {
        using var sink = new SmtpSink(1);

        await SendAsync(SettingsFor(sink), Hello);

        var message = (await sink.MessagesAsync(Stop)).Single();
        Assert.DoesNotContain("=0D", message, StringComparison.Ordinal);
        Assert.All(message.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
        Assert.Equal((Hello.Subject, Hello.Body), (Parse(message).Subject, Parse(message).TextBody?.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("SIZE 100000")]
    [InlineData("SMTPUTF8")]
    public async Task The_domain_of_the_sender_goes_out_in_ASCII_whatever_the_server_can_take(string capability)
    {
        using var sink = new SmtpSink(1) { Capabilities = [capability, "8BITMIME"] };

        await SendAsync(SettingsFor(sink, from: "FinConsole <console@bücher.example>"), Hello);

        Assert.Contains(sink.Commands, said => said.StartsWith("MAIL FROM:<console@xn--bcher-kva.example>", StringComparison.Ordinal));
        Assert.Contains($"RCPT TO:<{To}>", sink.Commands);
        Assert.All((await sink.MessagesAsync(Stop)).Single(), character => Assert.True(char.IsAscii(character)));
    }

    [Theory]
    [InlineData("büro@acme.example", To, "Hello")]
    [InlineData("console", To, "Hello")]
    [InlineData("console@acme.example\r\nBcc: eve@evil.example", To, "Hello")]
    [InlineData("console@acme.example", To + "\r\nBcc: eve@evil.example", "Hello")]
    [InlineData("console@acme.example", To + ", eve@evil.example", "Hello")]
    [InlineData("console@acme.example", To, "Hello\r\nBcc: eve@evil.example")]
    [InlineData("console@acme.example", To, "Hello\nBcc: eve@evil.example")]
    public async Task What_would_reach_somebody_else_or_nobody_is_not_sent(string from, string to, string subject)
    {
        using var sink = new SmtpSink(1);

        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(SettingsFor(sink, from), new EmailMessage(to, subject, "Hello")));

        Assert.Empty(sink.Commands);
    }

    [Fact]
    public async Task Nothing_is_said_to_a_server_that_offers_no_TLS()
    {
        using var sink = new SmtpSink(1) { Capabilities = ["AUTH PLAIN"] };

        await Assert.ThrowsAsync<NotSupportedException>(() => SendAsync(SettingsFor(sink, tls: true), Hello));

        Assert.All(sink.Commands, said => Assert.StartsWith("EHLO ", said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_said_to_a_server_whose_certificate_nobody_vouches_for()
    {
        using var sink = new SmtpSink(1) { Capabilities = ["STARTTLS", "AUTH PLAIN"] };

        await Assert.ThrowsAsync<SslHandshakeException>(() => SendAsync(SettingsFor(sink, tls: true), Hello));

        Assert.Equal("STARTTLS", sink.Commands[^1]);
    }

    [Fact]
    public async Task The_password_is_given_to_a_server_that_asks_for_it()
    {
        using var sink = new SmtpSink(1) { Capabilities = ["AUTH PLAIN"] };

        await SendAsync(SettingsFor(sink), Hello);

        Assert.Contains("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0user\0päss")), sink.Commands);
        Assert.Single(await sink.MessagesAsync(Stop));
    }

    [Fact]
    public async Task A_server_that_asks_for_no_password_gets_the_email_without_one()
    {
        using var sink = new SmtpSink(1);

        await SendAsync(SettingsFor(sink), Hello);

        Assert.DoesNotContain(sink.Commands, said => said.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Single(await sink.MessagesAsync(Stop));
    }

    [Fact]
    public async Task A_refused_recipient_is_a_failure()
    {
        using var sink = new SmtpSink(1) { Responds = said => said.StartsWith("RCPT", StringComparison.Ordinal) ? "550 nobody here" : null };

        var failure = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(SettingsFor(sink), Hello));

        Assert.Equal((SmtpStatusCode.MailboxUnavailable, To), (failure.StatusCode, failure.Mailbox?.Address));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left()
    {
        using var sink = new SmtpSink(1) { Responds = said => said.StartsWith("MAIL", StringComparison.Ordinal) ? SmtpSink.Silence : null };

        await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(SettingsFor(sink), Hello, TimeSpan.FromSeconds(1)).WaitAsync(TimeSpan.FromSeconds(60), Stop));
    }

    [Fact]
    public async Task A_server_that_takes_an_email_and_then_falls_silent_has_it()
    {
        using var sink = new SmtpSink(1) { Responds = said => said == "QUIT" ? SmtpSink.Silence : null };

        await SendAsync(SettingsFor(sink), Hello, TimeSpan.FromSeconds(2)).WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Single(await sink.MessagesAsync(Stop));
    }

    [Fact]
    public async Task A_folder_gets_one_whole_file_an_email_with_its_envelope_on_top()
    {
        var folder = Directory.CreateTempSubdirectory("finconsole-mail-");
        try
        {
            var id = Guid.CreateVersion7();
            var sender = new EmailSender(Options.Create(new EmailOptions { From = "FinConsole <console@acme.example>", PickupDirectory = Path.Combine(folder.FullName, "new") }), TimeProvider.System);
            await sender.SendAsync(Hello, id, Stop);
            await sender.SendAsync(Hello, id, Stop);

            var file = Assert.Single(Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "new")));
            Assert.EndsWith(".eml", file, StringComparison.Ordinal);
            var text = await File.ReadAllTextAsync(file, Stop);
            Assert.StartsWith($"X-Sender: console@acme.example\r\nX-Receiver: {To}\r\n", text, StringComparison.Ordinal);
            Assert.Equal(Hello.Body, Parse(text).TextBody?.ReplaceLineEndings("\n"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static EmailOptions SettingsFor(SmtpSink sink, string from = "console@acme.example", bool tls = false) =>
        new() { From = from, SmtpHost = "127.0.0.1", SmtpPort = sink.Port, SmtpTls = tls, SmtpUser = "user", SmtpPassword = "päss" };

    private static Task SendAsync(EmailOptions settings, EmailMessage email, TimeSpan? longestStep = null) =>
        new EmailSender(Options.Create(settings), TimeProvider.System) { LongestStep = longestStep ?? TimeSpan.FromSeconds(30) }.SendAsync(email, Guid.CreateVersion7(), Stop);

    private static MimeMessage Parse(string message) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(message)));

    /// <summary>Waits for nothing, and keeps how long it should have waited.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
