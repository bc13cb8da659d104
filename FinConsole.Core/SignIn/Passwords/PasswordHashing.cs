using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using Microsoft.AspNetCore.Identity;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>
/// Hashes and verifies passwords, two at a time: one takes a core for a tenth of a second and more, so a flood of sign-ins
/// would starve everything else. Others wait up to two seconds and are then told to come back.
/// </summary>
public sealed class PasswordHashing(IPasswordHasher<ConsoleUser> hasher) : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // Nobody's password: verified where there is no account, so that the answer takes as long as a real one.
    private readonly Lazy<string> _dummyHash = new(() => hasher.HashPassword(null!, Base62.Random(32)));
    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    /// <summary>A place to hash in; null when none came free in time. Dispose it to make room for the next.</summary>
    public async Task<Place?> EnterAsync(CancellationToken cancellationToken) =>
        await _places.WaitAsync(LongestWait, cancellationToken) ? new Place(this) : null;

    public void Dispose() => _places.Dispose();

    /// <summary>One of the places; hashing is possible only from here.</summary>
    public sealed class Place : IDisposable
    {
        private readonly PasswordHashing _owner;

        internal Place(PasswordHashing owner) => _owner = owner;

        /// <summary>Hashes on the thread pool, never on a circuit's own context.</summary>
        public Task<string> HashAsync(Secret password) => Task.Run(() => _owner.Hash(password));

        /// <summary>Verifies against a hash, or, given none, takes the same time and fails.</summary>
        public Task<PasswordVerificationResult> VerifyAsync(string? hash, Secret password) => Task.Run(() => _owner.Verify(hash, password));

        public void Dispose() => _owner._places.Release();
    }

    private string Hash(Secret password) => hasher.HashPassword(null!, Normalize(password));

    private PasswordVerificationResult Verify(string? hash, Secret password)
    {
        var result = hasher.VerifyHashedPassword(null!, hash ?? _dummyHash.Value, Normalize(password));
        // HMAC pads its key with zeros: a password with NUL behind it has the same hash.
        return hash is null || password.Reveal().EndsWith('\0') ? PasswordVerificationResult.Failed : result;
    }

    // NIST SP 800-63B-4 §3.1.1.2: the same characters typed on another keyboard must give the same bytes.
    private static string Normalize(Secret password) => UnicodeText.Normalize(password.Reveal(), NormalizationForm.FormKC);
}
