using FinConsole.Core.Members;

namespace FinConsole.E2E.Fixtures;

/// <summary>Those of the demo that the README names. Tests only look at their tenants; what they change is in tenants of their own.</summary>
public sealed record DemoPeople(string Password)
{
    public Person Admin => Of("Amara Okafor", "admin@acme.example", Role.TenantAdmin);

    public Person Developer => Of("Daniel Kim", "developer@acme.example", Role.Developer);

    public Person Reviewer => Of("Ruth Lindqvist", "reviewer@acme.example", Role.SecurityReviewer);

    public Person Cashier => Of("Carlos Medina", "cashier@acme.example", Role.Cashier);

    public Person Neighbour => Of("Globex's admin", "admin@globex.example", Role.TenantAdmin);

    private Person Of(string name, string email, Role role) => new(Guid.Empty, name, email, Password, role);
}
