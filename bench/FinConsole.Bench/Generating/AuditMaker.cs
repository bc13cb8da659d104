using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Members;

namespace FinConsole.Bench.Generating;

/// <summary>Makes an audit log as the program would have: every entry linked to the one before it, and tagged.</summary>
internal sealed class AuditMaker(Population population, AuditChain chain, long rows, DateTimeOffset now)
{
    private static readonly (AuditAction Action, AuditResource Resource, string Metadata, int Weight)[] Kinds =
    [
        (AuditAction.SessionStart, AuditResource.Session, """{"method":"password and authenticator app","device":"Firefox on Linux"}""", 42),
        (AuditAction.SessionEnd, AuditResource.Session, """{"reason":"SignedOut"}""", 24),
        (AuditAction.SessionConfirm, AuditResource.Session, "{}", 10),
        (AuditAction.AccessRefused, AuditResource.Member, """{"right":"ManageMembers"}""", 4),
        (AuditAction.ProfileUpdate, AuditResource.Member, """{"changes":{"theme":{"before":"System","after":"Dark"}}}""", 3),
        (AuditAction.PasswordChange, AuditResource.Member, "{}", 1),
        (AuditAction.TokenCreate, AuditResource.Token, """{"environment":"Production","scopes":["read:payments","write:payments"],"expiry":"Months6"}""", 3),
        (AuditAction.TokenAcknowledge, AuditResource.Token, "{}", 3),
        (AuditAction.TokenRotate, AuditResource.Token, """{"overlap":"Hours24","masked":"fc_live_…k3Zq"}""", 3),
        (AuditAction.TokenEdit, AuditResource.Token, """{"changes":{"holder":{"before":"Platform team","after":"Payments team"}}}""", 2),
        (AuditAction.TokenInvalidate, AuditResource.Token, """{"reason":"Compromised","comment":"Pasted into a chat"}""", 1),
        (AuditAction.LoginMark, AuditResource.LoginHistory, """{"changes":{"mark":{"before":null,"after":"ThisWasMe"}}}""", 2),
        (AuditAction.AuditVerify, AuditResource.AuditLog, """{"count":120000,"firstBad":null}""", 1),
        (AuditAction.AuditExport, AuditResource.AuditLog, """{"format":"Csv","query":"action:token since:30d"}""", 1),
    ];

    private readonly int[] _byWeight = [.. Kinds.SelectMany((kind, index) => Enumerable.Repeat(index, kind.Weight))];
    private readonly Guid[] _tokens = [.. Enumerable.Range(0, 5000).Select(_ => Guid.CreateVersion7(now))];
    private readonly Random _dice = new(2);

    /// <summary>The link of the last entry made.</summary>
    public byte[] Link { get; private set; } = AuditChain.Origin;

    public AuditEntry Make(long number)
    {
        var kind = Kinds[_byWeight[_dice.Next(_byWeight.Length)]];
        var (person, address, browser) = (population.PersonOf(_dice), population.AddressOf(_dice), population.BrowserOf(_dice));
        var at = Population.TimeOf(number, rows, now);
        var token = _dice.Next(_tokens.Length);
        var (id, name) = kind.Resource switch
        {
            AuditResource.Token => ((Guid?)_tokens[token], $"Token {token}"),
            AuditResource.Session => (Guid.CreateVersion7(at), person.Email),
            AuditResource.Member => (person.Id, person.Email),
            _ => (null, "Audit log"),
        };
        var entry = new AuditEntry
        {
            TenantId = population.TenantId,
            Sequence = number,
            At = at,
            Action = kind.Action,
            ActorKind = ActorKind.Account,
            ActorId = person.Id,
            ActorName = person.Email,
            Resource = kind.Resource,
            ResourceId = id,
            ResourceName = name,
            Result = kind.Action == AuditAction.AccessRefused ? AuditResult.Failure : AuditResult.Success,
            Ip = address.Ip,
            UserAgent = browser.UserAgent,
            CorrelationId = Population.Correlation(at),
            Metadata = kind.Metadata,
        };
        entry.Link = Link = AuditChain.LinkOf(Link, entry);
        entry.Tag = chain.TagOf(entry.Link);
        return entry;
    }
}
