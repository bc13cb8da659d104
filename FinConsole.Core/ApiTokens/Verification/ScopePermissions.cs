using System.Collections.Frozen;
using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>Which rights in FinConsole itself a token's scopes give (api.md, "What a tenant's token may call here").</summary>
public static class ScopePermissions
{
    private static readonly (ScopeSet Scope, Permission Permission)[] ByScope =
    [
        (ScopeSet.Of("read:audit")!.Value, Permission.ReadAudit),
        (ScopeSet.Of("read:login-history")!.Value, Permission.ReadLoginHistory),
        (ScopeSet.Of("read:usage")!.Value, Permission.ReadUsage),
        (ScopeSet.Of("rotate:self")!.Value, Permission.RotateSelf),
    ];

    /// <summary>What they are; the current encryption key is every token's to read, since every client encrypts with it.</summary>
    public static IReadOnlySet<Permission> Of(ScopeSet scopes) =>
        ByScope.Where(pair => scopes.Covers(pair.Scope)).Select(pair => pair.Permission).Append(Permission.ReadEncryptionKeys).ToFrozenSet();
}
