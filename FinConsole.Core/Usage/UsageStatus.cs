namespace FinConsole.Core.Usage;

/// <summary>How a request was answered, by class. Stored by number; the numbers never change meaning.</summary>
public enum UsageStatus
{
    /// <summary>A gateway asked whether the token is good, and it was; how the API answered then is not known here.</summary>
    Verified = 0,

    /// <summary>200 to 299; and 101, after which there is no other status.</summary>
    Success = 2,
    Redirect = 3,
    ClientError = 4,
    ServerError = 5,
}

/// <summary>Classes of HTTP status codes.</summary>
public static class UsageStatuses
{
    /// <summary>In the order in which they are shown.</summary>
    public static readonly IReadOnlyList<UsageStatus> All = [UsageStatus.Success, UsageStatus.Redirect, UsageStatus.ClientError, UsageStatus.ServerError, UsageStatus.Verified];

    /// <param name="status">100 to 599; <see cref="UsageEvent.VerificationOnly"/> for a verification. Anything above is taken for a fault of the server.</param>
    public static UsageStatus Of(int status) => status switch
    {
        < 100 => UsageStatus.Verified,
        < 300 => UsageStatus.Success,
        < 400 => UsageStatus.Redirect,
        < 500 => UsageStatus.ClientError,
        _ => UsageStatus.ServerError,
    };
}
