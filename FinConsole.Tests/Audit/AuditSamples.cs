using System.Reflection;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.Audit;

/// <summary>Chains made without a database, and copies of their entries with something changed.</summary>
internal static class AuditSamples
{
    public static readonly AuditChain Chain = new(new Pepper(CoreHost.PepperBytes));

    public static readonly Guid Tenant = new("0190a000-0000-7000-8000-00000000aced");

    /// <summary>Every column of an entry.</summary>
    public static readonly IReadOnlyList<PropertyInfo> Columns = typeof(AuditEntry).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public static AuditEntry Entry(long sequence, byte[] previous)
    {
        var entry = new AuditEntry
        {
            TenantId = Tenant,
            Sequence = sequence,
            At = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddSeconds(sequence),
            Action = sequence % 2 == 0 ? AuditAction.TokenCreate : AuditAction.ProfileUpdate,
            ActorKind = ActorKind.Account,
            ActorId = new Guid("0190a000-0000-7000-8000-000000000001"),
            ActorName = "ädmin@acme.example",
            Resource = AuditResource.Token,
            ResourceId = sequence % 3 == 0 ? null : new Guid("0190a000-0000-7000-8000-000000000002"),
            ResourceName = "Billing",
            Result = AuditResult.Success,
            Ip = sequence % 5 == 0 ? null : "203.0.113.7",
            UserAgent = null,
            CorrelationId = "c0ffee",
            Metadata = """{"name":"Billing"}""",
        };
        entry.Link = AuditChain.LinkOf(previous, entry);
        entry.Tag = Chain.TagOf(entry.Link);
        return entry;
    }

    public static List<AuditEntry> Log(int size)
    {
        var log = new List<AuditEntry>();
        for (var sequence = 1; sequence <= size; sequence++)
            log.Add(Entry(sequence, log.Count == 0 ? AuditChain.Origin : log[^1].Link));
        return log;
    }

    public static AuditHead HeadOf(IReadOnlyList<AuditEntry> log)
    {
        var link = log.Count == 0 ? AuditChain.Origin : log[^1].Link;
        return new AuditHead { TenantId = Tenant, Size = log.Count, Link = link, Tag = Chain.TagOfHead(Tenant, log.Count, link) };
    }

    /// <summary>The entry with another value in one column.</summary>
    public static AuditEntry With(AuditEntry entry, PropertyInfo column, object? value)
    {
        var copy = new AuditEntry { ActorName = "", ResourceName = "", CorrelationId = "", Metadata = "" };
        foreach (var each in Columns)
            each.SetValue(copy, each == column ? value : each.GetValue(entry));
        return copy;
    }

    /// <summary>A value that differs from the one given, of the column's type.</summary>
    public static object? Another(object? value, PropertyInfo column, Random dice) => value switch
    {
        Guid id => Flip(id.ToByteArray(), dice, bytes => new Guid(bytes)),
        byte[] bytes => Flip([.. bytes], dice, flipped => flipped),
        long number => number + 1 + dice.Next(5),
        DateTimeOffset at => at.AddTicks(1 + dice.Next(1000)),
        string text when text.Length > 0 && dice.Next(2) == 0 => text[..^1],
        string text => text + "x",
        Enum word => Enum.GetValues(word.GetType()).Cast<object>().First(other => !other.Equals(word)),
        null when column.PropertyType == typeof(Guid?) => dice.Next(2) == 0 ? Guid.Empty : Guid.NewGuid(),
        null => "",
        _ => throw new NotSupportedException(column.Name),
    };

    private static T Flip<T>(byte[] bytes, Random dice, Func<byte[], T> make)
    {
        bytes[dice.Next(bytes.Length)] ^= (byte)(1 << dice.Next(8));
        return make(bytes);
    }
}
