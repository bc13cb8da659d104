using System.Diagnostics.CodeAnalysis;

namespace FinConsole.Core.Common;

/// <summary>The outcome of a use case that answers nothing but success.</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    public Error? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public static Result Success => default;

    /// <summary>A value whose type is an interface, which cannot become a result by itself.</summary>
    public static Result<T> Of<T>(T value) => new(value, null);

    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of a use case: a value, or the reason why there is none.</summary>
public readonly record struct Result<T>
{
    internal Result(T? value, Error? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public Error? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
