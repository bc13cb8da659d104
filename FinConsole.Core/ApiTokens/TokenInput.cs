using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens;

/// <summary>What a person states about a token, read and evaluated. Faults carry the request's field names.</summary>
internal sealed class TokenInput
{
    private readonly Dictionary<string, string> _faults = [];

    public IReadOnlyDictionary<string, string> Faults => _faults;

    public string Name { get; private set; } = "";

    public IReadOnlyList<string> Scopes { get; private set; } = [];

    public IReadOnlyList<string> Allowlist { get; private set; } = [];

    public string? Holder { get; private set; }

    public TokenInput ReadName(string? name)
    {
        if (PlainText.Fault(name, ApiToken.LongestName) is { } fault)
            _faults[nameof(Name)] = fault;
        else
            Name = PlainText.Clean(name!);
        return this;
    }

    public TokenInput ReadScopes(IReadOnlyCollection<string> scopes)
    {
        if (TokenScopes.Canonical(scopes) is { } canonical)
            Scopes = canonical;
        else
            _faults[nameof(Scopes)] = TokenScopes.FindUnknown(scopes) is { } unknown
                ? Texts.Format(ApiTokenErrorTexts.NoSuchScope, PlainText.ForStorage(unknown, 40))
                : ApiTokenErrorTexts.ChooseScopes;
        return this;
    }

    public TokenInput ReadAllowlist(string? allowlist)
    {
        if (IpAllowlist.Parse(allowlist, out var entries) is { } fault)
            _faults[nameof(Allowlist)] = fault;
        else
            Allowlist = entries;
        return this;
    }

    public TokenInput ReadHolder(string? holder)
    {
        if (string.IsNullOrWhiteSpace(holder))
            Holder = null;
        else if (PlainText.Fault(holder, ApiToken.LongestHolder) is { } fault)
            _faults[nameof(Holder)] = fault;
        else
            Holder = PlainText.Clean(holder);
        return this;
    }

    public TokenInput Require(bool holds, string field, string fault)
    {
        if (!holds)
            _faults[field] = fault;
        return this;
    }

    /// <summary>The member that a holder's text names (by address or by name), if it names one.</summary>
    public static async Task<Guid?> FindHolderAsync(ConsoleDbContext context, string? holder, CancellationToken cancellationToken)
    {
        if (holder is null)
            return null;
        var email = Emails.Normalize(holder);
        var matches = await context.Set<ConsoleUser>().Where(member => member.NormalizedEmail == email || member.DisplayName == holder)
            .OrderBy(member => member.Id).Select(member => member.Id).Take(2).ToListAsync(cancellationToken);
        return matches is [var only] ? only : null;
    }

    public static string KeyOf(string name) => name.ToLowerInvariant();
}
