using System.Collections.Frozen;
using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>Which rights in FinConsole itself a token's scopes give (api.md, "What a tenant's token may call here").</summary>
public static class ScopeRights
{
    private static readonly (ScopeSet Scope, Right Right)[] ByScope =
    [
        (ScopeSet.Of("read:audit")!.Value, Right.ReadAudit),
        (ScopeSet.Of("read:login-history")!.Value, Right.ReadLoginHistory),
        (ScopeSet.Of("read:usage")!.Value, Right.ReadUsage),
        (ScopeSet.Of("rotate:self")!.Value, Right.RotateSelf),
    ];

    /// <summary>What they are; the current encryption key is every token's to read, since every client encrypts with it.</summary>
    public static IReadOnlySet<Right> Of(ScopeSet scopes) =>
        ByScope.Where(pair => scopes.Covers(pair.Scope)).Select(pair => pair.Right).Append(Right.ReadEncryptionKeys).ToFrozenSet();
}
