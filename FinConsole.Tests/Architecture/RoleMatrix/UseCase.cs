using System.Text.Json;
using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Tests.Architecture.RoleMatrix;

/// <summary>One line of the matrix: something that Core does for somebody, who may have it done, and how to ask for it.</summary>
/// <param name="Name">Type and method, for example <c>CreateApiToken.HandleAsync</c>.</param>
/// <param name="Roles">Who may, as in <c>admin developer</c>.</param>
/// <param name="AskAsync">Asks in such a way that nothing but the role stands in the way; returns the use case's own result.</param>
internal sealed record UseCase(string Name, string Roles, Func<Scene, Actor, Task<object?>> AskAsync)
{
    /// <summary>It is told the id of a row: asked for another tenant's it says what it says of an id that never was.</summary>
    public bool TakesId { get; init; }

    /// <summary>Takes an id and finds nothing rather than saying that there is no such row.</summary>
    public bool FindsNothing { get; init; }

    /// <summary>It checks no right: it tells or ends something of the actor's own.</summary>
    public bool Unguarded { get; init; }

    /// <summary>What must have happened for the asker before.</summary>
    public Func<Scene, Actor, Task> PrepareAsync { get; init; } = (_, _) => Task.CompletedTask;

    public bool Allows(Role role) => Roles.Split(' ').Contains(NameOf(role));

    public static string NameOf(Role role) => role switch
    {
        Role.TenantAdmin => "admin",
        Role.Developer => "developer",
        Role.SecurityReviewer => "reviewer",
        Role.Cashier => "cashier",
    };

    /// <summary>The refusal in any <see cref="Result"/>; null for success and for answers that are none.</summary>
    public static Error? ErrorOf(object? answer) => answer?.GetType().GetProperty(nameof(Result.Error))?.GetValue(answer) as Error;

    /// <summary>All that an answer tells.</summary>
    public static string TextOf(object? answer) => ErrorOf(answer)?.ToString() ?? JsonSerializer.Serialize(answer);
}
