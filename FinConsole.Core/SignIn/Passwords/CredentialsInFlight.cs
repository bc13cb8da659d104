using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Members;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>
/// Which credentials are being checked at this moment, so that calls that overlap and present the same right password share one hash
/// computation (docs/adr/0029). A wrong password is shared with nobody: each call that presents it is evaluated and counted by itself.
/// </summary>
/// <remarks>
/// Calls overlap from their arrival on, which comes before a password that was sent encrypted is opened: opening takes turns, and of many
/// calls that came at once the last is opened long after the first was checked. Credentials are known by an HMAC-SHA256 under a key of
/// this process alone, and only as long as a call that came before the check's end is there: nothing here can be compared with a password
/// later. Instances do not share with each other.
/// </remarks>
internal sealed class CredentialsInFlight
{
    // One leader and so many others; whoever comes beyond is checked by itself, as if it were alone.
    private const int MostFollowers = 255;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Tenant, string Email), Gathering> _open = [];

    /// <summary>Whoever is about to present a password of this account. To be disposed when it has been checked.</summary>
    public Arrival Arrive(string email, Guid? tenant)
    {
        var account = (tenant ?? Guid.Empty, Emails.Normalize(email));
        lock (_lock)
        {
            if (!_open.TryGetValue(account, out var gathering))
                _open[account] = gathering = new Gathering();
            gathering.Present++;
            return new Arrival(this, account, gathering);
        }
    }

    private void Leave(Arrival arrival)
    {
        lock (_lock)
        {
            if (--arrival.Gathering.Present == 0)
                CloseLocked(arrival);
        }
    }

    // Who comes from now on does not share what was right before.
    private void Close(Arrival arrival)
    {
        lock (_lock)
            CloseLocked(arrival);
    }

    private void CloseLocked(Arrival arrival)
    {
        if (_open.TryGetValue(arrival.Account, out var open) && open == arrival.Gathering)
            _open.Remove(arrival.Account);
    }

    private string IdOf(PasswordQuestion question)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        // What one route decrypts is a plaintext to another.
        hmac.AppendData([question.Open is null ? (byte)0 : (byte)1]);
        var password = Encoding.UTF8.GetBytes(question.Password.Reveal());
        hmac.AppendData(password);
        CryptographicOperations.ZeroMemory(password);
        return Convert.ToBase64String(hmac.GetHashAndReset());
    }

    /// <summary>The calls for one account that are there at the same time.</summary>
    internal sealed class Gathering
    {
        public int Present { get; set; }

        public ConcurrentDictionary<string, Flight> Flights { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>One call, from its arrival to the end of its check.</summary>
    internal sealed class Arrival(CredentialsInFlight all, (Guid Tenant, string Email) account, Gathering gathering) : IDisposable
    {
        public (Guid Tenant, string Email) Account { get; } = account;

        public Gathering Gathering { get; } = gathering;

        /// <summary>Begins a check, or finds the one of the same credentials that is running or was right.</summary>
        /// <param name="question">With the password as it will be checked: in plaintext, where it could be opened before.</param>
        /// <param name="leads">True when the caller began it, and has to end it by disposing.</param>
        /// <returns>Null when too many wait for the running one already.</returns>
        public Flight? Join(PasswordQuestion question, out bool leads)
        {
            var own = new Flight(this, all.IdOf(question));
            var flight = Gathering.Flights.GetOrAdd(own.Id, own);
            leads = ReferenceEquals(flight, own);
            return leads || flight.TryFollow() ? flight : null;
        }

        public void Close() => all.Close(this);

        public void Dispose() => all.Leave(this);
    }

    /// <summary>One check that is running. The call that began it leads; it ends it by disposing.</summary>
    internal sealed class Flight(Arrival leader, string id) : IDisposable
    {
        private readonly TaskCompletionSource<string?> _verified = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _followers;

        public string Id { get; } = id;

        /// <summary>The stored hash that the password was right for; null when it was wrong, or was not evaluated.</summary>
        public Task<string?> Verified => _verified.Task;

        public bool TryFollow() => Interlocked.Increment(ref _followers) <= MostFollowers;

        /// <summary>The password is right, for this hash.</summary>
        public void Succeed(string hash)
        {
            leader.Close();
            _verified.TrySetResult(hash);
        }

        public void Dispose()
        {
            // What was right stays for those who had come by then.
            if (_verified.TrySetResult(null))
                leader.Gathering.Flights.TryRemove(new KeyValuePair<string, Flight>(Id, this));
        }
    }
}
