using FinConsole.Core.Common;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>What a form shows of a refusal.</summary>
public static class FormErrors
{
    /// <summary>The messages by field, and the message for the whole form where no field is to blame; nothing after success.</summary>
    public static (IReadOnlyDictionary<string, string>? Fields, string? Failure) Of(Result result) => Of(result.Error);

    public static (IReadOnlyDictionary<string, string>? Fields, string? Failure) Of<T>(Result<T> result) => Of(result.Error);

    private static (IReadOnlyDictionary<string, string>? Fields, string? Failure) Of(Error? error) =>
        (error?.Fields, error is { Fields.Count: 0 } ? error.Message : null);
}
