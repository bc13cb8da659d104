using FinConsole.Core.Members;

namespace FinConsole.E2E.Fixtures;

/// <summary>Somebody who can sign in.</summary>
public sealed record Person(Guid Id, string Name, string Email, string Password, Role Role);
