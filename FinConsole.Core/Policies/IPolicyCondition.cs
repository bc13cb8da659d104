using FinConsole.Core.Common;
using FinConsole.Core.Data;

namespace FinConsole.Core.Policies;

/// <summary>What another feature needs before a policy may ask something of it.</summary>
public interface IPolicyCondition
{
    /// <summary>Why the change cannot be made, by field; null when it can.</summary>
    /// <param name="context">Of the transaction that makes the change.</param>
    /// <param name="before">What holds.</param>
    /// <param name="after">What is to hold.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Error?> CheckAsync(ConsoleDbContext context, PolicySettings before, PolicySettings after, CancellationToken cancellationToken);
}
