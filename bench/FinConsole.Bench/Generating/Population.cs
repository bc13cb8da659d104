using System.Globalization;
using System.Net;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Bench.Generating;

/// <param name="Id">The member's.</param>
/// <param name="Email">The account.</param>
internal sealed record Person(Guid Id, string Email);

internal sealed record Address(string Ip, string Network, string? Country);

internal sealed record Browser(string UserAgent, string? Device);

/// <summary>
/// Who signs in from where: 2,000 accounts, 20,000 addresses. One in fifty rows is the first account's, and one in fifty comes from the first
/// address, so that a filter by either finds full pages at every size.
/// </summary>
internal sealed class Population(Guid tenantId, IReadOnlyList<Person> people, IReadOnlyList<Address> addresses, IReadOnlyList<Browser> browsers)
{
    private const int Accounts = 2000;
    private const int Addresses = 20_000;
    private const double BusyShare = 0.02;

    private static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    ];

    public Guid TenantId => tenantId;

    public Person BusyPerson => people[0];

    public Address BusyAddress => addresses[0];

    public Person PersonOf(Random dice) => Pick(people, dice);

    public Address AddressOf(Random dice) => Pick(addresses, dice);

    public Browser BrowserOf(Random dice) => browsers[dice.Next(browsers.Count)];

    /// <summary>A tenant with its people and an empty chain; the first of them is an admin who is signed in.</summary>
    public static async Task<(Population Population, Actor Admin)> SettleAsync(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var tenantId = Ids.New(time);
        await using var context = services.GetRequiredService<ConsoleDb>().Open(tenantId);
        var now = time.GetUtcNow();
        context.Add(new Tenant { Id = tenantId, Name = "Acme", NameKey = "acme", Domain = "acme.example", CreatedAt = now });
        context.Add(OperatorChain.NewHead(services.GetRequiredService<AuditChain>(), tenantId));
        var members = Enumerable.Range(0, Accounts).Select(number => new NewMember(time).Make(
            tenantId, $"Person {number}", $"person{number}@acme.example", number == 0 ? Role.TenantAdmin : Role.Developer, "none")).ToList();
        context.AddRange(members);
        // Alive for as long as the bench runs.
        var session = new MemberSession
        {
            Id = Ids.New(time),
            TenantId = tenantId,
            MemberId = members[0].Id,
            CreatedAt = now,
            LastSeenAt = now.AddDays(1),
            ConfirmedAt = now.AddDays(1),
            ExpiresAt = now.AddDays(1),
        };
        context.Add(session);
        await context.SaveChangesAsync();
        await services.GetRequiredService<ChainRegister>().AddAsync(context, "Acme", now, new ChainEnd(tenantId, 0, AuditChain.Origin), operatorEnd: null, CancellationToken.None);

        var population = Of(tenantId, members.Select(member => new Person(member.Id, member.Email!)), services);
        return (population, ActorOf(population, session));
    }

    /// <summary>Those that an earlier run settled in this database; null where none did.</summary>
    public static async Task<(Population Population, Actor Admin)?> FindAsync(IServiceProvider services)
    {
        await using var all = services.GetRequiredService<ConsoleDb>().OpenForOperator();
        if (await all.Set<Tenant>().FirstOrDefaultAsync(tenant => tenant.NameKey == "acme") is not { } tenant)
            return null;
        await using var context = services.GetRequiredService<ConsoleDb>().Open(tenant.Id);
        var people = await context.Set<ConsoleUser>().Where(member => member.Email!.StartsWith("person")).Select(member => new Person(member.Id, member.Email!)).ToListAsync();
        var session = await context.Set<MemberSession>().SingleAsync();
        var population = Of(tenant.Id, people.OrderBy(person => int.Parse(person.Email["person".Length..person.Email.IndexOf('@')], CultureInfo.InvariantCulture)), services);
        return (population, ActorOf(population, session));
    }

    private static Population Of(Guid tenantId, IEnumerable<Person> people, IServiceProvider services) =>
        new(tenantId, [.. people], MakeAddresses(services.GetRequiredService<Places>()), [.. UserAgents.Select(agent => new Browser(agent, DeviceName.Parse(agent)))]);

    private static Actor ActorOf(Population population, MemberSession session) =>
        new(ActorKind.Account, population.TenantId, population.BusyPerson.Id, population.BusyPerson.Email, session.Id, new RequestOrigin("203.0.113.7", UserAgents[0], "bench"));

    private static T Pick<T>(IReadOnlyList<T> all, Random dice) => dice.NextDouble() < BusyShare ? all[0] : all[1 + dice.Next(all.Count - 1)];

    private static List<Address> MakeAddresses(Places places)
    {
        var dice = new Random(4);
        var found = new HashSet<string>();
        while (found.Count < Addresses)
        {
            var ip = new IPAddress([(byte)dice.Next(1, 223), (byte)dice.Next(256), (byte)dice.Next(256), (byte)dice.Next(1, 255)]).ToString();
            if (places.Locate(ip).Country is not null)
                found.Add(ip);
        }

        return [.. found.Order(StringComparer.Ordinal).Select(ip => new Address(ip, Places.Network(ip)!, places.Locate(ip).Country))];
    }

    /// <summary>When the row of this number was written: thirteen months, evenly, up to a minute ago.</summary>
    public static DateTimeOffset TimeOf(long number, long rows, DateTimeOffset now)
    {
        var span = TimeSpan.FromDays(395);
        return now.AddMinutes(-1) - span + (span * ((double)number / rows));
    }

    public static string Correlation(DateTimeOffset at) => Guid.CreateVersion7(at).ToString("N", CultureInfo.InvariantCulture);
}
