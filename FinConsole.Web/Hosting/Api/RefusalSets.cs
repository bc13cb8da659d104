using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Core.UseCases.Idempotency;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Refusals that several routes declare: by who may call, by what they read, and by the checks that they share.</summary>
internal static class RefusalSets
{
    // Stands for what differs from response to response.
    private const string Varying = "…";

    /// <summary>Too many requests, of whomever they are counted for.</summary>
    public static readonly ApiProblem OverLimit = ApiProblem.TooMany(Varying, 0) with { Title = Texts.Format(ApiErrorTexts.OverLimit, Varying, Varying) };

    /// <summary>Too many tries from one address.</summary>
    public static readonly Error TooManyTries = SignInErrors.TooManyTries(TimeSpan.Zero) with { Message = Texts.Format(SignInErrorTexts.TooManyTries, Varying) };

    /// <summary>Too many passwords or codes from one address, or too many at this moment.</summary>
    public static readonly Error[] Tries = [TooManyTries, SignInErrors.Busy];

    /// <summary>The caller's own password, and code where they have a second factor, come with the request.</summary>
    public static readonly Error[] Confirmation =
    [
        SignInErrors.PasswordNeeded, SignInErrors.WrongCurrentPassword, ProgramErrors.Of(SignInErrors.CodeNeeded).Error!, ProgramErrors.Of(SignInErrors.WrongCode).Error!, .. Tries,
    ];

    /// <summary>A password or code comes encrypted, or is expected to.</summary>
    public static readonly Error[] Encrypted =
    [
        EncryptionKeyErrors.CiphertextNeeded,
        EncryptionKeyErrors.CiphertextNeeded with { Message = Texts.Format(EncryptionKeyErrorTexts.WrongForm, Varying) },
        EncryptionKeyErrors.NotOpened with { Code = "wrong_padding", Message = Texts.Format(EncryptionKeyErrorTexts.WrongPadding, Varying, Varying) },
        EncryptionKeyErrors.NotOpened, EncryptionKeyErrors.NoText,
    ];

    /// <summary>A password or code comes in plaintext, where the tenant's policy takes that, or encrypted.</summary>
    public static readonly Error[] PlainOrEncrypted = [.. Encrypted, SignInErrors.EncryptionRequired];

    /// <summary>The credentials of the cashier that a token acts as.</summary>
    public static readonly Error[] Cashier = [ApiTokenErrors.CashierRefused, ApiTokenErrors.CashierCodeNeeded, ApiTokenErrors.CashierCodeRefused, .. PlainOrEncrypted, .. Tries];

    /// <summary>A field or parameter is out of range; <c>errors</c> says which.</summary>
    public static readonly Error[] Fields = [Error.Invalid(new Dictionary<string, string>())];

    /// <summary>What every route can answer.</summary>
    internal static readonly ApiProblem[] Always = [ApiProblem.NotAcceptable, ApiProblem.Fault, ApiProblem.Unavailable, ApiProblem.AuditChainBroken];

    /// <summary>What routes with a JSON body can answer.</summary>
    internal static readonly ApiProblem[] Body = [ApiProblem.MalformedJson, ApiProblem.TooLarge, ApiProblem.WrongType];

    /// <summary>What routes with a form can answer.</summary>
    internal static readonly ApiProblem[] Form = [ApiProblem.Malformed, ApiProblem.TooLarge, ApiProblem.WrongType];

    /// <summary>What routes with an <c>Idempotency-Key</c> can answer.</summary>
    internal static readonly ApiProblem[] Idempotency = [ApiIdempotency.MalformedKey, ApiProblems.Of(IdempotencyErrors.Reused)];

    /// <summary>The same where what is made has a secret, which is not shown again.</summary>
    public static readonly Error[] SecretOnce = [IdempotencyErrors.Done(Guid.Empty)];

    /// <summary>What a route can answer because of who may call it.</summary>
    internal static IEnumerable<ApiProblem> Of(ApiAccess access)
    {
        if (access.TakesAnybody)
            return [];
        List<ApiProblem> refusals =
        [
            ApiProblem.Malformed, ApiProblem.MalformedToken, ApiProblem.CredentialTwice, ApiProblem.Unauthenticated, ApiProblem.AddressNotAllowed,
            OverLimit,
        ];
        if (access.Permission is { } permission)
            refusals.AddRange(OfMembers(permission));
        else
            refusals.Add(access.TakesServices ? ApiProblem.ServiceNeeded : ApiProblem.TokenNeeded);
        if (!access.TakesTokens)
            refusals.Add(access.TakesServices ? ApiProblem.ServiceNeeded : ApiProblem.MemberNeeded);
        if (access.Scope is { } scope)
            refusals.Add(ApiProblem.ScopeMissing(scope));
        if (!access.TakesServices)
            refusals.Add(ApiProblem.TenantNeeded);
        return refusals.Distinct();
    }

    private static IEnumerable<ApiProblem> OfMembers(Permission permission)
    {
        yield return ApiProblems.Of(AccessErrors.SessionEnded);
        foreach (var role in Enum.GetValues<Role>().Where(role => !role.May(permission)))
            yield return ApiProblems.Of(AccessErrors.Forbidden(role));
        if (permission != Permission.SetUpMfa)
            yield return ApiProblems.Of(AccessErrors.MfaNeeded);
    }
}
