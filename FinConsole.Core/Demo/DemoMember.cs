using FinConsole.Core.Members;

namespace FinConsole.Core.Demo;

/// <summary>A person of the demo and their habits.</summary>
/// <param name="Places">Network addresses, the usual one first.</param>
/// <param name="Devices">User agents, the usual one first.</param>
/// <param name="FirstHour">Of their working day, UTC.</param>
/// <param name="LastHour">Of their working day, UTC.</param>
/// <param name="Percent">On how many of a hundred working days they sign in.</param>
internal sealed record DemoMember(
    string Email, string Name, Role Role, IReadOnlyList<string> Places, IReadOnlyList<string> Devices, int FirstHour, int LastHour, int Percent)
{
    /// <summary>How long ago their account was deactivated; 0 for never.</summary>
    public int LeftDaysAgo { get; init; }

    /// <summary>Set when the account has been made.</summary>
    public Guid Id { get; set; }

    /// <summary>Their authenticator app, once they have set one up. Nobody has it when the demo is made: such accounts are to be looked at.</summary>
    public DemoPhone? Phone { get; set; }
}
