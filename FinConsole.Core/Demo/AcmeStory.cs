using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Onboarding;
using FinConsole.Core.Team;
using static FinConsole.Core.ApiTokens.TokenEnvironment;
using static FinConsole.Core.ApiTokens.TokenExpiry;

namespace FinConsole.Core.Demo;

/// <summary>Three months of Acme Payments: a team, tokens in every status, and nights that somebody should look into.</summary>
internal sealed class AcmeStory(DemoWorld world, DemoVisits visits, DemoTokens tokens)
{
    public const string Tenant = "Acme Payments";
    private const int Founded = 99;

    private readonly DemoCast _cast = world.Cast;
    private DemoToken? _legacy;

    public void Plan()
    {
        PlanTeam();
        PlanLongLived();
        PlanRotations();
        PlanEnds();
        PlanEdits();
        PlanMistakes();
        PlanToday();
        foreach (var member in _cast.Joining.Prepend(_cast.Admin))
            visits.PlanHabits(member);
        new DemoIntruders(world, visits, _legacy!).Plan();
        PlanKeys();
        PlanInvitations();
        PlanSecondFactors();
    }

    private void PlanSecondFactors()
    {
        SetUpSecondFactor(_cast.Nadia, Day(80, 12));
        SetUpSecondFactor(_cast.Jonas, Day(75, 12));
        SetUpSecondFactor(_cast.Sofia, Day(70, 12));
    }

    private void SetUpSecondFactor(DemoMember member, DateTimeOffset at) => visits.Plan(member, at, async (actor, cancellationToken) =>
    {
        member.Phone = new DemoPhone(DemoWorld.Expect(await world.Use<BeginMfaEnrolment>().HandleAsync(actor, cancellationToken)));
        var code = member.Phone.NextCode(world.Clock.GetUtcNow());
        DemoWorld.Expect(await world.Use<ConfirmMfaEnrolment>().HandleAsync(code, world.Again(actor), cancellationToken));
    });

    // One that waits for its answer, and one that waited too long.
    private void PlanInvitations()
    {
        Invite(11, "marco.bianchi@acme.example", "Marco Bianchi", Role.Cashier);
        Invite(2, "hannah.brandt@acme.example", "Hannah Brandt", Role.Developer);
    }

    private void Invite(int daysAgo, string email, string name, Role role) => visits.Plan(_cast.Admin, Day(daysAgo, 10, 20), async (actor, cancellationToken) =>
        DemoWorld.Expect(await world.Use<InviteMember>().HandleAsync(new InviteMemberRequest(email, name, role), actor, cancellationToken)));

    private void PlanTeam()
    {
        var founded = Day(Founded, 9);
        world.Schedule.At(founded, async cancellationToken =>
        {
            var request = new OnboardTenantRequest(Tenant, "acme.example", _cast.Admin.Name, _cast.Admin.Email, world.Password);
            var origin = world.Origin(_cast.Admin.Places[0], _cast.Admin.Devices[0]);
            var onboarded = DemoWorld.Expect(await world.Use<OnboardTenant>().HandleAsync(request, origin, cancellationToken));
            _cast.Admin.Id = onboarded.AdminId;
        });
        visits.Plan(_cast.Admin, founded.AddMinutes(20), async (actor, cancellationToken) =>
        {
            foreach (var member in _cast.Joining)
                await new DemoTeam(world).AddAsync(member, Tenant, actor, cancellationToken);
        });
        visits.Plan(_cast.Admin, Day(_cast.Ines.LeftDaysAgo, 16), async (actor, cancellationToken) =>
            DemoWorld.Expect(await world.Use<DeactivateMember>().HandleAsync(_cast.Ines.Id, actor, cancellationToken)));
    }

    private void PlanLongLived()
    {
        Create(94, _cast.Nadia, "Ledger export", Production, Year1, ["read:accounts", "read:reports"], "203.0.113.64/28", "Finance, in the payroll safe", _cast.Cashier);
        Create(79, _cast.Developer, "Nightly reconciliation", Production, Months3, ["read:accounts", "read:payments"], "203.0.113.80", "Platform team, Vault kv/recon", _cast.Cashier);
        Create(86, _cast.Tomas, "Market data feed", Production, Months3, ["read:market-data"], null, "Tomáš Novák", _cast.Lucia);
        Create(21, _cast.Priya, "CI pipeline", Development, Month1, ["read:*"], null, "CI secret FINCONSOLE_TOKEN", _cast.Kwame);
        Create(30, _cast.Sofia, "Docs examples", Development, Year1, ["read:accounts", "read:market-data"], null, "Sofia Lang", _cast.Kwame);
        Create(12, _cast.Admin, "Audit archive", Production, Year1, ["read:audit", "read:login-history"], "2001:db8:41::/48", "Ruth Lindqvist", _cast.Cashier);
    }

