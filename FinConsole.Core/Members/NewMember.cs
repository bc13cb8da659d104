using FinConsole.Core.Common;

namespace FinConsole.Core.Members;

/// <summary>Fills in a new member's row.</summary>
public sealed class NewMember(TimeProvider time)
{
    /// <param name="tenantId">Of which tenant.</param>
    /// <param name="name">1 to 80 characters.</param>
    /// <param name="email">A valid address.</param>
    /// <param name="role">The one role.</param>
    /// <param name="passwordHash">Made by the password hasher.</param>
    public ConsoleUser Make(Guid tenantId, string name, string email, Role role, string passwordHash)
    {
        var canonical = Emails.Canonical(email);
        var normalized = Emails.Normalize(email);
        var now = time.GetUtcNow();
        return new ConsoleUser
        {
            Id = Ids.New(time),
            TenantId = tenantId,
            DisplayName = PlainText.Clean(name),
            Role = role,
            Email = canonical,
            NormalizedEmail = normalized,
            UserName = canonical,
            NormalizedUserName = normalized,
            EmailConfirmed = true,
            LockoutEnabled = true,
            PasswordHash = passwordHash,
            SecurityStamp = Base62.Random(32),
            CreatedAt = now,
            PasswordChangedAt = now,
        };
    }
}
