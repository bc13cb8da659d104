namespace FinConsole.Tests.Architecture.Samples.Above;

/// <summary>What the samples below must not use.</summary>
public class Upper
{
    public static readonly string Name = "upper";

    public static int Make() => 3;
}

public class UpperException : Exception;

public readonly record struct UpperValue(int Number);

public static class UpperExtensions
{
    public static int Twice(this int number) => 2 * number;
}

[AttributeUsage(AttributeTargets.All)]
public sealed class UpperAttribute(Type? type = null) : Attribute
{
    public Type? Type => type;
}