    private void PlanRotations()
    {
        var checkout = Create(
            94, _cast.Developer, "Checkout service", Production, Months6, ["read:payments", "write:payments"], "203.0.113.0/28\n2001:db8:41::/64", "Platform team, Vault kv/checkout", _cast.Cashier);
        tokens.Rotate(checkout, _cast.Developer, Day(51, 10), TokenOverlap.Hours24, _cast.Cashier);
        tokens.Rotate(checkout, _cast.Developer, Day(2, 14), TokenOverlap.Days7, _cast.Cashier);

        var kyc = Create(72, _cast.Priya, "KYC onboarding", Production, Months6, ["read:beneficiaries", "write:beneficiaries"], "198.51.100.128/26", "Priya Raman", _cast.Lucia);
        tokens.Rotate(kyc, _cast.Priya, Day(33, 8), TokenOverlap.Hour1, _cast.Lucia);

        var warehouse = Create(90, _cast.Tomas, "Reporting warehouse", Staging, Months6, ["read:*", "write:limited"], null, "Data team", _cast.Kwame);
        tokens.Rotate(warehouse, _cast.Tomas, Day(45, 9), TokenOverlap.Hours24, _cast.Kwame, saved: false);
        tokens.Rotate(warehouse, _cast.Tomas, Day(42, 9), TokenOverlap.None, _cast.Kwame);

        var payouts = Create(58, _cast.Developer, "Payouts scheduler", Production, Months6, ["read:payments", "write:limited"], "203.0.113.16/28", "Platform team, Vault kv/payouts", _cast.Lucia);
        tokens.Rotate(payouts, _cast.Developer, Day(20, 11), TokenOverlap.Days7, _cast.Lucia);
        tokens.Retire(payouts, _cast.Developer, Day(17, 15));

        var fraud = Create(44, _cast.Sofia, "Fraud scoring", Production, Month1, ["read:payments", "read:accounts"], "203.0.113.144/29", "Risk team", _cast.Cashier);
        tokens.Rotate(fraud, _cast.Sofia, Day(18, 13), TokenOverlap.Hours24, _cast.Cashier);
    }

    private void PlanEnds()
    {
        var relay = Create(66, _cast.Ines, "Partner webhook relay", Production, Months6, ["write:payments"], null, "Partner integration, shared mailbox", _cast.Cashier);
        tokens.Invalidate(relay, _cast.Admin, Day(28, 9), InvalidationReason.Compromised, "Found in a partner's public repository; the partner removed it the same day.");

        var batch = _legacy = Create(93, _cast.Developer, "Legacy batch job", Production, Year1, ["read:*", "write:*"], null, "Unknown", _cast.Kwame);
        tokens.Invalidate(batch, _cast.Nadia, Day(60, 15), InvalidationReason.NoLongerNeeded, "Replaced by the payouts scheduler.");

        var laptop = Create(76, _cast.Ines, "Ines' laptop", Development, Months6, ["read:*"], null, "Inês Ferreira", _cast.Lucia);
        tokens.Invalidate(laptop, _cast.Admin, Day(23, 10), InvalidationReason.MemberLeft);

        var disputes = Create(88, _cast.Priya, "Card dispute bot", Production, Year1, ["read:payments"], null, "Support desk", _cast.Lucia);
        tokens.Invalidate(disputes, _cast.Sofia, Day(14, 16), InvalidationReason.Other, "The vendor moved to its own account.");

        Create(85, _cast.Ines, "Proof of concept", Development, Month1, ["read:*"], null, null, _cast.Kwame);
        Create(15, _cast.Tomas, "Load test", Staging, Hours24, ["read:*", "write:limited"], null, "Tomáš Novák", _cast.Kwame);

        Create(50, _cast.Nadia, "Treasury dashboard", Production, Months3, ["read:accounts"], null, "Treasury", _cast.Cashier, saved: false);
        Create(46, _cast.Nadia, "Treasury dashboard", Production, Months6, ["read:accounts"], "2001:db8:77::/48", "Treasury", _cast.Cashier);
    }

