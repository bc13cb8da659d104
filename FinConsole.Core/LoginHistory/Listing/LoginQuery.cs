using System.Globalization;
using System.Net;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>
/// A filter as the database can best follow it: one condition that an index serves in the order of the list, and the rest matched in
/// memory on the way back in time. A single condition reads just its page, whatever the size of the table; several together look at
/// 100,000 rows of the best one and then say how far they came, instead of reading on for minutes.
/// </summary>
internal sealed class LoginQuery
{
    private readonly ConsoleDbContext _context;
    private IQueryable<LoginAttempt> _rows;
    private DateTimeOffset? _from;
    private Func<LoginAttempt, bool>? _matches;

    private LoginQuery(ConsoleDbContext context)
    {
        _context = context;
        _rows = context.Set<LoginAttempt>().AsNoTracking();
    }

    public static async Task<LoginQuery> MakeAsync(ConsoleDbContext context, LoginFilter filter, CancellationToken cancellationToken)
    {
        var query = new LoginQuery(context);
        query.NarrowTo(filter);
        var indexed = await query.AddAccountAsync(filter, cancellationToken);
        indexed = query.AddIp(filter, indexed);
        if (filter.SuspiciousOnly)
            indexed = query.Add(indexed, rows => rows.Where(row => row.Level >= RiskLevel.Medium), row => row.Level >= RiskLevel.Medium);
        if (filter.Outcome is { } outcome)
            indexed = query.Add(indexed, rows => rows.Where(row => row.Outcome == outcome), row => row.Outcome == outcome);
        if (filter.Country is { Length: > 0 } country)
        {
            var code = PlainText.ForStorage(country, 3).ToUpperInvariant();
            query.Add(indexed, rows => rows.Where(row => row.Country == code), row => row.Country == code);
        }

        return query;
    }

    /// <param name="before">Older than this place; null for the newest.</param>
    /// <param name="size">How many.</param>
    /// <param name="scan">Reads in turns what no index answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SearchedPage<LoginAttempt, LoginPlace>>> ReadAsync(LoginPlace? before, int size, Scan scan, CancellationToken cancellationToken)
    {
        if (_matches is { } matches)
            return await BackwardSearch.ReadAsync(ReadSliceAsync, matches, LoginPlace.Of, before, size, scan, cancellationToken);
        return await ReadPageAsync(before, size, cancellationToken);
    }

    /// <summary>The same for an export, which takes turns also where an index answers: it reads on and on.</summary>
    /// <param name="before">Older than this place; null for the newest.</param>
    /// <param name="most">How many where each row is matched in memory.</param>
    /// <param name="export">In whose turns.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SearchedPage<LoginAttempt, LoginPlace>> ReadForExportAsync(LoginPlace? before, int most, Scan export, CancellationToken cancellationToken)
    {
        if (_matches is null)
            return await export.ReadAsync(count => ReadPageAsync(before, count, cancellationToken), cancellationToken);
        return (await ReadAsync(before, most, export, cancellationToken)).Value ?? throw new InvalidOperationException("An export is never refused between two pieces.");
    }

    private async Task<SearchedPage<LoginAttempt, LoginPlace>> ReadPageAsync(LoginPlace? before, int size, CancellationToken cancellationToken)
    {
        var rows = await ReadSliceAsync(before, size + 1, cancellationToken);
        return rows.Count <= size ? new SearchedPage<LoginAttempt, LoginPlace>(rows, null, false) : new SearchedPage<LoginAttempt, LoginPlace>(rows[..size], LoginPlace.Of(rows[size - 1]), false);
    }

    private async Task<List<LoginAttempt>> ReadSliceAsync(LoginPlace? before, int count, CancellationToken cancellationToken)
    {
        var rows = _rows;
        if (before is { } place)
        {
            // The first condition is the index's range; the second only parts the few rows of one moment.
            var (at, id) = place;
            rows = rows.Where(row => row.At <= at && (row.At < at || row.Id < id));
        }

        var read = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(count).ToListAsync(cancellationToken);
        // The period's beginning stays out of the query: between two bounds SQLite takes the period for the better key than the condition,
        // and reads every row in it. Rows come newest first, so what lies before the period is the end of what was read.
        return _from is { } from ? [.. read.TakeWhile(row => row.At >= from)] : read;
    }

    // The first condition becomes SQL, and its index leads; whatever comes after it is matched in memory.
    private bool Add(bool indexed, Func<IQueryable<LoginAttempt>, IQueryable<LoginAttempt>> where, Func<LoginAttempt, bool> matches)
    {
        if (indexed)
            Match(matches);
        else
            _rows = where(_rows);
        return true;
    }

    private void Match(Func<LoginAttempt, bool> matches)
    {
        var before = _matches;
        _matches = before is null ? matches : row => before(row) && matches(row);
    }

    private async Task<bool> AddAccountAsync(LoginFilter filter, CancellationToken cancellationToken)
    {
        // Cut and without NUL, which PostgreSQL refuses: what is longer than any address finds nothing anyway.
        var typed = PlainText.ForStorage(filter.Account ?? "", ConsoleUser.LongestEmail + 1).Trim();
        if (typed.Length == 0)
            return false;
        // Accounts stand in lower case, unknown ones as they were typed.
        var address = typed.ToLowerInvariant();
        foreach (var whole in new[] { address, typed })
        {
            if (await _context.Set<LoginAttempt>().AnyAsync(row => row.Account == whole, cancellationToken))
                return Add(indexed: false, rows => rows.Where(row => row.Account == whole), row => row.Account == whole);
        }

        Match(row => row.Account.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        return false;
    }

    private bool AddIp(LoginFilter filter, bool indexed)
    {
        if (string.IsNullOrWhiteSpace(filter.Ip) || !LoginFilter.TryReadRange(filter.Ip.Trim(), out var range))
            return indexed;
        var whole = range.BaseAddress.GetAddressBytes().Length * 8;
        if (range.PrefixLength == whole)
        {
            var ip = range.BaseAddress.ToString();
            return Add(indexed, rows => rows.Where(row => row.Ip == ip), row => row.Ip == ip);
        }

        // A range within one network has that network's index; of a wider one every row is looked at.
        var network = Places.Network(range.BaseAddress.ToString());
        if (range.PrefixLength >= (whole == 32 ? 24 : 48) && !indexed)
        {
            _rows = _rows.Where(row => row.Network == network);
            indexed = true;
            if (range.PrefixLength == (whole == 32 ? 24 : 48))
                return true;
        }

        Match(row => row.Ip is not null && IPAddress.TryParse(row.Ip, out var address) && range.Contains(address));
        return indexed;
    }

    private void NarrowTo(LoginFilter filter)
    {
        _from = filter.From;
        if (filter.To is { } to)
            _rows = _rows.Where(row => row.At < to);
    }
}

/// <summary>A place in the list: the row's time, and its number where several share one.</summary>
internal readonly record struct LoginPlace(DateTimeOffset At, long Id)
{
    public static LoginPlace Of(LoginAttempt attempt) => new(attempt.At, attempt.Id);

    /// <summary>Reads a cursor; null for nothing and for junk, which then means the first page.</summary>
    public static LoginPlace? Parse(string? cursor) =>
        Cursor.Parse(cursor) is { } read
        && long.TryParse(read.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
        && long.TryParse(read.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new LoginPlace(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : null;

    public override string ToString() => new Cursor(At.UtcTicks.ToString(CultureInfo.InvariantCulture), Id.ToString(CultureInfo.InvariantCulture)).ToString();
}
