namespace FinConsole.Core.Data.Workers;

/// <summary>The lease of a worker.</summary>
/// <param name="Name">As the database stores it; it never changes.</param>
/// <param name="Life">How long an instance that died keeps the others waiting.</param>
public readonly record struct WorkerLease(string Name, TimeSpan Life);