    private void PlanEdits()
    {
        var smoke = Create(48, _cast.Priya, "Staging smoke tests", Staging, Months3, ["read:*", "write:*"], null, "QA", _cast.Kwame);
        tokens.Edit(smoke, _cast.Priya, Day(38, 11), id => new EditApiTokenRequest(id, Scopes: ["read:*", "write:limited"]));

        var sandbox = Create(61, _cast.Ines, "Mobile sandbox", Development, Months6, ["read:*"], null, "Inês Ferreira", _cast.Lucia);
        tokens.Edit(sandbox, _cast.Sofia, Day(22, 12), id => new EditApiTokenRequest(id, Name: "Mobile app sandbox", Holder: "Sofia Lang"));

        var import = Create(41, _cast.Tomas, "Beneficiary import", Production, Months3, ["write:beneficiaries"], "198.51.100.88", "Tomáš Novák", _cast.Lucia);
        tokens.SetDisabled(import, _cast.Nadia, Day(9, 17), disabled: true);

        var mirror = Create(36, _cast.Developer, "Settlement mirror", Staging, Year1, ["read:payments", "read:reports"], null, "Platform team", _cast.Cashier);
        tokens.SetDisabled(mirror, _cast.Developer, Day(32, 10), disabled: true);
        tokens.SetDisabled(mirror, _cast.Developer, Day(29, 10), disabled: false);
        tokens.Edit(mirror, _cast.Developer, Day(26, 10), id => new EditApiTokenRequest(id, Allowlist: "203.0.113.0/24"));
    }

    // What must be refused, and is: a reviewer who tries to create, a mistyped cashier's password, an admin named as cashier.
    private void PlanMistakes()
    {
        visits.Plan(_cast.Jonas, Day(27, 11), async (actor, cancellationToken) =>
            DemoWorld.ExpectRefusal(await world.Use<CreateApiToken>().HandleAsync(Draft(_cast.Kwame.Email, world.Password), actor, cancellationToken), "forbidden"));
        visits.Plan(_cast.Sofia, Day(39, 14), async (actor, cancellationToken) =>
        {
            var mistyped = new Common.Secret("not " + world.Password.Reveal());
            DemoWorld.ExpectRefusal(await world.Use<CreateApiToken>().HandleAsync(Draft(_cast.Kwame.Email, mistyped), actor, cancellationToken), ApiTokenErrors.CashierRefused.Code);
            DemoWorld.ExpectRefusal(await world.Use<CreateApiToken>().HandleAsync(Draft(_cast.Admin.Email, world.Password), actor, cancellationToken), ApiTokenErrors.CashierRefused.Code);
        });
    }

    // The pair that onboarding made was replaced once: the history begins with two.
    private void PlanKeys() => visits.Plan(_cast.Developer, Day(37, 10), async (actor, cancellationToken) =>
    {
        var current = DemoWorld.Expect(await world.Use<GetEncryptionKey>().HandleAsync(actor, cancellationToken));
        var request = new RotateEncryptionKeyRequest(current.KeyId, RotationReason.Scheduled, "First rotation, to see that every client can be given a new key.");
        DemoWorld.Expect(await world.Use<RotateEncryptionKey>().HandleAsync(request, world.Again(actor), cancellationToken));
    });

    // Relative to the hour of the first start, whatever hour that is.
    private void PlanToday()
    {
        var now = world.Schedule.Now;
        tokens.Create(_cast.Tomas, now.AddHours(-5), Request("Load test", Staging, Hours24, ["read:*", "write:limited"], null, "Tomáš Novák", _cast.Kwame));
        tokens.Create(_cast.Sofia, now.AddHours(-22.7), Request("Hotfix debugging", Development, Hours24, ["read:payments"], null, "Sofia Lang", _cast.Kwame));

        // Nobody will save this one: it is pending when the console starts, and void ten minutes later.
        world.Schedule.At(now.AddMinutes(-2), async cancellationToken =>
        {
            var actor = await visits.SignInAsync(_cast.Priya, world.Origin(_cast.Priya.Places[0], _cast.Priya.Devices[0]), cancellationToken);
            var request = Request("Invoice matching", Development, Months3, ["read:payments", "read:reports"], null, "Priya Raman", _cast.Lucia);
            world.Schedule.At(now, async token => DemoWorld.Expect(await world.Use<CreateApiToken>().HandleAsync(request, world.Again(actor), token)));
        });
    }

    private DemoToken Create(
        int daysAgo, DemoMember maker, string name, TokenEnvironment environment, TokenExpiry expiry, IReadOnlyCollection<string> scopes, string? allowlist, string? holder,
        DemoMember cashier, bool saved = true)
    {
        var at = Day(daysAgo, world.Dice.Between(maker.FirstHour, maker.LastHour), world.Dice.Between(0, 59));
        return tokens.Create(maker, at, Request(name, environment, expiry, scopes, allowlist, holder, cashier), saved);
    }

    private CreateApiTokenRequest Request(
        string name, TokenEnvironment environment, TokenExpiry expiry, IReadOnlyCollection<string> scopes, string? allowlist, string? holder, DemoMember cashier) =>
        new(name, environment, expiry, scopes, allowlist, holder, world.Credentials(cashier));

    private static CreateApiTokenRequest Draft(string cashier, Common.Secret password) =>
        new("Scratch", Development, Month1, ["read:*"], null, null, new CashierCredentials(cashier, password));

    private DateTimeOffset Day(int daysAgo, int hour, int minute = 0) => world.Schedule.WorkingDay(daysAgo, hour, minute);
}
