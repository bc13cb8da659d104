using FinConsole.Core.Members;
using static FinConsole.Core.Demo.DemoDevices;

namespace FinConsole.Core.Demo;

/// <summary>The people. Addresses come from the ranges that RFC 5737 and RFC 3849 keep for documentation.</summary>
internal sealed class DemoCast
{
    private const string Office = "203.0.113.24";
    private const string OfficeLisbon = "203.0.113.140";

    public DemoMember Admin { get; } = new("admin@acme.example", "Amara Okafor", Role.TenantAdmin, [Office, "2001:db8:41::a1"], [ChromeOnMac, SafariOnIPhone], 7, 16, 35);

    public DemoMember Developer { get; } = new("developer@acme.example", "Daniel Kim", Role.Developer, [Office, "198.51.100.17"], [FirefoxOnLinux, ChromeOnAndroid], 8, 17, 40);

    public DemoMember Reviewer { get; } = new("reviewer@acme.example", "Ruth Lindqvist", Role.SecurityReviewer, [Office, "198.51.100.63"], [EdgeOnWindows], 7, 15, 30);

    public DemoMember Cashier { get; } = new("cashier@acme.example", "Carlos Medina", Role.Cashier, [Office], [ChromeOnWindows], 8, 16, 8);

    public DemoMember Nadia { get; } = new("nadia.haddad@acme.example", "Nadia Haddad", Role.TenantAdmin, [OfficeLisbon, "2001:db8:77::c4"], [SafariOnMac, SafariOnIPhone], 8, 17, 18);

    public DemoMember Tomas { get; } = new("tomas.novak@acme.example", "Tomáš Novák", Role.Developer, [Office, "198.51.100.88"], [FirefoxOnWindows], 7, 15, 30);

    public DemoMember Priya { get; } = new("priya.raman@acme.example", "Priya Raman", Role.Developer, ["198.51.100.121", Office], [ChromeOnLinux, ChromeOnAndroid], 5, 13, 35);

    public DemoMember Sofia { get; } = new("sofia.lang@acme.example", "Sofia Lang", Role.Developer, [OfficeLisbon], [ChromeOnMac], 9, 18, 22);

    public DemoMember Ines { get; } = new("ines.ferreira@acme.example", "Inês Ferreira", Role.Developer, [OfficeLisbon, "198.51.100.201"], [ChromeOnWindows], 9, 17, 35) { LeftDaysAgo = 26 };

    public DemoMember Jonas { get; } = new("jonas.weber@acme.example", "Jonas Weber", Role.SecurityReviewer, ["198.51.100.44"], [FirefoxOnLinux], 8, 16, 15);

    public DemoMember Lucia { get; } = new("lucia.moretti@acme.example", "Lucia Moretti", Role.Cashier, [OfficeLisbon], [EdgeOnWindows], 8, 16, 5);

    public DemoMember Kwame { get; } = new("kwame.mensah@acme.example", "Kwame Mensah", Role.Cashier, [Office], [ChromeOnWindows], 8, 16, 5);

    public DemoMember Globex { get; } = new("admin@globex.example", "Gustav Holm", Role.TenantAdmin, ["192.0.2.10", "2001:db8:9::10"], [EdgeOnWindows], 7, 15, 20);

    public DemoMember GlobexCashier { get; } = new("mei.tanaka@globex.example", "Mei Tanaka", Role.Cashier, ["192.0.2.10"], [ChromeOnWindows], 8, 16, 5);

    /// <summary>All of Acme Payments but its first admin, in the order in which they join.</summary>
    public IReadOnlyList<DemoMember> Joining => [Nadia, Developer, Reviewer, Cashier, Lucia, Tomas, Priya, Ines, Sofia, Jonas, Kwame];

    public IReadOnlyList<DemoMember> Everybody => [Admin, .. Joining, Globex, GlobexCashier];
}
