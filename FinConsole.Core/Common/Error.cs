namespace FinConsole.Core.Common;

/// <summary>What kind of refusal an <see cref="Error"/> is; the HTTP API maps each to one status.</summary>
public enum ErrorKind
{
    /// <summary>The input is malformed or out of range; <see cref="Error.Fields"/> says where.</summary>
    Invalid,

    /// <summary>Nobody is signed in, or no longer.</summary>
    Unauthenticated,

    /// <summary>Signed in, but the role lacks the right.</summary>
    Forbidden,

    /// <summary>
    /// Signed in and in the right role, but it must be shown first who sits there: by a fresh confirmation, or by setting up the
    /// second factor that the tenant requires. <see cref="Error.Code"/> says which.
    /// </summary>
    MoreProofNeeded,

    /// <summary>Not there, or another tenant's: the two are never told apart.</summary>
    NotFound,

    /// <summary>Somebody else was faster, or the name is taken.</summary>
    Conflict,

    /// <summary>Understood, but the state of things does not allow it.</summary>
    Refused,

    /// <summary>Over a limit; try later.</summary>
    TooManyRequests,
}

/// <summary>An expected failure, told in plain words. Bugs and broken infrastructure are exceptions instead.</summary>
/// <param name="Kind">The class of failure.</param>
/// <param name="Code">A stable snake_case word that programs may rely on.</param>
/// <param name="Message">One or two sentences for a person; never holds a secret.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();

    /// <summary>Messages by field name (the request's property name), for <see cref="ErrorKind.Invalid"/> and field-bound refusals.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = NoFields;

    /// <summary>When trying again makes sense, for <see cref="ErrorKind.TooManyRequests"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What it is about, where the asker needs its id to go on.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The same error, bound to one field.</summary>
    public Error On(string field) => this with { Fields = new Dictionary<string, string> { [field] = Message } };

    /// <summary>An <see cref="ErrorKind.Invalid"/> error with a message for each field.</summary>
    public static Error Invalid(IReadOnlyDictionary<string, string> fields) =>
        new(ErrorKind.Invalid, "invalid", InputTexts.SomeFields) { Fields = fields };
}
