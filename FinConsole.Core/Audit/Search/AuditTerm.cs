using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;

namespace FinConsole.Core.Audit.Search;

/// <summary>One condition of a search. All conditions of a search hold for what it finds.</summary>
/// <param name="Negated">It must not hold.</param>
public abstract record AuditTerm(bool Negated)
{
    public bool Holds(AuditRow row) => Fits(row) != Negated;

    protected abstract bool Fits(AuditRow row);
}

/// <summary><c>action:token.rotate</c>, or every action that begins with <c>token.</c>.</summary>
public sealed record ActionTerm(IReadOnlyList<AuditAction> Actions, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => Actions.Contains(row.Action);

    public override string ToString() => $"{(Negated ? "-" : "")}action:{string.Join('|', Actions.Select(action => action.Name()))}";
}

/// <summary><c>actor:ann@</c>: the actor's name, as it was then, begins so. Addresses are kept in lower case and are found in any.</summary>
public sealed record ActorTerm(string Prefix, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => NamePrefix.Fits(row.ActorName, Prefix);

    public override string ToString() => $"{(Negated ? "-" : "")}actor:{Prefix}";
}

/// <summary><c>actor:</c> with an id: this actor, whatever its name was.</summary>
public sealed record ActorIdTerm(Guid Id, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => row.ActorId == Id;

    public override string ToString() => $"{(Negated ? "-" : "")}actor-id:{Id:D}";
}

/// <summary><c>resource:token</c>: what kind of thing the entry is about.</summary>
public sealed record ResourceKindTerm(AuditResource Resource, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => row.Resource == Resource;

    public override string ToString() => $"{(Negated ? "-" : "")}kind:{Resource.Name()}";
}

/// <summary><c>resource:</c> with an id.</summary>
public sealed record ResourceIdTerm(Guid Id, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => row.ResourceId == Id;

    public override string ToString() => $"{(Negated ? "-" : "")}resource-id:{Id:D}";
}

/// <summary><c>resource:"Checkout service"</c>: the resource's name, as it was then, begins so.</summary>
public sealed record ResourceNameTerm(string Prefix, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => NamePrefix.Fits(row.ResourceName, Prefix);

    public override string ToString() => $"{(Negated ? "-" : "")}resource:{Prefix}";
}

/// <summary><c>result:failure</c>.</summary>
public sealed record ResultTerm(AuditResult Result, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => row.Result == Result;

    public override string ToString() => $"{(Negated ? "-" : "")}result:{Result.Name()}";
}

/// <summary><c>ip:203.0.113.7</c> or <c>ip:203.0.113.0/24</c>.</summary>
public sealed record IpTerm(AddressRange Range, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => Range.Single is { } single ? row.Ip == single : Range.Contains(row.Ip);

    public override string ToString() => $"{(Negated ? "-" : "")}ip:{Range}";
}

/// <summary><c>since:7d</c>: from this time on. "Not since" is "until", so it is never negated.</summary>
public sealed record SinceTerm(DateTimeOffset At) : AuditTerm(false)
{
    protected override bool Fits(AuditRow row) => row.At >= At;

    public override string ToString() => $"since:{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
}

/// <summary><c>until:2026-11-01</c>: before this time.</summary>
public sealed record UntilTerm(DateTimeOffset At) : AuditTerm(false)
{
    protected override bool Fits(AuditRow row) => row.At < At;

    public override string ToString() => $"until:{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
}

/// <summary><c>id:</c> with a correlation id: everything that one request or page event did.</summary>
public sealed record CorrelationTerm(string Id, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => row.CorrelationId == Id;

    public override string ToString() => $"{(Negated ? "-" : "")}id:{Id}";
}

/// <summary><c>id:#123</c>: the entry of this number.</summary>
public sealed record SequenceTerm(long Sequence, bool Negated = false) : AuditTerm(Negated)
{
    protected override bool Fits(AuditRow row) => row.Sequence == Sequence;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Negated ? "-" : "")}id:#{Sequence}");
}

/// <summary>Free text: somewhere in the names, the action, the address or the metadata, in any letter case.</summary>
public sealed record TextTerm : AuditTerm
{
    private static readonly JavaScriptEncoder Json = JavaScriptEncoder.Create(UnicodeRanges.All);
    private readonly string _inJson;

    public TextTerm(string text, bool negated = false)
        : base(negated)
    {
        Text = text;
        // Quotation marks and a few others stand escaped in metadata.
        _inJson = Json.Encode(text);
    }

    public string Text { get; }

    protected override bool Fits(AuditRow row) =>
        Has(row.ActorName, Text) || Has(row.ResourceName, Text) || Has(row.Action.Name(), Text) || Has(row.Ip, Text) || Has(row.Metadata, _inJson);

    public override string ToString() => $"{(Negated ? "-" : "")}\"{Text}\"";

    private static bool Has(string? where, string what) => where is not null && where.Contains(what, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How names are found by their beginning: as typed, or in lower case, as addresses are kept. Both ways an index serves.</summary>
internal static class NamePrefix
{
    public static bool Fits(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) || name.StartsWith(prefix.ToLowerInvariant(), StringComparison.Ordinal);

    /// <summary>The beginnings to look for in an index.</summary>
    public static IReadOnlyList<string> Variants(string prefix) => prefix.ToLowerInvariant() is var lower && lower != prefix ? [prefix, lower] : [prefix];
}
