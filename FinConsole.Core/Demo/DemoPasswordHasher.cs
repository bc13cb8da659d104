using FinConsole.Core.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Demo;

/// <summary>
/// Hashes the demo's one password once, with the real hasher, and knows that hash again: three months of sign-ins would otherwise
/// keep a core busy for minutes. The hash that it hands out is a real one, which the console verifies like any other.
/// </summary>
internal sealed class DemoPasswordHasher(IPasswordHasher<ConsoleUser> real, string password) : IPasswordHasher<ConsoleUser>
{
    private readonly Lazy<string> _hash = new(() => real.HashPassword(null!, password));

    public static IPasswordHasher<ConsoleUser> Over(IServiceProvider host) =>
        new DemoPasswordHasher(host.GetRequiredService<IPasswordHasher<ConsoleUser>>(), host.GetRequiredService<IOptions<DemoOptions>>().Value.Password!);

    public string HashPassword(ConsoleUser user, string given) => given == password ? _hash.Value : real.HashPassword(user, given);

    public PasswordVerificationResult VerifyHashedPassword(ConsoleUser user, string hashedPassword, string given)
    {
        if (hashedPassword != _hash.Value)
            return PasswordVerificationResult.Failed;
        return given == password ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
    }
}
