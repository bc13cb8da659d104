using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace FinConsole.Core.Common;

/// <summary>
/// A plaintext secret (password, token, one-time link) on its way through the program. Prints as <c>[redacted]</c> wherever
/// it is formatted, logged or shown in a debugger; only <see cref="Reveal"/> gives the text.
/// </summary>
[DebuggerDisplay("[redacted]")]
public sealed class Secret : IEquatable<Secret>
{
    private const string Redacted = "[redacted]";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    public Secret(string text) => _text = text;

    /// <summary>True when nothing was typed.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>The plaintext. Every call is a place to review.</summary>
    public string Reveal() => _text;

    public override string ToString() => Redacted;

    /// <summary>Compares in constant time for equal lengths.</summary>
    public bool Equals(Secret? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_text), Encoding.UTF8.GetBytes(other._text));

    public override bool Equals(object? obj) => Equals(obj as Secret);

    // Equal secrets share one bucket: a hash of the plaintext would be one more copy of it.
    public override int GetHashCode() => 0;
}
