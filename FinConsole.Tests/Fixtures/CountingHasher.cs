using System.Collections.Concurrent;
using FinConsole.Core.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FinConsole.Tests.Fixtures;

/// <summary>Identity's hasher, made cheap, that counts what it is asked and can be held up.</summary>
public sealed class CountingHasher : IPasswordHasher<ConsoleUser>
{
    /// <summary>Enough to tell hashes apart, and 210 times as fast as what the program uses.</summary>
    public const int Iterations = 1000;

    private readonly PasswordHasher<ConsoleUser> _hasher = Of(Iterations);
    private readonly ConcurrentBag<string> _verified = [];

    /// <summary>How many verifications were computed, those against the dummy among them.</summary>
    public int Verifications => _verified.Count;

    /// <summary>Where set, each verification waits for it.</summary>
    public ManualResetEventSlim? HeldUpBy { get; set; }

    /// <summary>Called as each verification begins, before it is held up.</summary>
    public Action? Verifying { get; set; }

    /// <summary>How many verifications were computed against this hash: passwords of this account that were looked at.</summary>
    public int VerificationsOf(string hash) => _verified.Count(each => each == hash);

    public static PasswordHasher<ConsoleUser> Of(int iterations) => new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));

    public string HashPassword(ConsoleUser user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(ConsoleUser user, string hashedPassword, string providedPassword)
    {
        _verified.Add(hashedPassword);
        Verifying?.Invoke();
        HeldUpBy?.Wait();
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
