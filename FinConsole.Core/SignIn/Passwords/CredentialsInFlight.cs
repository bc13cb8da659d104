using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>
/// Which credentials are being checked at this moment, so that calls that overlap and present the same right password share one hash
/// computation (docs/adr/0029). A wrong password is shared with nobody: each call that presents it is evaluated and counted by itself.
/// </summary>
/// <remarks>
/// Credentials are known by an HMAC-SHA256 under a key of this process alone, and only until the check ends: nothing here can be
/// compared with a password later. Instances do not share with each other.
/// </remarks>
internal sealed class CredentialsInFlight
{
    // One leader and so many others; whoever comes beyond is checked by itself, as if it were alone.
    private const int MostFollowers = 255;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <summary>Begins a check, or finds the one of the same credentials that is running.</summary>
    /// <param name="leads">True when the caller began it, and has to end it by disposing.</param>
    /// <returns>Null when too many wait for the running one already.</returns>
    public Flight? Join(PasswordQuestion question, out bool leads)
    {
        var own = new Flight(this, IdOf(question));
        var flight = _flights.GetOrAdd(own.Id, own);
        leads = ReferenceEquals(flight, own);
        return leads || flight.TryFollow() ? flight : null;
    }

    private string IdOf(PasswordQuestion question)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        var email = Encoding.UTF8.GetBytes(Members.Emails.Normalize(question.Email));
        hmac.AppendData((question.Tenant ?? Guid.Empty).ToByteArray());
        // What one route decrypts is a plaintext to another.
        hmac.AppendData([question.Open is null ? (byte)0 : (byte)1]);
        hmac.AppendData(BitConverter.GetBytes(email.Length));
        hmac.AppendData(email);
        var password = Encoding.UTF8.GetBytes(question.Password.Reveal());
        hmac.AppendData(password);
        CryptographicOperations.ZeroMemory(password);
        return Convert.ToBase64String(hmac.GetHashAndReset());
    }

    /// <summary>One check that is running. The call that began it leads; it ends it by disposing.</summary>
    internal sealed class Flight(CredentialsInFlight all, string id) : IDisposable
    {
        private readonly TaskCompletionSource<string?> _verified = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _followers;

        public string Id { get; } = id;

        /// <summary>The stored hash that the password was right for; null when it was wrong, or was not evaluated.</summary>
        public Task<string?> Verified => _verified.Task;

        public bool TryFollow() => Interlocked.Increment(ref _followers) <= MostFollowers;

        /// <summary>The password is right, for this hash.</summary>
        public void Succeed(string hash) => _verified.TrySetResult(hash);

        public void Dispose()
        {
            all._flights.TryRemove(new KeyValuePair<string, Flight>(Id, this));
            _verified.TrySetResult(null);
        }
    }
}
